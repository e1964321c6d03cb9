import type { JsonObject, JsonValue } from '#/core/json.ts'

/** JSON that stands as a text inside a body, as the arguments of a tool call do. */

/** Levels of a JSON text inside a JSON body: as many as a body itself may have by default. */
const mostLevels = 100

/**
 * An object or array; undefined for anything else, and for what two readers could understand differently: a key that
 * stands twice would show one value to us and another to the model. Such a text is taken as the plain text it is.
 */
export function readContainer(text: string): JsonObject | JsonValue[] | undefined {
  if (!/^\s*[{[]/.test(text)) return undefined
  try {
    const value = JSON.parse(text) as JsonObject | JsonValue[]
    return countKeys(value, mostLevels) === countWrittenKeys(text) ? value : undefined
  } catch {
    // Half a JSON text is what a model may well have written; it is inspected as the text it is.
    return undefined
  }
}

/** Not a number of keys, and equal to none: the value cannot be walked or written safely. */
const unusable = Number.NaN

function countKeys(value: JsonValue | undefined, levels: number): number {
  if (typeof value !== 'object' || value === null) return 0
  if (levels === 0) return unusable
  let keys = 0
  if (Array.isArray(value)) {
    for (const each of value) keys += countKeys(each, levels - 1)
    return keys
  }
  for (const key in value) {
    // Assigning to it would change the prototype instead of a member.
    if (key === '__proto__') return unusable
    keys += 1 + countKeys(value[key], levels - 1)
  }
  return keys
}

const quote = 0x22
const colon = 0x3a
const backslash = 0x5c

/** Keys as written, those that stand twice counted twice: colons outside of strings. */
function countWrittenKeys(text: string): number {
  let keys = 0
  let isInString = false
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (isInString && unit === backslash) at++
    else if (unit === quote) isInString = !isInString
    else if (unit === colon && !isInString) keys++
  }
  return keys
}

/** `JSON.rawJSON` and the source given to a reviver (ECMAScript 2026), which the library types do not know yet. */
const raw = JSON as unknown as { readonly rawJSON: (source: string) => JsonValue }
type Reviver = (key: string, value: JsonValue, context: { readonly source?: string }) => JsonValue

/**
 * A text that `readContainer` accepted, with numbers that write themselves as they stood: an id of 19 digits has more of
 * them than a number can hold, and must not come out as another id because a name beside it was masked.
 */
export function parseExactly(text: string): JsonValue {
  const keep: Reviver = (_, value, { source }) =>
    typeof value === 'number' && source !== undefined && String(value) !== source
      ? raw.rawJSON(source)
      : value
  return JSON.parse(text, keep as (key: string, value: unknown) => unknown) as JsonValue
}

const escaped = /\\(?:u([0-9a-fA-F]{4})|([/"\\]))/g

/** A text as a reader of JSON would understand its escapes; undefined when it has none that hide a character. */
export function withoutEscapes(text: string): string | undefined {
  if (!text.includes('\\u') && !text.includes('\\/')) return undefined
  const plain = text.replace(escaped, (_, code: string | undefined, sign: string | undefined) =>
    code === undefined ? (sign ?? '') : String.fromCharCode(Number.parseInt(code, 16)),
  )
  return plain === text ? undefined : plain
}
