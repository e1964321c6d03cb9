import { isUtf8 } from 'node:buffer'
import { sourceOfNumber } from './exact-number.ts'
import { isJsonObject, type JsonObject } from './json.ts'
import { invalid, parseJson } from './parse-json.ts'
import { Refusal } from './refusal.ts'

/**
 * Reads a JSON object from bytes, as `parseJson` reads a text.
 * Throws `Refusal('body-empty')`, and `Refusal('json-invalid', {problem})` also for bytes that are not UTF-8.
 */
export const readJsonObject = (bytes: Buffer, maxDepth: number): JsonObject =>
  parseJsonObject(textOf(bytes), maxDepth)

/** The text of a body. Throws `body-empty`, and `json-invalid` for bytes that are not UTF-8. */
export function textOf(bytes: Buffer): string {
  if (bytes.length === 0) throw new Refusal('body-empty')
  if (!isUtf8(bytes)) throw invalid('it is not UTF-8')
  return bytes.toString('utf8')
}

/** Throws `Refusal('json-invalid', {problem})`. */
export function parseJsonObject(text: string, maxDepth: number): JsonObject {
  const value = parseJson(text, maxDepth, 'body')
  if (!isJsonObject(value) || sourceOfNumber(value) !== undefined) throw invalid('it must be an object')
  return value
}
