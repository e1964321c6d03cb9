/**
 * One cheap pass that says what in a text may be written in another way. Ordinary texts have no clue, and then
 * nothing else is tried; a clue costs a closer look and says nothing by itself.
 */

import { isHexadecimal } from './characters.ts'
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
const shortestRun = 16
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
/** Letters and digits; of the two lower bits one is set for digits, one for hexadecimal digits. */
const letter = 8
const inDecimal = 1
const inHexadecimal = 2

const classes = fillClasses()

export function cluesIn(text: string): Clues | undefined {
  const signs = new Signs(text)
  const { length } = text
  let wordFrom = 0
  let runFrom = 0
  let any = 0
  let all = inDecimal | inHexadecimal
  for (let index = 0; index < length; index++) {
    const kind = classes[text.charCodeAt(index)] as number
    if (kind >= letter) {
      any |= kind
      all &= kind
      continue
    }
    if (index > wordFrom) {
      if (mayTell(text, wordFrom, index - wordFrom, any, all)) signs.addWord(wordFrom, index, any, all)
      any = 0
      all = inDecimal | inHexadecimal
    }
    wordFrom = index + 1
    if (kind === joins) continue
    if (index - runFrom >= shortestRun) signs.runs.push({ start: runFrom, end: index })
    runFrom = index + 1
    if (kind !== breaks) signs.addSign(index, kind)
  }
  if (length > wordFrom) signs.addWord(wordFrom, length, any, all)
  if (length - runFrom >= shortestRun) signs.runs.push({ start: runFrom, end: length })
  return signs.clues()
}

/** Most words tell nothing, whatever stands beside them. */
function mayTell(text: string, start: number, length: number, any: number, all: number): boolean {
  if (length < 3) return length === 1 || (all & inHexadecimal) !== 0
  if ((any & inDecimal) === 0) return (clueAt(text, start) & (inRot13 | inMirror)) !== 0
  return length === 4 || length === 8 || (clueAt(text, start) & inLeet) !== 0
}

/** What the pass has noted so far. */
class Signs {
  readonly runs: Span[] = []
  readonly #text: string
  readonly #spaced = new Row(fewestSpaced)
  readonly #pairs = new Row(fewestPairs)
  readonly #octets = new Row(fewestOctets)
  readonly #rot13 = new Words()
  readonly #mirror = new Words()
  readonly #leet = new Words()
  #kinds = 0

  constructor(text: string) {
    this.#text = text
  }

  addWord(start: number, end: number, any: number, all: number): void {
    const length = end - start
    if (length > 2) {
      const ways = (any & inDecimal) === 0 ? inRot13 | inMirror : inLeet
      if ((clueAt(this.#text, start) & ways) !== 0) this.#noteWord(start, end, ways === inLeet)
      if (length === 8 && (all & inDecimal) !== 0 && isBinary(this.#text, start, end)) {
        this.#octets.add(start, end)
      } else if (length === 4 && (any & inDecimal) !== 0 && isHexPair(this.#text, start)) {
        this.#pairs.add(start, end)
      }
    } else if (length === 1) this.#spaced.add(start, end)
    else if ((all & inHexadecimal) !== 0) this.#pairs.add(start, end)
  }

  addSign(index: number, kind: number): void {
    if ((this.#kinds & (1 << kind)) !== 0 || index + 2 >= this.#text.length) return
    const next = this.#text.charCodeAt(index + 1)
    const isEscape =
      kind === ampersand
        ? next === 35 || isNamed(this.#text, index)
        : kind === backslash
          ? beginsEscape(next)
          : isHexadecimal(next) && isHexadecimal(this.#text.charCodeAt(index + 2))
    if (isEscape || (kind === equals && next < 32)) this.#kinds |= 1 << kind
  }

  /** Undefined when there is nothing to look into. */
  clues(): Clues | undefined {
    const has = (kind: number): boolean => (this.#kinds & (1 << kind)) !== 0
    const spaced = this.#spaced.rows()
    const pairs = this.#pairs.rows()
    const octets = this.#octets.rows()
    const rot13 = this.#rot13.span()
    const mirror = this.#mirror.span()
    const leet = this.#leet.span()
    const rows = this.runs.length + spaced.length + pairs.length + octets.length
    if (rows + this.#kinds === 0 && (rot13 ?? mirror ?? leet) === undefined) return undefined
    return {
      runs: this.runs,
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
  table[37] = percent
  table[38] = ampersand
  table[92] = backslash
  table[61] = equals
  return table
}
