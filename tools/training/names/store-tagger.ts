/** A trained tagger made small: the rows that matter most, in whole numbers of one byte. */
import type { StoredTagger } from '#/inspect/names/weights.ts'
import type { CountedWords } from './count-words.ts'
import type { Rows, Trained } from './train-tagger.ts'

/** Keeps `most` rows, those with the largest weight in them. */
export function storeTagger(
  { tags, weights, transitions }: Trained,
  rows: Rows,
  types: readonly string[],
  words: CountedWords,
  most: number,
): StoredTagger {
  const strength = new Float32Array(rows.count)
  for (let row = 1; row < rows.count; row++) {
    let sum = 0
    for (let tag = 0; tag < tags; tag++) sum += Math.abs(weights[row * tags + tag]!)
    strength[row] = sum
  }
  const order = Array.from(strength.keys()).sort(
    (one, other) => strength[other]! - strength[one]! || one - other,
  )
  const largest = weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0)
  // Few weights are so large that what is above does not matter.
  const step = largest / 127 / 4
  const whole = (weight: number): number => Math.max(-127, Math.min(127, Math.round(weight / step)))
  const kept = order
    .slice(0, most)
    .filter(
      (row) =>
        row !== 0 && weights.subarray(row * tags, (row + 1) * tags).some((weight) => whole(weight) !== 0),
    )
    .sort((one, other) => (rows.hashOf[one]! >>> 0) - (rows.hashOf[other]! >>> 0))
  return {
    types,
    step,
    transitions: Int16Array.from(transitions, (weight) => Math.round(weight / step)),
    rowHashes: Int32Array.from(kept, (row) => rows.hashOf[row]!),
    rowWeights: Int8Array.from(
      kept.flatMap((row) => Array.from(weights.subarray(row * tags, (row + 1) * tags), whole)),
    ),
    wordHashes: Int32Array.from(words.hashes),
    wordBits: Uint8Array.from(words.bits),
  }
}
