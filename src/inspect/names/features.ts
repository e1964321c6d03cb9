/** What the tagger looks at for one token: hashes of its word, its writing, its list bits and its neighbours'. */
import { foldCode } from './characters.ts'
import { gaps, kindOfSign, type Tokens } from './tokens.ts'
import { pairHash, type WordList } from './word-list.ts'

/** Stands for what is before the first and after the last token. */
const outside = 0x3f

const stop = kindOfSign('.')

const mix = (value: number): number => {
  const mixed = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  return mixed ^ (mixed >>> 13)
}

/** What is known of a token and its neighbours: the place of each value. */
const places = {
  none: 0,
  word: 1,
  before1: 2,
  before2: 3,
  after1: 4,
  after2: 5,
  kind: 6,
  kindBefore1: 7,
  kindAfter1: 8,
  kindsBefore: 9,
  kindsAfter: 10,
  kindThenBefore: 11,
  kindThenAfter: 12,
  beforeThenKind: 13,
  afterThenKind: 14,
  known: 15,
  knownBefore1: 16,
  knownBefore2: 17,
  knownAfter1: 18,
  knownAfter2: 19,
  prefix2: 20,
  prefix3: 21,
  suffix2: 22,
  suffix3: 23,
  suffix4: 24,
  gap: 25,
  gaps: 26,
  isFirst: 27,
  pairs: 28,
  german: 29,
  germanFirst: 30,
} as const

type Value = keyof typeof places

/** Which values make up each feature. Weights are of features by their number: a row keeps its place. */
const features: readonly (readonly [one: Value, other?: Value, third?: Value])[] = [
  ['word'],
  ['word', 'kind'],
  ['kind', 'known'],
  ['prefix2', 'kind'],
  ['prefix3', 'kind'],
  ['suffix2', 'kind'],
  ['suffix3', 'kind'],
  ['suffix4', 'kind'],
  ['before1'],
  ['after1'],
  ['before2'],
  ['after2'],
  ['before1', 'word'],
  ['word', 'after1'],
  ['before2', 'before1'],
  ['after1', 'after2'],
  ['kindBefore1', 'kind', 'kindAfter1'],
  ['kindsBefore', 'kind', 'kindsAfter'],
  ['knownBefore1', 'known'],
  ['known', 'knownAfter1'],
  ['knownBefore1', 'known', 'knownAfter1'],
  ['before1', 'known'],
  ['known', 'after1'],
  ['isFirst', 'kind', 'known'],
  ['gaps', 'kind', 'kindBefore1'],
  ['pairs', 'kind'],
  ['kindThenBefore', 'knownBefore1', 'known'],
  ['kindThenAfter', 'knownAfter1', 'known'],
  ['before1', 'kind'],
  ['after1', 'kind'],
  ['before1', 'after1'],
  ['knownBefore2', 'knownBefore1', 'beforeThenKind'],
  ['knownAfter2', 'knownAfter1', 'afterThenKind'],
  ['suffix3', 'beforeThenKind', 'knownBefore1'],
  ['suffix3', 'afterThenKind', 'knownAfter1'],
  ['gap', 'before2', 'before1'],
  ['german', 'kind', 'known'],
  ['german', 'suffix3', 'kind'],
  ['german', 'beforeThenKind', 'knownBefore1'],
  ['germanFirst', 'kind', 'known'],
]

export const featureCount = features.length
const seeds = Int32Array.from(features, (_, index) => Math.imul(index + 1, 0x9e3779b1))
const placesOf = (which: 0 | 1 | 2): Uint8Array =>
  Uint8Array.from(features, (values) => places[values[which] ?? 'none'])
const ones = placesOf(0)
const others = placesOf(1)
const thirds = placesOf(2)
/** Of the token that is looked at. */
const values = new Int32Array(Object.keys(places).length)

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
  const german0 = 1 + (german[at] as number)
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

  values[places.word] = word0
  values[places.before1] = before1
  values[places.before2] = before2
  values[places.after1] = after1
  values[places.after2] = after2
  values[places.kind] = kind0
  values[places.kindBefore1] = kindBefore1
  values[places.kindAfter1] = kindAfter1
  values[places.kindsBefore] = kindBefore2 * 64 + kindBefore1
  values[places.kindsAfter] = kindAfter1 * 64 + kindAfter2
  values[places.kindThenBefore] = kind0 * 64 + kindBefore1
  values[places.kindThenAfter] = kind0 * 64 + kindAfter1
  values[places.beforeThenKind] = kindBefore1 * 64 + kind0
  values[places.afterThenKind] = kindAfter1 * 64 + kind0
  values[places.known] = known0
  values[places.knownBefore1] = knownBefore1
  values[places.knownBefore2] = knownBefore2
  values[places.knownAfter1] = knownAfter1
  values[places.knownAfter2] = knownAfter2
  values[places.prefix2] = prefix2
  values[places.prefix3] = prefix3
  values[places.suffix2] = suffix2
  values[places.suffix3] = suffix3
  values[places.suffix4] = suffix4
  values[places.gap] = gap0
  values[places.gaps] = gap0 * 8 + gapAfter
  values[places.isFirst] = isFirst
  values[places.pairs] = pairBefore * 256 + pairAfter
  values[places.german] = german0
  values[places.germanFirst] = german0 * 4 + isFirst
  for (let index = 0; index < featureCount; index++) {
    out[offset + index] = mix(
      Math.imul((values[ones[index] as number] as number) ^ (seeds[index] as number), 0x01000193) +
        Math.imul(values[others[index] as number] as number, 0x27d4eb2f) +
        Math.imul(values[thirds[index] as number] as number, 0x165667b1),
    )
  }
}
