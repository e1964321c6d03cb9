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

const endOf = (three: number, two: number, one: number): number =>
  (placeOf(three) << 10) | (placeOf(two) << 5) | placeOf(one)

/** A unit beyond ASCII that no word holds as the one it stands for, or as no letter. */
function asAscii(unit: number): number {
  const folded = unit > 127 ? foldedUnit(unit) : unit
  return folded > 127 ? placeOfOthers : folded
}

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
  const lowBytes = new Uint8Array(256)
  for (const unit of beyondAscii) lowBytes[unit & 255] = 1
  // Few units have the lower byte of one, which tells it in a fifth of the time.
  const isOfWord = (unit: number): boolean => {
    const folded = unit > 127 ? foldedUnit(unit) : unit
    return lowBytes[folded & 255] === 1 && beyondAscii.has(folded)
  }
  return (text, last) => {
    if (last < told - 1) return true
    const one = text.charCodeAt(last)
    const two = text.charCodeAt(last - 1)
    const three = text.charCodeAt(last - 2)
    if ((one | two | three) <= 127) return isIn(known, endOf(three, two, one))
    return (
      isOfWord(one) ||
      isOfWord(two) ||
      isOfWord(three) ||
      isIn(known, endOf(asAscii(three), asAscii(two), asAscii(one)))
    )
  }
}
