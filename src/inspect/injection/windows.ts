import { type Sign, type SignKind, type Strength, signKinds, weights } from './phrase.ts'

/** A sign and where it stands in the original, end exclusive. */
export interface Hit {
  readonly sign: Sign
  readonly start: number
  readonly end: number
}

export type Verdict = 'none' | 'flag' | 'block'

/** What a stretch of text amounts to. */
export interface Weighed {
  readonly score: number
  readonly verdict: Verdict
  readonly hits: readonly Hit[]
}

/**
 * Signs count together when they stand this close, in UTF-16 units: length must not hide an attempt among other text,
 * nor make one out of signs that have nothing to do with each other.
 */
export const windowUnits = 1_200

/** One strong sign or two weak ones. */
const flagFrom = 0.5
/** A strong sign and another of a different kind. */
const blockFrom = 0.74

const kindIndex = new Map(signKinds.map((kind, index) => [kind, index]))
const levels: readonly Strength[] = ['faint', 'weak', 'strong']

const nothing = { heaviest: { score: 0, verdict: 'none', hits: [] }, flagged: [] } as const

/** Every stretch that is worth a flag, in order, not overlapping, and the heaviest stretch of all. `hits` by position. */
export function weigh(hits: readonly Hit[]): {
  readonly heaviest: Weighed
  readonly flagged: readonly Weighed[]
} {
  if (hits.length === 0) return nothing
  const counts = new Uint32Array(signKinds.length * levels.length)
  const place = ({ sign }: Hit): number =>
    (kindIndex.get(sign.kind) as number) * levels.length + levels.indexOf(sign.strength)
  let heaviest: Weighed = { score: 0, verdict: 'none', hits: [] }
  const flagged: { first: number; last: number; score: number; verdict: Verdict }[] = []
  let next = 0
  for (const [first, hit] of hits.entries()) {
    while (next < hits.length && (hits[next] as Hit).start < hit.start + windowUnits) {
      const at = place(hits[next++] as Hit)
      counts[at] = (counts[at] as number) + 1
    }
    const weighed = weighCounts(counts)
    if (weighed.score > heaviest.score) heaviest = { ...weighed, hits: hits.slice(first, next) }
    if (weighed.verdict !== 'none') {
      const last = flagged.at(-1)
      if (last !== undefined && first < last.last) {
        last.last = next
        if (weighed.score > last.score) Object.assign(last, weighed)
      } else flagged.push({ first, last: next, ...weighed })
    }
    const at = place(hit)
    counts[at] = (counts[at] as number) - 1
  }
  return {
    heaviest,
    flagged: flagged.map(({ first, last, score, verdict }) => ({
      score,
      verdict,
      hits: hits.slice(first, last),
    })),
  }
}

/** Kinds count once, by their strongest sign. */
function weighCounts(counts: Uint32Array): { readonly score: number; readonly verdict: Verdict } {
  let rest = 1
  let isStrong = false
  for (let kind = 0; kind < signKinds.length; kind++) {
    for (let level = levels.length - 1; level >= 0; level--) {
      if (counts[kind * levels.length + level] === 0) continue
      rest *= 1 - weights[levels[level] as Strength]
      if (level === 2) isStrong = true
      break
    }
  }
  const score = Math.round((1 - rest) * 1_000) / 1_000
  return { score, verdict: isStrong && score >= blockFrom ? 'block' : score >= flagFrom ? 'flag' : 'none' }
}

/** Which kinds of signs stand from `from` to `to`, as bits in the order of `signKinds`. `hits` by position. */
export function kindBits(hits: readonly Hit[], from: number, to: number): number {
  let low = 0
  let high = hits.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((hits[middle] as Hit).start < from) low = middle + 1
    else high = middle
  }
  let bits = 0
  for (let at = low; at < hits.length && (hits[at] as Hit).start <= to; at++) {
    bits |= 1 << (kindIndex.get((hits[at] as Hit).sign.kind as SignKind) as number)
  }
  return bits
}
