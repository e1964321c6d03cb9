/** For tests: weights so small that they can be read, and know two words. */

import { markEverything } from './clinical.ts'
import { featureCount, writeFeatures } from './features.ts'
import { hashWord, makeTokens, readTokens } from './tokens.ts'
import { type StoredTagger, writeStored } from './weights.ts'
import { bits, createWordList } from './word-list.ts'

const types = ['PER', 'LOC']

/** Knows 'Ada' as a person and 'Ghent' as a place, by their words alone. */
export const smallTagger = (): StoredTagger => {
  const words = [
    { hash: hashWord('Ada'), bits: bits.given },
    { hash: hashWord('Ghent'), bits: bits.place },
  ].sort((one, other) => (one.hash >>> 0) - (other.hash >>> 0))
  const rows = [
    { hash: wordFeature('Ada'), weights: [0, 50, 0, 0, 0] },
    { hash: wordFeature('Ghent'), weights: [0, 0, 0, 50, 0] },
  ].sort((one, other) => (one.hash >>> 0) - (other.hash >>> 0))
  return {
    types,
    step: 0.1,
    transitions: new Int16Array(25),
    rowHashes: Int32Array.from(rows, ({ hash }) => hash),
    rowWeights: Int8Array.from(rows.flatMap(({ weights }) => weights)),
    wordHashes: Int32Array.from(words, ({ hash }) => hash),
    wordBits: Uint8Array.from(words, (word) => word.bits),
  }
}

export const smallWeights = (): Uint8Array => writeStored(smallTagger())

/** The first feature of a token is its word. */
function wordFeature(word: string): number {
  const tokens = makeTokens(4)
  readTokens(word, 0, tokens)
  markEverything(tokens)
  const features = new Int32Array(featureCount)
  writeFeatures(word, tokens, 0, createWordList([], []), features, 0)
  return features[0] as number
}
