/**
 * How much a value reads like words: a table says how usual each letter is after the two before it. Random letters are
 * told from a name that way, whatever language it is in.
 */

/** Letters, and one place for all else. */
const alphabet = 27

export const letterTableSize = alphabet ** 3

/** Place of a letter; 0 for what is none. */
const placeOf = (code: number): number => (code >= 97 && code <= 122 ? code - 96 : 0)

/** Index of three units in the table. */
export const triple = (one: number, two: number, three: number): number =>
  (placeOf(one) * alphabet + placeOf(two)) * alphabet + placeOf(three)

/** From 0, nothing a word would hold, to 15. `lower` is in lower case. The table holds logarithms, sixteenths. */
export function wordLikeness(lower: string, letters: Int8Array): number {
  let sum = 0
  let count = 0
  let one = 0
  let two = 0
  for (let index = 0; index <= lower.length; index++) {
    const three = index < lower.length ? lower.charCodeAt(index) : 0
    if (placeOf(one) + placeOf(two) + placeOf(three) > 0 && placeOf(two) > 0) {
      sum += letters[triple(one, two, three)] as number
      count++
    }
    one = two
    two = three
  }
  if (count === 0) return 0
  // A mean of -128 stands for never seen, of 0 for certain.
  return Math.max(1, Math.min(15, Math.round(15 + sum / count / 6)))
}
