/**
 * Whether a value begins or ends at a position, or only goes on from what stands beside it. Text often is the source
 * of another text: in `\nAKIA...` the letter before the key belongs to a line end, in `%3D4111...` to a sign.
 */
import { isAlphanumeric, isHexadecimal } from './characters.ts'

const underscore = 95

/** The longest escape that is recognised: a colour code of a terminal, `[38;5;196;48m`. */
const longestEscape = 16

/** Line ends and the like in source text, characters by number, colours of a terminal. */
const escapeEnd =
  /(?:\\[abefnrtv]|\\u[\da-f]{4}|\\x[\da-f]{2}|(?:\u001b|\\x1b|\\u001b|\\033|\\e)\[[\d;]{0,10}m)$/i

/** True when what stands before a position is the end of an escape. */
export const isAfterEscape = (text: string, position: number): boolean =>
  isAlphanumeric(text.charCodeAt(position - 1)) &&
  (isEscapeOfPercent(text, position - 3) || endsEscape(text, position))

/** Nearly all letters are none that a colour ends with. */
const endsEscape = (text: string, position: number): boolean =>
  isEscapeOfBackslash(text, position) ||
  ((text.charCodeAt(position - 1) | 0x20) === colourEnd &&
    escapeEnd.test(text.slice(Math.max(0, position - longestEscape), position)))

/** A `%` and two digits of base sixteen at a position. */
export const isEscapeOfPercent = (text: string, at: number): boolean =>
  text.charCodeAt(at) === percent &&
  isHexadecimal(text.charCodeAt(at + 1)) &&
  isHexadecimal(text.charCodeAt(at + 2))

/** All of `escapeEnd` but colours, in a fifth of the time: in the source of a text each number may stand behind one. */
const isEscapeOfBackslash = (text: string, end: number): boolean =>
  (text.charCodeAt(end - 2) === backslash && 'abefnrtvABEFNRTV'.includes(text.charAt(end - 1))) ||
  (text.charCodeAt(end - 4) === backslash &&
    (text.charCodeAt(end - 3) | 0x20) === letterX &&
    isHexadecimal(text.charCodeAt(end - 2)) &&
    isHexadecimal(text.charCodeAt(end - 1))) ||
  (text.charCodeAt(end - 6) === backslash &&
    (text.charCodeAt(end - 5) | 0x20) === letterU &&
    isHexadecimal(text.charCodeAt(end - 4)) &&
    isHexadecimal(text.charCodeAt(end - 3)) &&
    isHexadecimal(text.charCodeAt(end - 2)) &&
    isHexadecimal(text.charCodeAt(end - 1)))

const percent = 37
const backslash = 92
const colourEnd = 109
const letterU = 117
const letterX = 120

/** True when a letter or digit stands before a position that is no part of an escape. */
export const isAfterAlphanumeric = (text: string, position: number): boolean =>
  position > 0 && isAlphanumeric(text.charCodeAt(position - 1)) && !isAfterEscape(text, position)

/** True when an identifier goes on over a position: `ref_`, `x7` before it, but not the `_` of an emphasis. */
export function isInsideAtStart(text: string, position: number): boolean {
  let index = position
  while (index > 0 && position - index < 3 && text.charCodeAt(index - 1) === underscore) index--
  return isAfterAlphanumeric(text, index)
}

/** The same for what stands after a position. */
export function isInsideAtEnd(text: string, position: number): boolean {
  let index = position
  while (index - position < 3 && text.charCodeAt(index) === underscore) index++
  return isAlphanumeric(text.charCodeAt(index))
}

const dollar = 36
const atSign = 64
const euro = 0x20ac

/** True when a sign of amounts or of addresses stands behind a number, no `%` of an escape. */
export function isAmountUntil(text: string, end: number): boolean {
  const sign = text.charCodeAt(end)
  return sign === percent
    ? !isEscapeOfPercent(text, end)
    : sign === dollar || sign === atSign || sign === euro
}
