/**
 * Findings may not overlap. Of two that do, one stays:
 * 1. the one of class restricted (secrets, cards): it is what a rule would block for;
 * 2. the one proved by a checksum or structure;
 * 3. the higher score, then the longer, then the one that starts first, then the type that sorts first.
 * A loser that holds the winners within itself lends them its span: a company term inside an e-mail address is
 * reported as the term, over the whole address, so that nothing that was found is left uncovered.
 */
import type { DataClass } from '#/core/data-class.ts'
import type { Kind } from './api.ts'
import type { Match } from './detector.ts'

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

/** Of candidates that hang together. Taken by strength; each next one stays when it touches none that stayed. */
function strongestOf(cluster: readonly Candidate[]): readonly Candidate[] {
  if (cluster.length < 2) return cluster
  const kept: Candidate[] = []
  for (const candidate of cluster.toSorted(byStrength)) {
    const place = placeOf(kept, candidate.start)
    const before = kept[place - 1]
    if (before !== undefined && before.end > candidate.start) continue
    const after = kept[place]
    if (after === undefined || after.start >= candidate.end) kept.splice(place, 0, candidate)
    else lendSpan(kept, place, candidate)
  }
  return kept
}

/** Spreads the winners that stand from `first` on over the whole loser, if it holds all those it touches. */
function lendSpan(kept: Candidate[], first: number, loser: Candidate): void {
  let last = first
  while ((kept[last + 1]?.start ?? loser.end) < loser.end) last++
  if ((kept[last] as Candidate).end > loser.end) return
  for (let index = first; index <= last; index++) {
    const winner = kept[index] as Candidate
    const start = index === first ? loser.start : winner.start
    const end = index === last ? loser.end : (kept[index + 1] as Candidate).start
    kept[index] = { ...winner, start, end }
  }
}

/** Index of the first that starts at or after `start`. */
function placeOf(kept: readonly Candidate[], start: number): number {
  let low = 0
  let high = kept.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((kept[middle] as Candidate).start < start) low = middle + 1
    else high = middle
  }
  return low
}

function byStrength(one: Candidate, other: Candidate): number {
  return (
    Number(other.class === 'restricted') - Number(one.class === 'restricted') ||
    Number(other.isProved === true) - Number(one.isProved === true) ||
    other.score - one.score ||
    other.end - other.start - (one.end - one.start) ||
    one.start - other.start ||
    (one.kind.type < other.kind.type ? -1 : 1)
  )
}
