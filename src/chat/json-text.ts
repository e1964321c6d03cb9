import type { JsonObject, JsonValue } from '#/core/json.ts'
import { parseJson } from '#/core/parse-json.ts'

/** JSON that stands as a text inside a body, as the arguments of a tool call do. */

/** Levels of a JSON text inside a JSON body: as many as a body itself may have by default. */
const mostLevels = 100

/**
 * An object or array, numbers in it as they stood; undefined for anything else, and for what two readers could
 * understand differently: a key that stands twice would show one value to us and another to the model. Such a text is
 * taken as the plain text it is.
 */
export function readContainer(text: string): JsonObject | JsonValue[] | undefined {
  if (!/^\s*[{[]/.test(text)) return undefined
  try {
    return parseJson(text, mostLevels, 'text') as JsonObject | JsonValue[]
  } catch {
    // Half a JSON text is what a model may well have written; it is inspected as the text it is.
    return undefined
  }
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
