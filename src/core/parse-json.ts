import { mustKeep, parseWithNumbers } from './exact-number.ts'
import type { JsonValue } from './json.ts'
import { Refusal } from './refusal.ts'

/**
 * `body`: what came over the wire. `text`: what a model or a tool wrote into one; there, halves of surrogate pairs stay
 * as they are, and numbers keep even the way they are written.
 */
export type JsonOrigin = 'body' | 'text'

/**
 * Reads JSON. What two readers could understand differently is refused: a body with the same key twice means one thing
 * to us and another to the provider (a parser differential). Numbers that a double would change keep their source
 * (`exact-number.ts`).
 *
 * Throws `Refusal('json-invalid', {problem})` for depth beyond `maxDepth`, duplicate keys, `__proto__` keys, lone
 * surrogates in a body, and anything `JSON.parse` refuses.
 */
export function parseJson(text: string, maxDepth: number, origin: JsonOrigin): JsonValue {
  const written = measure(text, maxDepth, origin === 'text')
  const value = parse(text)
  // Only an escape can bring a lone surrogate into a body (bytes are checked before) or hide a key called __proto__.
  const mayHideSurrogates = origin === 'body' && (text.includes('\\ud') || text.includes('\\uD'))
  const keysRead = checkTree(value, mayHideSurrogates)
  if (keysRead !== written.keys) throw invalid(`${findDuplicate(text)} stands twice in one object`)
  return written.numbers === undefined ? value : parseWithNumbers(text, written.numbers)
}

export const invalid = (problem: string): Refusal => new Refusal('json-invalid', { problem })

function parse(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue
  } catch (error) {
    // V8 quotes the body in its message; only the kind of mistake may go back to the caller and to the log.
    const said = (error as Error).message
    const position = / position (\d+)/.exec(said)?.[1]
    const endsEarly = said.includes('end of JSON') || Number(position) >= text.length
    const place =
      position === undefined
        ? 'it breaks where JSON allows no such character'
        : `it breaks at character ${position}`
    throw new Refusal('json-invalid', { problem: endsEarly ? 'it ends too early' : place })
  }
}

const quote = 0x22
const backslash = 0x5c
const colon = 0x3a
const point = 0x2e
const letterE = 0x65
const plus = 0x2b
const zero = 0x30
const minus = 0x2d

/** Position of the quote that ends the string opened at `open`, or the end of the text. */
function endOfString(text: string, open: number): number {
  let at = text.indexOf('"', open + 1)
  while (at !== -1) {
    let slashes = 0
    while (text.charCodeAt(at - 1 - slashes) === backslash) slashes++
    if ((slashes & 1) === 0) return at
    at = text.indexOf('"', at + 1)
  }
  return text.length
}

interface Written {
  /** Duplicates counted. */
  readonly keys: number
  /** Places of numbers that must keep their source; undefined where there are none, as in nearly every body. */
  readonly numbers: readonly number[] | undefined
}

/** A JSON text before it is parsed; stops at too great a depth before anything recurses into it. */
function measure(text: string, maxDepth: number, asWritten: boolean): Written {
  let depth = 0
  let keys = 0
  let numbers: number[] | undefined
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit === quote) at = endOfString(text, at)
    else if (unit === colon) keys++
    else if ((unit | 0x20) === 0x7b) {
      // 0x7b '{' and 0x5b '[' differ only in this bit, as do their closing partners.
      if (++depth > maxDepth) throw invalid(`it is nested deeper than ${maxDepth} levels`)
    } else if ((unit | 0x20) === 0x7d) depth--
    else if (isDigit(unit)) {
      const end = endOfDigits(text, at)
      if (isExact(text, at, end, asWritten)) at = end - 1
      else {
        numbers ??= []
        at = addNumber(text, at, end, numbers, asWritten) - 1
      }
    }
  }
  return { keys, numbers: numbers?.length === 0 ? undefined : numbers }
}

const isDigit = (unit: number): boolean => unit <= 0x39 && unit >= zero

/** The end of the digits and points that begin here. */
function endOfDigits(text: string, start: number): number {
  let at = start
  let unit: number
  do unit = text.charCodeAt(++at)
  while (isDigit(unit) || unit === point)
  return at
}

/** A double holds any 15 digits. */
const safeDigits = 15

/**
 * Neither more digits than a double holds, nor an exponent that may lead out of its range, nor the sign of nothing; and
 * as written, no zero at the end of a part.
 */
const isExact = (text: string, start: number, end: number, asWritten: boolean): boolean =>
  end - start <= safeDigits &&
  (text.charCodeAt(end) | 0x20) !== letterE &&
  (text.charCodeAt(start) !== zero || text.charCodeAt(start - 1) !== minus) &&
  !(asWritten && text.charCodeAt(end - 1) === zero)

/** Notes a number that must keep its source, sign and exponent with it. Gives where it ends. */
function addNumber(
  text: string,
  start: number,
  endOfItsDigits: number,
  numbers: number[],
  asWritten: boolean,
): number {
  let end = endOfItsDigits
  if ((text.charCodeAt(end) | 0x20) === letterE) {
    const sign = text.charCodeAt(++end)
    if (sign === plus || sign === minus) end++
    while (isDigit(text.charCodeAt(end))) end++
  }
  const from = text.charCodeAt(start - 1) === minus ? start - 1 : start
  if (mustKeep(text.slice(from, end), asWritten)) numbers.push(from, end)
  return end
}

/** Number of keys as read; refuses what must not travel on. Depth is bounded by `measure` before. */
function checkTree(value: JsonValue | undefined, mayHideSurrogates: boolean): number {
  if (typeof value === 'string') {
    if (mayHideSurrogates && !value.isWellFormed()) throw invalid('a string holds half of a surrogate pair')
    return 0
  }
  if (typeof value !== 'object' || value === null) return 0
  let keys = 0
  if (Array.isArray(value)) {
    for (const each of value) if (typeof each !== 'number') keys += checkTree(each, mayHideSurrogates)
    return keys
  }
  for (const key in value) {
    if (key === '__proto__') throw invalid('a key is called __proto__')
    if (mayHideSurrogates && !key.isWellFormed()) throw invalid('a key holds half of a surrogate pair')
    keys += 1 + checkTree(value[key], mayHideSurrogates)
  }
  return keys
}

/**
 * Names the first duplicate key, unless it may be somebody's data: a word can be shown. Slow and careful: runs only once
 * we know that there is one.
 */
function findDuplicate(text: string): string {
  const open: Set<string>[] = []
  for (let at = 0; at < text.length; at++) {
    const unit = text[at]
    if (unit === '{') open.push(new Set())
    else if (unit === '[') open.push(new Set())
    else if (unit === '}' || unit === ']') open.pop()
    else if (unit === '"') {
      const end = endOfString(text, at)
      const written = text.slice(at, end + 1)
      at = end
      if (/^\s*:/.test(text.slice(end + 1, end + 1_000))) {
        const key = JSON.parse(written) as string
        const seen = open.at(-1)
        if (seen?.has(key)) return /^[a-z_]{1,60}$/i.test(key) ? `the key "${key}"` : 'a key'
        seen?.add(key)
      }
    }
  }
  return 'a key'
}
