/**
 * Findings may not overlap. Of two that do, one stays:
 * 1. the one of class restricted (secrets, cards): it is what a rule would block for;
 * 2. the one proved by a checksum or structure;
 * 3. the higher score, then the longer, then the one that starts first, then the type that sorts first.
 * One that is proved and lies inside a longer proved one is no stronger than that and comes after it: the digits of one
 * account number in thirty pass for a card.
 * A loser that holds the winners within itself lends them its span: a company term inside an e-mail address is
 * reported as the term, over the whole address, so that nothing that was found is left uncovered.
 * Names do not compete with rules, nor what is public with what is not: `fit-into.ts` gives them the room that is left.
 */
import type { DataClass } from '#/core/data-class.ts'
import type { Kind } from './api.ts'
import type { Match } from './detector.ts'
import { RankSet } from './rank-set.ts'

/** A match with its kind; `class` is the kind's or a term's own. */
export interface Candidate extends Match {
  readonly kind: Kind
  readonly class: DataClass
}

/** In order of position, not overlapping. n log n in the number of candidates. */
export function resolveOverlaps(candidates: readonly Candidate[]): readonly Candidate[] {
  if (candidates.length < 2) return candidates
  const byPosition = candidates.toSorted((one, other) => one.start - other.start || other.end - one.end)
  const kept: Candidate[] = []
  let cluster: Candidate[] = []
  let clusterEnd = -1
  for (const candidate of byPosition) {
    if (candidate.start >= clusterEnd) {
      for (const winner of strongestOf(cluster)) kept.push(winner)
      cluster = []
    }
    cluster.push(candidate)
    clusterEnd = Math.max(clusterEnd, candidate.end)
  }
  for (const winner of strongestOf(cluster)) kept.push(winner)
  return kept
}

/**
 * Of candidates that hang together, in order of position. Taken by strength; each next one stays when it touches none
 * that stayed.
 */
function strongestOf(cluster: readonly Candidate[]): readonly Candidate[] {
  if (cluster.length < 2) return cluster
  const spans = cluster.map(({ start, end }) => ({ start, end }))
  const ranks = ranksByStrength(cluster)
  const kept = new RankSet(cluster.length)
  for (const rank of ranks) {
    const { start, end } = spans[rank] as Span
    const place = kept.countBelow(rank)
    const spanAt = (index: number): Span | undefined => spans[kept.at(index) ?? -1]
    if ((spanAt(place - 1)?.end ?? start) > start) continue
    if ((spanAt(place)?.start ?? end) >= end) kept.add(rank)
    else lendSpan({ start, end }, place, spanAt)
  }
  const winners: Candidate[] = []
  for (let rank = kept.at(0); rank !== undefined; rank = kept.at(winners.length)) {
    winners.push({ ...(cluster[rank] as Candidate), ...(spans[rank] as Span) })
  }
  return winners
}

function ranksByStrength(cluster: readonly Candidate[]): readonly number[] {
  const wholes = wholesOf(cluster)
  const compare = (one: number, other: number): number => {
    const [whole, otherWhole] = [wholes[one] as Candidate, wholes[other] as Candidate]
    if (whole !== otherWhole) return byStrength(whole, otherWhole)
    const [candidate, otherCandidate] = [cluster[one] as Candidate, cluster[other] as Candidate]
    return byLength(candidate, otherCandidate) || byStrength(candidate, otherCandidate)
  }
  return cluster.map((_, rank) => rank).sort(compare)
}

/** For each candidate itself, or the longer proved one that it is proved inside of, if that is weaker by itself. */
function wholesOf(cluster: readonly Candidate[]): readonly Candidate[] {
  let whole: Candidate | undefined
  return cluster.map((candidate) => {
    if (candidate.isProved !== true) return candidate
    if (whole === undefined || candidate.end > whole.end || byLength(whole, candidate) >= 0) {
      whole = candidate
    }
    return byStrength(candidate, whole) < 0 ? whole : candidate
  })
}

interface Span {
  start: number
  end: number
}

/** Spreads the winners that stand from `first` on over the whole loser, if it holds all those it touches. */
function lendSpan(loser: Span, first: number, spanAt: (index: number) => Span | undefined): void {
  const touched: Span[] = []
  for (let index = first; ; index++) {
    const span = spanAt(index)
    if (span === undefined || span.start >= loser.end) break
    if (span.start < loser.start || span.end > loser.end) return
    touched.push(span)
  }
  for (const [index, span] of touched.entries()) {
    if (index === 0) span.start = loser.start
    span.end = touched[index + 1]?.start ?? loser.end
  }
}

function byStrength(one: Candidate, other: Candidate): number {
  return (
    Number(other.class === 'restricted') - Number(one.class === 'restricted') ||
    Number(other.isProved === true) - Number(one.isProved === true) ||
    other.score - one.score ||
    byLength(one, other) ||
    one.start - other.start ||
    (one.kind.type < other.kind.type ? -1 : 1)
  )
}

/** Longer first. */
const byLength = (one: Candidate, other: Candidate): number => other.end - other.start - (one.end - one.start)
