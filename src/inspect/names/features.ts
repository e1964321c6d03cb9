/** What the tagger looks at for one token: hashes of its word, its writing, its list bits and its neighbours'. */
import { foldCode } from './characters.ts'
import { gaps, kindOfSign, type Tokens } from './tokens.ts'
import { pairHash, type WordList } from './word-list.ts'

export const featureCount = 40

/** Stands for what is before the first and after the last token. */
const outside = 0x3f

const stop = kindOfSign('.')

const mix = (value: number): number => {
  const mixed = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  return mixed ^ (mixed >>> 13)
}

const combine = (seed: number, one: number, other = 0, third = 0): number =>
  mix(
    Math.imul(one ^ Math.imul(seed, 0x9e3779b1), 0x01000193) +
      Math.imul(other, 0x27d4eb2f) +
      Math.imul(third, 0x165667b1),
  )

/** Writes `featureCount` hashes into `out` from `offset` on. */
export function writeFeatures(
  text: string,
  tokens: Tokens,
  at: number,
  words: WordList,
  out: Int32Array,
  offset: number,
): void {
  const { count, word, kind, gap, known, german, start, end } = tokens
  const word0 = word[at] as number
  const before1 = at > 0 ? (word[at - 1] as number) : 1
  const before2 = at > 1 ? (word[at - 2] as number) : 1
  const after1 = at + 1 < count ? (word[at + 1] as number) : 2
  const after2 = at + 2 < count ? (word[at + 2] as number) : 2
  const kind0 = kind[at] as number
  const kindBefore1 = at > 0 ? (kind[at - 1] as number) : outside
  const kindBefore2 = at > 1 ? (kind[at - 2] as number) : outside
  const kindAfter1 = at + 1 < count ? (kind[at + 1] as number) : outside
  const kindAfter2 = at + 2 < count ? (kind[at + 2] as number) : outside
  const known0 = known[at] as number
  const knownBefore1 = at > 0 ? (known[at - 1] as number) : 0
  const knownBefore2 = at > 1 ? (known[at - 2] as number) : 0
  const knownAfter1 = at + 1 < count ? (known[at + 1] as number) : 0
  const knownAfter2 = at + 2 < count ? (known[at + 2] as number) : 0
  const gap0 = gap[at] as number
  const gapAfter = at + 1 < count ? (gap[at + 1] as number) : gaps.start
  // First on its line or after a stop: a capital letter says little there.
  const isFirst = gap0 >= gaps.newline ? 2 : kindBefore1 === stop ? 1 : 0
  const pairBefore = at > 0 ? words.bitsOf(pairHash(before1, word0)) : 0
  const pairAfter = at + 1 < count ? words.bitsOf(pairHash(word0, after1)) : 0

  const first = start[at] as number
  const length = (end[at] as number) - first
  const last = first + length - 1
  const code = (position: number): number => foldCode(text.charCodeAt(position))
  const prefix2 = length > 2 ? (code(first) << 16) ^ code(first + 1) : 0
  const prefix3 = length > 3 ? Math.imul(prefix2, 31) ^ code(first + 2) : prefix2
  const suffix2 = length > 2 ? (code(last) << 16) ^ code(last - 1) : 0
  const suffix3 = length > 3 ? Math.imul(suffix2, 31) ^ code(last - 2) : suffix2
  const suffix4 = length > 4 ? Math.imul(suffix3, 31) ^ code(last - 3) : suffix3

  let next = offset
  out[next++] = combine(1, word0)
  out[next++] = combine(2, word0, kind0)
  out[next++] = combine(3, kind0, known0)
  out[next++] = combine(4, prefix2, kind0)
  out[next++] = combine(5, prefix3, kind0)
  out[next++] = combine(6, suffix2, kind0)
  out[next++] = combine(7, suffix3, kind0)
  out[next++] = combine(8, suffix4, kind0)
  out[next++] = combine(9, before1)
  out[next++] = combine(10, after1)
  out[next++] = combine(11, before2)
  out[next++] = combine(12, after2)
  out[next++] = combine(13, before1, word0)
  out[next++] = combine(14, word0, after1)
  out[next++] = combine(15, before2, before1)
  out[next++] = combine(16, after1, after2)
  out[next++] = combine(17, kindBefore1, kind0, kindAfter1)
  out[next++] = combine(18, kindBefore2 * 64 + kindBefore1, kind0, kindAfter1 * 64 + kindAfter2)
  out[next++] = combine(19, knownBefore1, known0)
  out[next++] = combine(20, known0, knownAfter1)
  out[next++] = combine(21, knownBefore1, known0, knownAfter1)
  out[next++] = combine(22, before1, known0)
  out[next++] = combine(23, known0, after1)
  out[next++] = combine(24, isFirst, kind0, known0)
  out[next++] = combine(25, gap0 * 8 + gapAfter, kind0, kindBefore1)
  out[next++] = combine(26, pairBefore * 256 + pairAfter, kind0)
  out[next++] = combine(27, kind0 * 64 + kindBefore1, knownBefore1, known0)
  out[next++] = combine(28, kind0 * 64 + kindAfter1, knownAfter1, known0)
  out[next++] = combine(29, before1, kind0)
  out[next++] = combine(30, after1, kind0)
  out[next++] = combine(31, before1, after1)
  out[next++] = combine(32, knownBefore2, knownBefore1, kindBefore1 * 64 + kind0)
  out[next++] = combine(33, knownAfter2, knownAfter1, kindAfter1 * 64 + kind0)
  out[next++] = combine(34, suffix3, kindBefore1 * 64 + kind0, knownBefore1)
  out[next++] = combine(35, suffix3, kindAfter1 * 64 + kind0, knownAfter1)
  out[next++] = combine(36, gap0, before2, before1)
  const german0 = 1 + (german[at] as number)
  out[next++] = combine(37, german0, kind0, known0)
  out[next++] = combine(38, german0, suffix3, kind0)
  out[next++] = combine(39, german0, kindBefore1 * 64 + kind0, knownBefore1)
  out[next] = combine(40, german0 * 4 + isFirst, kind0, known0)
}
