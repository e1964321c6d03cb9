/**
 * The trained weights as a file and in memory. Numbers are little-endian; a table's rows and the word list are sorted
 * by hash and stored as differences, so that a file is small and the same for the same training.
 *
 *   'SPN1'  tag count (1)  type count (1)  row count (4)  word count (4)  step (4, float)
 *   type names: length (1), ASCII
 *   transitions: tag count squared, 2 bytes each
 *   rows: difference of hashes (variable), which tags have a weight (4), those weights (1 each)
 *   words: difference of hashes (variable), bits (1)
 */
import { createRowTable, type RowTable } from './row-table.ts'
import { createWordList, type WordList } from './word-list.ts'

/** One trained tagger as it is stored. */
export interface StoredTagger {
  readonly types: readonly string[]
  /** A whole weight is this much: only for the score of a finding. */
  readonly step: number
  readonly transitions: Int16Array
  /** Sorted as unsigned numbers. */
  readonly rowHashes: Int32Array
  /** A row of `tags` weights for each hash. */
  readonly rowWeights: Int8Array
  readonly wordHashes: Int32Array
  readonly wordBits: Uint8Array
}

const magic = 'SPN1'

/** Throws an `Error` for what is no such file. */
export function readStored(bytes: Uint8Array): StoredTagger {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (String.fromCharCode(...bytes.subarray(0, 4)) !== magic)
    throw new Error('these bytes are no weights for names')
  const tags = view.getUint8(4)
  const typeCount = view.getUint8(5)
  const rows = view.getUint32(6, true)
  const words = view.getUint32(10, true)
  const step = view.getFloat32(14, true)
  let at = 18
  const types: string[] = []
  for (let type = 0; type < typeCount; type++) {
    const length = view.getUint8(at++)
    types.push(String.fromCharCode(...bytes.subarray(at, at + length)))
    at += length
  }
  const transitions = new Int16Array(tags * tags)
  for (let index = 0; index < transitions.length; index++, at += 2)
    transitions[index] = view.getInt16(at, true)
  const readDifference = (): number => {
    let value = 0
    for (let shift = 1; ; shift *= 128) {
      const byte = view.getUint8(at++)
      value += (byte & 127) * shift
      if (byte < 128) return value
    }
  }
  const rowHashes = new Int32Array(rows)
  const rowWeights = new Int8Array(rows * tags)
  for (let row = 0, hash = 0; row < rows; row++) {
    hash += readDifference()
    rowHashes[row] = hash | 0
    const held = view.getUint32(at, true)
    at += 4
    for (let tag = 0; tag < tags; tag++)
      if ((held >>> tag) & 1) rowWeights[row * tags + tag] = view.getInt8(at++)
  }
  const wordHashes = new Int32Array(words)
  const wordBits = new Uint8Array(words)
  for (let word = 0, hash = 0; word < words; word++) {
    hash += readDifference()
    wordHashes[word] = hash | 0
    wordBits[word] = view.getUint8(at++)
  }
  if (at !== bytes.length) throw new Error('the weights for names are cut short or have something after them')
  return { types, step, transitions, rowHashes, rowWeights, wordHashes, wordBits }
}

export function writeStored(stored: StoredTagger): Uint8Array {
  const tags = 1 + 2 * stored.types.length
  const bytes: number[] = [...magic].map((letter) => letter.charCodeAt(0))
  const number = (value: number, size: number) => {
    for (let byte = 0; byte < size; byte++) bytes.push(Math.floor(value / 256 ** byte) & 255)
  }
  const difference = (value: number) => {
    let left = value
    for (; left >= 128; left = Math.floor(left / 128)) bytes.push((left % 128) + 128)
    bytes.push(left)
  }
  number(tags, 1)
  number(stored.types.length, 1)
  number(stored.rowHashes.length, 4)
  number(stored.wordHashes.length, 4)
  bytes.push(...new Uint8Array(new Float32Array([stored.step]).buffer))
  for (const type of stored.types) {
    bytes.push(type.length)
    for (const letter of type) bytes.push(letter.charCodeAt(0))
  }
  for (const transition of stored.transitions) number(transition & 0xffff, 2)
  let last = 0
  stored.rowHashes.forEach((signed, row) => {
    const hash = signed >>> 0
    difference(hash - last)
    last = hash
    const weights = stored.rowWeights.subarray(row * tags, (row + 1) * tags)
    number(
      weights.reduce((held, weight, tag) => (weight === 0 ? held : held + 2 ** tag), 0),
      4,
    )
    for (const weight of weights) if (weight !== 0) bytes.push(weight & 255)
  })
  last = 0
  stored.wordHashes.forEach((signed, word) => {
    const hash = signed >>> 0
    difference(hash - last)
    last = hash
    bytes.push(stored.wordBits[word] as number)
  })
  return Uint8Array.from(bytes)
}

/** A tagger ready to be asked. */
export interface Tagger {
  readonly types: readonly string[]
  readonly tags: number
  readonly step: number
  readonly transitions: Float32Array
  readonly words: WordList
  readonly rows: RowTable
}

export function openTagger(
  { types, step, transitions, rowHashes, rowWeights, wordHashes, wordBits }: StoredTagger,
  words: WordList = createWordList(wordHashes, wordBits),
): Tagger {
  const tags = 1 + 2 * types.length
  return {
    types,
    tags,
    step,
    transitions: Float32Array.from(transitions),
    words,
    rows: createRowTable(rowHashes, rowWeights, tags),
  }
}
