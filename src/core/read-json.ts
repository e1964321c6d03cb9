import { isUtf8 } from 'node:buffer'
import { sourceOfNumber } from './exact-number.ts'
import { isJsonObject, type JsonObject } from './json.ts'
import { invalid, parseJson } from './parse-json.ts'
import { Refusal } from './refusal.ts'

/**
 * Reads a JSON object from bytes, as `parseJson` reads a text.
 * Throws `Refusal('body-empty')`, and `Refusal('json-invalid', {problem})` also for bytes that are not UTF-8.
 */
export function readJsonObject(bytes: Buffer, maxDepth: number): JsonObject {
  if (bytes.length === 0) throw new Refusal('body-empty')
  if (!isUtf8(bytes)) throw invalid('it is not UTF-8')
  const value = parseJson(bytes.toString('utf8'), maxDepth, 'body')
  if (!isJsonObject(value) || sourceOfNumber(value) !== undefined) throw invalid('it must be an object')
  return value
}
