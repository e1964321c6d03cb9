import { foldedUnit } from './characters.ts'

/**
 * Whether one of some words can end at a position, by its last three letters: asked before an expression is, because
 * nearly all answers are no, and because it takes no piece out of the text.
 */

/** Never false when one of the words ends with the unit at `last`, in any case. */
export type MayEnd = (text: string, last: number) => boolean

const told = 3
/** Five bits of each unit: letters in any case, and signs among them, share places without harm. */
const placeOf = (code: number): number => code & 31
/** Of units that no word holds: only what a word leaves open may be there. */
const placeOfOthers = 0
const allPlaces = Array.from({ length: 32 }, (_, place) => place)
/** An `s` in no lower case of its own. */
const longS = 0x17f

const isIn = (known: Uint8Array, end: number): boolean =>
  (((known[end >>> 3] as number) >>> (end & 7)) & 1) === 1

/** `words` are plain and hold a letter at least; shorter ones than three letters leave open what stands before them. */
export function createMayEnd(words: readonly string[]): MayEnd {
  const known = new Uint8Array(2 ** (5 * told - 3))
  const beyondAscii = new Set([longS])
  for (const word of words) {
    const last = Array.from(word.slice(-told), (letter) => letter.charCodeAt(0))
    const others = last.filter((unit) => unit > 127)
    for (const unit of others) beyondAscii.add(foldedUnit(unit))
    // Told by those alone.
    if (others.length > 0) continue
    const open = Array.from({ length: told - last.length }, () => allPlaces)
    const places = [...open, ...last.map((unit) => [placeOf(unit)])]
    const ends = places.reduce(
      (begun, next) => begun.flatMap((end) => next.map((place) => (end << 5) | place)),
      [0],
    )
    for (const end of ends) known[end >>> 3] = (known[end >>> 3] as number) | (1 << (end & 7))
  }
  const mayEndBeyondAscii = (units: readonly number[]): boolean => {
    let end = 0
    for (const unit of units) {
      const folded = unit > 127 ? foldedUnit(unit) : unit
      if (beyondAscii.has(folded)) return true
      end = (end << 5) | (folded > 127 ? placeOfOthers : placeOf(folded))
    }
    return isIn(known, end)
  }
  return (text, last) => {
    if (last < told - 1) return true
    const one = text.charCodeAt(last)
    const two = text.charCodeAt(last - 1)
    const three = text.charCodeAt(last - 2)
    if ((one | two | three) > 127) return mayEndBeyondAscii([three, two, one])
    return isIn(known, (placeOf(three) << 10) | (placeOf(two) << 5) | placeOf(one))
  }
}
