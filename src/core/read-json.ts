import { isUtf8 } from 'node:buffer'
import { isJsonObject, type JsonObject, type JsonValue } from './json.ts'
import { Refusal } from './refusal.ts'

/**
 * Reads a JSON object from bytes. What two readers could understand differently is refused: a body with the
 * same key twice means one thing to us and another to the provider (a parser differential).
 *
 * Throws `Refusal('body-empty')` and `Refusal('json-invalid', {problem})` for bytes that are not UTF-8, depth
 * beyond `maxDepth`, duplicate keys, `__proto__` keys, lone surrogates, and anything `JSON.parse` refuses.
 */
export function readJsonObject(bytes: Buffer, maxDepth: number): JsonObject {
  if (bytes.length === 0) throw new Refusal('body-empty')
  if (!isUtf8(bytes)) throw invalid('it is not UTF-8')
  const text = bytes.toString('utf8')
  const keysWritten = countKeys(text, maxDepth)
  const value = parse(text)
  if (!isJsonObject(value)) throw invalid('it must be an object')
  // Only an escape can bring a lone surrogate (bytes are checked above) or hide a key called __proto__.
  const mayHideSurrogates = text.includes('\\ud') || text.includes('\\uD')
  const keysRead = checkTree(value, mayHideSurrogates)
  if (keysRead !== keysWritten) throw invalid(`the key "${findDuplicate(text)}" stands twice in one object`)
  return value
}

const invalid = (problem: string): Refusal => new Refusal('json-invalid', { problem })

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

/** Number of keys as written, duplicates counted; stops at too great a depth before anything recurses into it. */
function countKeys(text: string, maxDepth: number): number {
  let depth = 0
  let keys = 0
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit === quote) at = endOfString(text, at)
    else if (unit === colon) keys++
    else if ((unit | 0x20) === 0x7b) {
      // 0x7b '{' and 0x5b '[' differ only in this bit, as do their closing partners.
      if (++depth > maxDepth) throw invalid(`it is nested deeper than ${maxDepth} levels`)
    } else if ((unit | 0x20) === 0x7d) depth--
  }
  return keys
}

/** Number of keys as read; refuses what must not travel on. Depth is bounded by `countKeys` before. */
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

/** Names the first duplicate key. Slow and careful: runs only once we know that there is one. */
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
        if (seen?.has(key)) return key.length > 60 ? `${key.slice(0, 60)}…` : key
        seen?.add(key)
      }
    }
  }
  return '?'
}
