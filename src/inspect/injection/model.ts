/**
 * The small model: a logistic regression over hashed words, pairs of words and the kinds of signs found. It knows how
 * attempts are written, not what they are about, and it errs on styles it has not seen: it flags and never blocks.
 */
import { signKinds } from './phrase.ts'
import type { PlainWords } from './plain-words.ts'

/** Places a feature is hashed to. A power of two, large enough that words hardly share one. */
export const tableSize = 1_048_576

/** Weights as `tools/training/injection.ts` writes them. */
export interface InjectionModel {
  /** Tells models apart: verdicts are cached under it. */
  readonly version: string
  /** One for each place. */
  readonly weights: Int8Array
  /** What one step of a weight is worth. */
  readonly scale: number
  readonly bias: number
  /** Log-odds from which on a text is flagged: where texts of strangers are read, and where a person writes. */
  readonly flagFrom: { readonly foreign: number; readonly own: number }
}

/** Bytes before the weights: magic, how many there are, scale, bias and the two thresholds. */
const headerBytes = 24
/** `SPI1` */
const magic = 0x31495053
const damaged = 'the weights of the injection model are damaged or of another kind'

/**
 * The model in `bytes`. Most places have no weight, so that only the others are written: how far the next one is, seven
 * bits a byte, low ones first, and the weight. Throws an `Error` when the bytes are not those of a model.
 */
export function readInjectionModel(bytes: Uint8Array, version: string): InjectionModel {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < headerBytes || view.getUint32(0, true) !== magic) throw new Error(damaged)
  const weights = new Int8Array(tableSize)
  let at = headerBytes
  let place = 0
  for (let left = view.getUint32(4, true); left > 0; left--) {
    let step = 0
    for (let shift = 0; shift < 21; shift += 7) {
      const byte = bytes[at++] ?? 0
      step |= (byte & 0x7f) << shift
      if (byte < 0x80) break
    }
    place += step
    if (at >= bytes.length || place >= tableSize) throw new Error(damaged)
    weights[place] = bytes[at++] as number
  }
  if (at !== bytes.length) throw new Error(damaged)
  return {
    version,
    weights,
    scale: view.getFloat32(8, true),
    bias: view.getFloat32(12, true),
    flagFrom: { foreign: view.getFloat32(16, true), own: view.getFloat32(20, true) },
  }
}

/** The bytes `readInjectionModel` reads. */
export function writeInjectionModel({
  weights,
  scale,
  bias,
  flagFrom,
}: Omit<InjectionModel, 'version'>): Uint8Array {
  const body: number[] = []
  let count = 0
  let last = 0
  for (const [place, weight] of weights.entries()) {
    if (weight === 0) continue
    let step = place - last
    for (; step >= 0x80; step >>>= 7) body.push((step & 0x7f) | 0x80)
    body.push(step, weight & 0xff)
    last = place
    count++
  }
  const bytes = new Uint8Array(headerBytes + body.length)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, magic, true)
  view.setUint32(4, count, true)
  view.setFloat32(8, scale, true)
  view.setFloat32(12, bias, true)
  view.setFloat32(16, flagFrom.foreign, true)
  view.setFloat32(20, flagFrom.own, true)
  bytes.set(body, headerBytes)
  return bytes
}

/** Places of the kinds of signs in the table of weights; collisions with words are as harmless as those among words. */
const kindPlaces = signKinds.map((_, index) => Math.imul(index + 1, 0x9e3779b1))

/** So many features at most for each word: itself, and with the one before. */
const perWord = 2

/** Room for the places of every feature of so many words. */
export const roomFor = (words: number): number => perWord * words + kindPlaces.length

/**
 * Writes the place of each feature of the words from `first` to before `end` into `places`, without repetitions kept
 * apart, and gives how many there are. `kinds`: bits of `signKinds` found among them.
 */
export function featuresOf(
  { hashes }: PlainWords,
  first: number,
  end: number,
  kinds: number,
  places: Int32Array,
): number {
  let count = 0
  let before = 0
  for (let word = first; word < end; word++) {
    const hash = hashes[word] as number
    places[count] = hash & (tableSize - 1)
    places[count + 1] = (Math.imul(before ^ (hash >>> 15), 0x2c1b3c6d) ^ hash) & (tableSize - 1)
    count += perWord
    before = hash
  }
  if (kinds === 0) return count
  for (let kind = 0; kind < kindPlaces.length; kind++) {
    if ((kinds & (1 << kind)) !== 0) places[count++] = (kindPlaces[kind] as number) & (tableSize - 1)
  }
  return count
}

/** UTF-16 units a window holds, and how far the next one is: what stands at the edge of one is inside another. */
export const windowSpan = { units: 1_200, step: 600 } as const

/** Places of a window, told apart: twice as many as the most features one can hold, a power of two. */
const seenSize = 8_192
/** Places with the number of the call that saw them above their bits: nothing has to be emptied between two calls. */
const seen = new Int32Array(seenSize)
const placeBits = 20
const mostCalls = 2 ** (31 - placeBits)
let calls = 0
const places = new Int32Array(roomFor(windowSpan.units))

/** Log-odds that the words from `first` to before `end`, a window at most, are an attempt. */
export function logOdds(
  { weights, scale, bias }: InjectionModel,
  words: PlainWords,
  first: number,
  end: number,
  kinds: number,
): number {
  if (++calls === mostCalls) {
    seen.fill(0)
    calls = 1
  }
  const call = calls << placeBits
  const features = featuresOf(words, first, end, kinds, places)
  let sum = 0
  let count = 0
  for (let feature = 0; feature < features; feature++) {
    const place = places[feature] as number
    const entry = call | place
    let slot = place & (seenSize - 1)
    let other = seen[slot] as number
    while (other >= call && other !== entry) {
      slot = (slot + 1) & (seenSize - 1)
      other = seen[slot] as number
    }
    if (other === entry) continue
    seen[slot] = entry
    count++
    sum += weights[place] as number
  }
  return bias + (sum * scale) / Math.sqrt(Math.max(1, count))
}

/** Ranges of words that make up the windows of a text; the last one reaches its end. */
export function windowsOf({ origins }: PlainWords): readonly (readonly [first: number, end: number])[] {
  const windows: (readonly [number, number])[] = []
  const count = origins.length
  let first = 0
  let end = 0
  while (first < count) {
    const from = origins[first] as number
    // Most texts have one window: then no word has to be looked at.
    if ((origins[count - 1] as number) < from + windowSpan.units) end = count
    while (end < count && (origins[end] as number) < from + windowSpan.units) end++
    windows.push([first, end])
    if (end === count) break
    let next = first + 1
    while ((origins[next] as number) < from + windowSpan.step && next < end - 1) next++
    first = next
  }
  return windows
}
