/**
 * Characters that hide a value from a plain search without a reader noticing: invisible ones, full-width and other
 * compatibility forms, digits of other scripts, stacked marks, look-alikes of Latin letters, spaces and hyphens that
 * are none. Only texts that hold one pay for the views below.
 */
import { isAlphanumeric, isDigit, isLetter, isWordUnit } from './characters.ts'
import {
  depends,
  disguises,
  enclosedLead,
  expansions,
  isMark,
  isRaised,
  keep,
  lowestDisguise,
  mathLead,
  remove,
  space,
  tagLead,
} from './disguise-table.ts'
import { lookAlikes, sameLooks } from './look-alikes.ts'
import { asWhole } from './position-map.ts'
import { ReadingWriter, type View, withUnits } from './reading-writer.ts'

/** A unit that disguises whatever stands beside it. */
export const isDisguise = (code: number): boolean =>
  (disguises[code] as number) !== keep && disguises[code] !== depends

/** A unit that disguises or may do so. */
export const mayDisguise = (code: number): boolean => disguises[code] !== keep

/** True when the unit at `index`, one that may disguise, does. */
export function isDisguiseAt(text: string, index: number): boolean {
  const code = text.charCodeAt(index)
  const reading = disguises[code]
  if (reading === depends) {
    if (lookAlikes[code] !== 0) return isBesideLatin(text, index)
    return isMark(code) || shownAt(text, index) !== undefined
  }
  // What makes a sign an emoji or joins two of them hides nothing, as long as it stands alone.
  if (code === 0xfe0f || code === 0x200d) {
    return !isSymbol(text.charCodeAt(index - 1)) || isVariation(text.charCodeAt(index + 1))
  }
  return reading !== keep
}

/** True when something in the text is disguised. Linear. */
export function hasDisguise(text: string): boolean {
  return placesIn(text).some((index) => isDisguiseAt(text, index))
}

/** All places whose unit may disguise. */
export function placesIn(text: string): readonly number[] {
  const places: number[] = []
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    // Most units are answered by the comparison, without the table.
    if (code >= lowestDisguise && mayDisguise(code)) places.push(index)
  }
  return places
}

/** Arrows, signs and dingbats, and the second half of a pair. */
const isSymbol = (code: number): boolean => (code >= 0x2190 && code <= 0x2bff) || isTail(code)

const isVariation = (code: number): boolean => (code >= 0xfe00 && code <= 0xfe0f) || code === tagLead

/** A Latin letter beside it, or behind a few digits. */
const isBesideLatin = (text: string, index: number): boolean =>
  isLetter(pastDigits(text, index, 1)) || isLetter(pastDigits(text, index, -1))

const mostDigitsPast = 4

function pastDigits(text: string, index: number, step: 1 | -1): number {
  let at = index + step
  while (isDigit(text.charCodeAt(at)) && Math.abs(at - index) <= mostDigitsPast) at += step
  return text.charCodeAt(at)
}

/**
 * Up to two readings, so that neither helps to hide: one in which invisible characters are gone (`4111\u200b1111` is
 * one number) and look-alikes are the letters they look like; and, where there are any, one in which invisible
 * characters are spaces (`key\u200bAKIA...` starts a new word) and look-alikes are themselves. Linear.
 */
export function readingsOf(text: string, places = placesIn(text)): readonly View[] {
  const swapped = whenSwapped(text, places)
  if (swapped !== undefined) return [swapped]
  const { view, isParted } = written(text, places, true)
  return isParted ? [view, written(text, places, false).view] : [view]
}

/** The one reading of a text in which each unit stands for one, in a fraction of the time. */
function whenSwapped(text: string, places: readonly number[]): View | undefined {
  if (!places.every((place) => isSwapped(text, place))) return undefined
  return withUnits(text, places, (code) => (disguises[code] === depends ? code : (disguises[code] as number)))
}

/** True for a unit that stands for one other, or for itself, in whatever reading: a dash, a space, a full-width sign. */
function isSwapped(text: string, place: number): boolean {
  const code = text.charCodeAt(place)
  const reading = disguises[code]
  if (reading === depends)
    return lookAlikes[code] === 0 && !isMark(code) && shownAt(text, place) === undefined
  return reading !== remove && !isRaised(code)
}

/** One of the readings, and whether the other one differs. */
function written(
  text: string,
  places: readonly number[],
  isJoined: boolean,
): { readonly view: View; readonly isParted: boolean } {
  const writer = new ReadingWriter(text)
  let isParted = false
  let word: Word = noWord
  let index = 0
  for (const place of places) {
    if (place < index) continue
    index = place
    const code = text.charCodeAt(index)
    const reading = disguises[code] as number
    if (lookAlikes[code] !== 0) {
      if (index >= word.end) word = wordAt(text, index)
      if (word.isLatin) {
        if (isJoined) writer.unit(lookAlikes[code] as number, index, index + 1)
        isParted = true
      }
      index = word.isLatin ? index + 1 : word.end
    } else if (isMark(code)) {
      index = writeMarked(text, index, writer, isJoined)
      isParted = true
    } else if (reading === remove) {
      const end = index + (code === tagLead && isTail(text.charCodeAt(index + 1)) ? 2 : 1)
      if (isJoined) writer.drop(index, end)
      else blank(writer, index, end)
      isParted = true
      index = end
    } else if (reading !== depends) {
      const isSpaced = isRaised(code)
      writer.unit(isSpaced && !isJoined ? space : reading, index, index + 1)
      isParted ||= isSpaced
      index++
    } else {
      const shown = shownAt(text, index)
      const end = index + (code === mathLead || code === enclosedLead ? 2 : 1)
      if (shown !== undefined) writer.text(shown, index, end, asWhole)
      index = shown === undefined ? index + 1 : end
    }
  }
  writer.copyUntil(text.length)
  return { view: writer.view(), isParted }
}

/** A space for each unit. */
function blank(writer: ReadingWriter, start: number, end: number): void {
  for (let at = start; at < end; at++) writer.unit(space, at, at + 1)
}

/** A run of letters and digits with a look-alike in it. */
interface Word {
  readonly end: number
  /** It is read as Latin. */
  readonly isLatin: boolean
}

const noWord: Word = { end: 0, isLatin: false }

/** No word is longer; looking further back than this would not be linear. */
const longestWord = 64

function wordAt(text: string, index: number): Word {
  let start = index
  while (start > 0 && index - start < longestWord && isWordPart(text.charCodeAt(start - 1))) start--
  let end = index + 1
  let isMixed = false
  let isSame = true
  while (end < text.length && end - index < longestWord && isWordPart(text.charCodeAt(end))) end++
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at)
    if (isLetter(code)) isMixed = true
    else if (sameLooks[code] === 0 && !isDigit(code) && disguises[code] !== remove) isSame = false
  }
  const isLatin = isMixed || (isSame && (holdsLatin(text, start - 2, -1) || holdsLatin(text, end + 1, 1)))
  return { end, isLatin }
}

/** True for the word that begins or ends at `from` when it holds a Latin letter; its own edge may be a look-alike. */
function holdsLatin(text: string, from: number, step: 1 | -1): boolean {
  for (let at = from; Math.abs(at - from) < longestWord && isWordPart(text.charCodeAt(at)); at += step) {
    if (isLetter(text.charCodeAt(at))) return true
  }
  return false
}

/** A letter or digit, or something invisible between two. */
const isWordPart = (code: number): boolean =>
  isAlphanumeric(code) ||
  lookAlikes[code] !== 0 ||
  disguises[code] === remove ||
  (code > 127 && isWordUnit(code))

/** More marks than these on one character are there to be in the way; letters of real alphabets carry fewer. */
const mostComposed = 3

/** Composes a character with its marks where that gives one unit (`é`); takes other marks off. Gives where they end. */
function writeMarked(text: string, index: number, writer: ReadingWriter, isJoined: boolean): number {
  const base = text.charAt(index - 1)
  let end = index
  let shown = base
  for (; end < text.length && isMark(text.charCodeAt(end)); end++) {
    if (end - index >= mostComposed || disguises[base.charCodeAt(0)] === remove) continue
    shown = withMark(text.charCodeAt(end), shown)
  }
  if (!isJoined) blank(writer, index, end)
  else if (shown === base) writer.drop(index, end)
  else writer.unit(shown.charCodeAt(0), Math.max(0, index - 1), end)
  return end
}

/** The one unit a unit and a mark are together, or the unit itself. */
function composedWith(mark: number, base: string): string {
  const together = (base + String.fromCharCode(mark)).normalize('NFC')
  return together.length === 1 ? together : base
}

/** The same, from what was asked of late: composing takes long. */
function withMark(mark: number, base: string): string {
  const key = base.charCodeAt(0) * 65_536 + mark
  const known = composed.get(key) ?? composedWith(mark, base)
  if (composed.size >= mostComposedKept) composed.clear()
  composed.set(key, known)
  return known
}

const composed = new Map<number, string>()
const mostComposedKept = 1_024

/** What a unit or pair that stands for others stands for; undefined when it stands for itself. */
function shownAt(text: string, index: number): string | undefined {
  const code = text.charCodeAt(index)
  const reading = disguises[code] as number
  if (reading !== depends) return String.fromCharCode(reading)
  const tail = text.charCodeAt(index + 1)
  if (code === mathLead) return pairs().get(tail)
  if (code === enclosedLead) return enclosedLetter(tail)
  return expansions.get(code)
}

let mathematical: ReadonlyMap<number, string> | undefined

/** Second half of each mathematical letter or digit, with the plain one. Filled when first asked. */
function pairs(): ReadonlyMap<number, string> {
  if (mathematical !== undefined) return mathematical
  const filled = new Map<number, string>()
  for (let code = 0x1d400; code <= 0x1d7ff; code++) {
    const plain = String.fromCodePoint(code).normalize('NFKC')
    if (plain.length === 1) filled.set(code - 0x1d400 + 0xdc00, plain)
  }
  mathematical = filled
  return filled
}

/** Letters in brackets, squares and circles: U+1F110, U+1F130, U+1F150 and U+1F170, each A to Z. */
function enclosedLetter(tail: number): string | undefined {
  for (const first of [0xdd10, 0xdd30, 0xdd50, 0xdd70]) {
    if (tail >= first && tail < first + 26) return String.fromCharCode(65 + tail - first)
  }
  return undefined
}

/** Second half of a surrogate pair. */
const isTail = (code: number): boolean => code >= 0xdc00 && code <= 0xdfff
