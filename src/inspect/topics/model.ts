/**
 * The classifier of topics: a multinomial logistic regression over hashed words, how they begin, and pairs of words.
 * `ordinary` is the class all others are measured against: its weights are zero. How it is trained stands in `catalogue/topics/SOURCES.md`.
 */
import type { PlainWords } from '../injection/plain-words.ts'
import { topicNames } from './kinds.ts'

/** Places a feature is hashed to; a power of two. */
export const tableSize = 65_536
const topicCount = topicNames.length

/** Weights as `tools/training/topics.ts` writes them. */
export interface TopicWeights {
  /** Places that have weights, lowest first. */
  readonly places: Uint16Array
  /** For each of them one weight a topic, in the order of `topicNames`. */
  readonly weights: Int8Array
  /** What one step of a weight is worth. */
  readonly scale: number
  /** One a topic. */
  readonly bias: Float32Array
  /** For each topic the log-odds over an ordinary text from which on a passage is of it. */
  readonly flagFrom: Float32Array
}

/** `SPT2` */
const magic = 0x32545053
const headerBytes = 12 + 8 * topicCount
const damaged = 'the weights of the classifier of topics are damaged or of another kind'

/** Throws an `Error` when the bytes are not those of a model. */
export function readTopicWeights(bytes: Uint8Array): TopicWeights {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < headerBytes || view.getUint32(0, true) !== magic) throw new Error(damaged)
  const count = view.getUint32(4, true)
  const each = (from: number): Float32Array =>
    Float32Array.from({ length: topicCount }, (_, topic) => view.getFloat32(from + 4 * topic, true))
  if (bytes.length !== headerBytes + count * (2 + topicCount)) throw new Error(damaged)
  return {
    places: Uint16Array.from({ length: count }, (_, at) => view.getUint16(headerBytes + 2 * at, true)),
    weights: Int8Array.from(bytes.subarray(headerBytes + 2 * count)),
    scale: view.getFloat32(8, true),
    bias: each(12),
    flagFrom: each(12 + 4 * topicCount),
  }
}

/** The bytes `readTopicWeights` reads. */
export function writeTopicWeights({ places, weights, scale, bias, flagFrom }: TopicWeights): Uint8Array {
  const bytes = new Uint8Array(headerBytes + 2 * places.length + weights.length)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, magic, true)
  view.setUint32(4, places.length, true)
  view.setFloat32(8, scale, true)
  for (const [at, value] of [...bias, ...flagFrom].entries()) view.setFloat32(12 + 4 * at, value, true)
  for (const [at, place] of places.entries()) view.setUint16(headerBytes + 2 * at, place, true)
  bytes.set(
    new Uint8Array(weights.buffer, weights.byteOffset, weights.length),
    headerBytes + 2 * places.length,
  )
  return bytes
}

/**
 * Gives the place of each word, of its beginning, and of each pair of words from `first` to before `end`, repetitions
 * among them. Words that begin alike are forms or compounds of one: what is known of `kündigen` holds for `Kündigungen`.
 */
export function featuresOf(
  { hashes, starts, text }: PlainWords,
  first: number,
  end: number,
  feature: (place: number, isPair: boolean) => void,
): void {
  let before = 0
  for (let word = first; word < end; word++) {
    const hash = hashes[word] as number
    feature(hash & (tableSize - 1), false)
    const start = starts[word] as number
    // Where the next word is too near this one is short: most words are, and then their letters are not read.
    if ((starts[word + 1] ?? text.length) - start >= beginningLetters) {
      const beginning = hashOfBeginning(text, start)
      if (beginning !== 0) feature(beginning & (tableSize - 1), false)
    }
    feature((Math.imul(before ^ (hash >>> 15), 0x2c1b3c6d) ^ hash) & (tableSize - 1), true)
    before = hash
  }
}

const beginningLetters = 5

/** Of the first Latin letters of a word; zero when it has fewer. */
function hashOfBeginning(text: string, start: number): number {
  let hash = 0x3c6ef372
  for (let at = start; at < start + beginningLetters; at++) {
    const letter = text.charCodeAt(at) - 97
    if (!(letter >= 0 && letter < 26)) return 0
    hash = Math.imul(hash ^ letter, 0x01000193)
  }
  return Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) ^ (hash >>> 13)
}

/** The likeliest topic of some words. */
export interface TopicOdds {
  /** Index in `topicNames`. */
  readonly topic: number
  /** Log-odds against an ordinary text. */
  readonly odds: number
}

/** What the words from `first` to before `end` are about. A word counts once; length alone is no evidence. */
export function createTopicOdds({
  places,
  weights,
  scale,
  bias,
}: TopicWeights): (words: PlainWords, first: number, end: number) => TopicOdds {
  const rowOf = new Uint16Array(tableSize)
  for (const [row, place] of places.entries()) rowOf[place] = row + 1
  /** The row of places without weights counts as seen. */
  const isSeen = new Uint8Array(places.length + 1)
  isSeen[0] = 1
  const rows = new Uint16Array(places.length + 1)
  return (words, first, end) => {
    let count = 0
    featuresOf(words, first, end, (place) => {
      // Without a branch: nobody can guess which places have weights.
      const row = rowOf[place] as number
      rows[count] = row
      count += 1 ^ (isSeen[row] as number)
      isSeen[row] = 1
    })
    for (let at = 0; at < count; at++) isSeen[rows[at] as number] = 0
    const norm = scale / Math.sqrt(Math.max(1, end - first))
    let best = { topic: 0, odds: Number.NEGATIVE_INFINITY }
    for (let topic = 0; topic < topicCount; topic++) {
      let sum = 0
      for (let at = 0; at < count; at++)
        sum += weights[((rows[at] as number) - 1) * topicCount + topic] as number
      const odds = (bias[topic] as number) + sum * norm
      if (odds > best.odds) best = { topic, odds }
    }
    return best
  }
}
