/**
 * One cheap pass that says what in a text may be written in another way. Ordinary texts have no clue, and then
 * nothing else is tried; a clue costs a closer look and says nothing by itself.
 */

import { clueAt, clueWord, inLeet, inMirror, inRot13 } from './clue-words.ts'
import type { Span } from './position-map.ts'

export interface Clues {
  /** Runs of at least `shortestRun` characters of Base64 or hexadecimal. */
  readonly runs: readonly Span[]
  /** Rows of single characters set apart. */
  readonly spaced: readonly Span[]
  /** Rows of pairs of hexadecimal digits, and rows of groups of eight binary digits. */
  readonly pairs: readonly Span[]
  readonly octets: readonly Span[]
  readonly hasPercent: boolean
  readonly hasAmpersand: boolean
  readonly hasBackslash: boolean
  readonly hasEquals: boolean
  /** From the first to the last word that is a common one with its letters exchanged, mirrored or made digits. */
  readonly rot13: Span | undefined
  readonly mirror: Span | undefined
  readonly leet: Span | undefined
}

/** Twelve bytes in Base64, eight in hexadecimal. */
export const shortestRun = 16
const fewestSpaced = 6
const fewestPairs = 6
const fewestOctets = 4
/** What may stand between two characters that are set apart: ` @ `, three spaces for one. */
const widestGap = 3

const breaks = 0
const joins = 1
const percent = 2
const ampersand = 3
const backslash = 4
const equals = 5
const letter = 8
const digit = 9

const classes = fillClasses()

export function cluesIn(text: string): Clues | undefined {
  const runs: Span[] = []
  const spaced = new Row(fewestSpaced, widestGap)
  const pairs = new Row(fewestPairs, widestGap)
  const octets = new Row(fewestOctets, widestGap)
  const words = [new Words(), new Words(), new Words()] as const
  let hasPercent = false
  let hasAmpersand = false
  let hasBackslash = false
  let hasEquals = false
  let wordFrom = 0
  let runFrom = 0
  let digits = 0
  for (let index = 0; index <= text.length; index++) {
    const kind = index < text.length ? (classes[text.charCodeAt(index)] as number) : breaks
    if (kind >= letter) {
      digits |= kind & 1
      continue
    }
    const length = index - wordFrom
    if (length === 1) spaced.add(wordFrom, index)
    else if (length > 2) {
      const hasDigit = digits !== 0
      if ((clueAt(text, wordFrom) & (hasDigit ? inLeet : inRot13 | inMirror)) !== 0)
        noteWord(text, wordFrom, index, hasDigit, words)
      if (length === 8 && isBinary(text, wordFrom, index)) octets.add(wordFrom, index)
      else if (length === 4 && isHexPair(text, wordFrom)) pairs.add(wordFrom, index)
    } else if (length === 2 && isHexadecimal(text.charCodeAt(wordFrom))) {
      if (isHexadecimal(text.charCodeAt(wordFrom + 1))) pairs.add(wordFrom, index)
    }
    wordFrom = index + 1
    digits = 0
    if (kind === joins) continue
    if (index - runFrom >= shortestRun) runs.push({ start: runFrom, end: index })
    runFrom = index + 1
    if (kind === breaks) continue
    const next = text.charCodeAt(index + 1)
    if (kind === percent) hasPercent ||= isHexadecimal(next) && isHexadecimal(text.charCodeAt(index + 2))
    else if (kind === ampersand) hasAmpersand ||= next === 35 || (classes[next] as number) >= letter
    else if (kind === backslash) hasBackslash ||= beginsEscape(next)
    else hasEquals ||= isHexadecimal(next) && isHexadecimal(text.charCodeAt(index + 2))
  }
  const [rot13, mirror, leet] = words.map((found) => found.span())
  const found: Clues = {
    runs,
    spaced: spaced.rows(),
    pairs: pairs.rows(),
    octets: octets.rows(),
    hasPercent,
    hasAmpersand,
    hasBackslash,
    hasEquals,
    rot13,
    mirror,
    leet,
  }
  const isAny =
    runs.length + found.spaced.length + found.pairs.length + found.octets.length > 0 ||
    hasPercent ||
    hasAmpersand ||
    hasBackslash ||
    hasEquals ||
    rot13 !== undefined ||
    mirror !== undefined ||
    leet !== undefined
  return isAny ? found : undefined
}

/** Words of one kind that stand close to each other. */
class Row {
  readonly #fewest: number
  readonly #gap: number
  readonly #rows: Span[] = []
  #start = 0
  #end = -1
  #count = 0

  constructor(fewest: number, widest: number) {
    this.#fewest = fewest
    this.#gap = widest
  }

  add(start: number, end: number): void {
    if (this.#count > 0 && start - this.#end <= this.#gap) {
      this.#count++
      this.#end = end
      return
    }
    this.#finish()
    this.#start = start
    this.#end = end
    this.#count = 1
  }

  rows(): readonly Span[] {
    this.#finish()
    this.#count = 0
    return this.#rows
  }

  #finish(): void {
    if (this.#count >= this.#fewest) this.#rows.push({ start: this.#start, end: this.#end })
  }
}

/** A word of this length is not met by chance. */
const tellingLength = 6

/** Common words in disguise. One may be a name; two different ones, or a long one, are no chance. */
class Words {
  readonly #seen = new Set<string>()
  #start = 0
  #end = 0
  #isTelling = false

  add(word: string, start: number, end: number): void {
    if (this.#end === 0) this.#start = start
    this.#end = end
    if (this.#seen.size < 2) this.#seen.add(word)
    this.#isTelling ||= word.length >= tellingLength
  }

  span(): Span | undefined {
    return this.#seen.size > 1 || this.#isTelling ? { start: this.#start, end: this.#end } : undefined
  }
}

/** Longer words are none of those looked for. */
const longestWord = 16

function noteWord(
  text: string,
  start: number,
  end: number,
  hasDigit: boolean,
  [rot13, mirror, leet]: readonly [Words, Words, Words],
): void {
  if (end - start > longestWord) return
  const word = text.slice(start, end).toLowerCase()
  const ways = clueWord(word, hasDigit)
  if ((ways & inRot13) !== 0) rot13.add(word, start, end)
  if ((ways & inMirror) !== 0) mirror.add(word, start, end)
  if ((ways & inLeet) !== 0) leet.add(word, start, end)
}

export const isHexadecimal = (code: number): boolean =>
  (code >= 48 && code <= 57) || ((code | 0x20) >= 97 && (code | 0x20) <= 102)

/** `0x69`. */
const isHexPair = (text: string, at: number): boolean =>
  text.charCodeAt(at) === 48 &&
  (text.charCodeAt(at + 1) | 0x20) === 120 &&
  isHexadecimal(text.charCodeAt(at + 2)) &&
  isHexadecimal(text.charCodeAt(at + 3))

function isBinary(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if ((text.charCodeAt(at) | 1) !== 49) return false
  return true
}

/** `\u0041`, `\x41`, `\U00000041`, `\101`. */
const beginsEscape = (code: number): boolean =>
  code === 117 || code === 120 || code === 85 || (code >= 48 && code <= 51)

function fillClasses(): Uint8Array {
  const table = new Uint8Array(65_536)
  for (let code = 48; code < 123; code++) {
    if (code < 58) table[code] = digit
    else if ((code > 64 && code < 91) || code > 96) table[code] = letter
  }
  for (const character of '+/-_') table[character.charCodeAt(0)] = joins
  table[37] = percent
  table[38] = ampersand
  table[92] = backslash
  table[61] = equals
  return table
}
