/**
 * What in a text may be written in another way. The pass that looks for triggers (`trigger-scan.ts`) notes it on its
 * way: short words, numbers, signs, and how words begin. Ordinary texts have no clue, and then nothing else is tried;
 * a clue costs a closer look and says nothing by itself.
 */

import { isAlphanumeric, isDigit, isHexadecimal, isLetter } from './characters.ts'
import { clueWord, inLeet, inMirror, inRot13, mayBeLeet } from './clue-words.ts'
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

const percent = 37
const ampersand = 38
const equals = 61
const backslash = 92

/** Signs that begin an escape. */
export const escapeSigns: readonly number[] = [percent, ampersand, equals, backslash]

/** The lower five bits tell them apart. */
const bitOf = (sign: number): number => 1 << (sign & 31)

const others = 0
/** What stands in Base64 of both alphabets besides letters and digits. */
const joins = 1
/** Letters and digits; of the two lower bits one is set for digits, one for hexadecimal digits. */
const letter = 8
const inDecimal = 1
const inHexadecimal = 2

const classes = fillClasses()

/** True for what stands in runs. */
export const isInRun = (code: number): boolean => classes[code] !== others

/** What has been noted of a text so far. Words are noted in order of position. */
export class Signs {
  readonly #text: string
  readonly #runs: Span[] = []
  readonly #spaced = new Row(fewestSpaced)
  readonly #pairs = new Row(fewestPairs)
  readonly #octets = new Row(fewestOctets)
  readonly #rot13 = new Words()
  readonly #mirror = new Words()
  readonly #leet = new Words()
  #escapes = 0
  /** Words with digits are noted up to here. */
  #notedUntil = 0

  constructor(text: string) {
    this.#text = text
  }

  /** Characters of Base64, at least `shortestRun` of them. */
  addRun(start: number, end: number): void {
    this.#runs.push({ start, end })
  }

  /** Where the last one ends. */
  get runsUntil(): number {
    return this.#runs.at(-1)?.end ?? 0
  }

  /** A word of one letter. */
  addLetter(start: number): void {
    this.#spaced.add(start, start + 1)
  }

  /** A word of two letters that are hexadecimal digits. */
  addPair(start: number): void {
    this.#pairs.add(start, start + 2)
  }

  /** A word that begins with three letters as some do that are exchanged or mirrored. One with a digit is none of them. */
  addWord(start: number): void {
    const { length } = this.#text
    let end = start + told
    while (end < length && isLetter(this.#text.charCodeAt(end))) end++
    if (end === length || !isDigit(this.#text.charCodeAt(end))) this.#noteWord(start, end, false)
  }

  /** From the first to the last digit of a number: all words these are in, which may begin before and end behind it. */
  addNumber(from: number, until: number): void {
    const { length } = this.#text
    let start = Math.max(from, this.#notedUntil)
    while (start > this.#notedUntil && isAlphanumeric(this.#text.charCodeAt(start - 1))) start--
    while (start < until) {
      let all = inDecimal | inHexadecimal
      let end = start
      for (; end < length; end++) {
        const kind = classes[this.#text.charCodeAt(end)] as number
        if (kind < letter) break
        all &= kind
      }
      if (end > start) this.#addDigits(start, end, all)
      this.#notedUntil = end
      start = end + 1
    }
  }

  /** One of `escapeSigns`. */
  addSign(index: number): void {
    const sign = this.#text.charCodeAt(index)
    const bit = bitOf(sign)
    if ((this.#escapes & bit) !== 0 || index + 2 >= this.#text.length) return
    const next = this.#text.charCodeAt(index + 1)
    const isEscape =
      sign === ampersand
        ? next === 35 || isNamed(this.#text, index)
        : sign === backslash
          ? beginsEscape(next)
          : isHexadecimal(next) && isHexadecimal(this.#text.charCodeAt(index + 2))
    if (isEscape || (sign === equals && next < 32)) this.#escapes |= bit
  }

  /** Undefined when there is nothing to look into. */
  clues(): Clues | undefined {
    const has = (sign: number): boolean => (this.#escapes & bitOf(sign)) !== 0
    const runs = this.#runs
    const spaced = this.#spaced.rows()
    const pairs = this.#pairs.rows()
    const octets = this.#octets.rows()
    const rot13 = this.#rot13.span()
    const mirror = this.#mirror.span()
    const leet = this.#leet.span()
    const rows = runs.length + spaced.length + pairs.length + octets.length
    if (rows + this.#escapes === 0 && (rot13 ?? mirror ?? leet) === undefined) return undefined
    return {
      runs,
      spaced,
      pairs,
      octets,
      hasPercent: has(percent),
      hasAmpersand: has(ampersand),
      hasBackslash: has(backslash),
      hasEquals: has(equals),
      rot13,
      mirror,
      leet,
    }
  }

  #addDigits(start: number, end: number, all: number): void {
    const length = end - start
    if (length === 1) this.#spaced.add(start, end)
    else if (length === 2) {
      if ((all & inHexadecimal) !== 0) this.#pairs.add(start, end)
    } else {
      if (mayBeLeet(this.#text, start, end)) this.#noteWord(start, end, true)
      if (length === 8 && (all & inDecimal) !== 0 && isBinary(this.#text, start, end))
        this.#octets.add(start, end)
      else if (length === 4 && isHexPair(this.#text, start)) this.#pairs.add(start, end)
    }
  }

  #noteWord(start: number, end: number, hasDigit: boolean): void {
    if (end - start > longestWord) return
    const word = this.#text.slice(start, end).toLowerCase()
    const ways = clueWord(word, hasDigit)
    if ((ways & inRot13) !== 0) this.#rot13.add(word, start, end)
    if ((ways & inMirror) !== 0) this.#mirror.add(word, start, end)
    if ((ways & inLeet) !== 0) this.#leet.add(word, start, end)
  }
}

/** Words of one kind that stand close to each other. */
class Row {
  readonly #fewest: number
  readonly #rows: Span[] = []
  #start = 0
  #end = -1
  #count = 0

  constructor(fewest: number) {
    this.#fewest = fewest
  }

  add(start: number, end: number): void {
    if (this.#count > 0 && start - this.#end <= widestGap) {
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
  #first: string | undefined
  #areSeveral = false
  #start = 0
  #end = 0
  #isTelling = false

  add(word: string, start: number, end: number): void {
    if (this.#end === 0) this.#start = start
    this.#end = end
    this.#first ??= word
    this.#areSeveral ||= word !== this.#first
    this.#isTelling ||= word.length >= tellingLength
  }

  span(): Span | undefined {
    return this.#areSeveral || this.#isTelling ? { start: this.#start, end: this.#end } : undefined
  }
}

/** Letters a word is first told by. */
const told = 3

/** Longer words are none of those looked for. */
const longestWord = 16

/** `0x69`. */
const isHexPair = (text: string, at: number): boolean =>
  text.charCodeAt(at) === 48 &&
  (text.charCodeAt(at + 1) | 0x20) === 120 &&
  isHexadecimal(text.charCodeAt(at + 2)) &&
  isHexadecimal(text.charCodeAt(at + 3))

/** `&commat;`: a name of up to six letters and its end. */
function isNamed(text: string, index: number): boolean {
  return text.slice(index, index + 8).indexOf(';') > 2
}

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
    if (code < 58) table[code] = letter | inDecimal | inHexadecimal
    else if ((code > 64 && code < 91) || code > 96) {
      table[code] = isHexadecimal(code) ? letter | inHexadecimal : letter
    }
  }
  for (const character of '+/-_') table[character.charCodeAt(0)] = joins
  return table
}
