import { isJsonObject, type JsonObject, type JsonValue } from '#/core/json.ts'
import { wrong } from './scim-error.ts'

/** One operation of a PATCH as it came, its name read. */
export interface Operation {
  readonly op: 'add' | 'replace' | 'remove'
  readonly path: string | undefined
  readonly value: JsonValue | undefined
}

/** Okta sends two, Entra as many as attributes changed. */
const maxOperations = 1_000

/** Entra writes `Replace` and `Operations`; others write small letters. Throws `ScimError` with `invalidSyntax`. */
export function readOperations(body: JsonObject): readonly Operation[] {
  const key = Object.keys(body).find((each) => each.toLowerCase() === 'operations')
  const list = key === undefined ? undefined : body[key]
  if (!Array.isArray(list) || list.length === 0)
    throw wrong('invalidSyntax', 'a PATCH needs a list of Operations')
  if (list.length > maxOperations)
    throw wrong('invalidSyntax', `a PATCH takes at most ${maxOperations} operations`)
  return list.map(readOperation)
}

function readOperation(each: JsonValue): Operation {
  if (!isJsonObject(each)) throw wrong('invalidSyntax', 'an operation must be an object')
  const name = typeof each['op'] === 'string' ? each['op'].toLowerCase() : ''
  const op = (['add', 'replace', 'remove'] as const).find((known) => known === name)
  if (op === undefined) throw wrong('invalidSyntax', 'op must be add, replace or remove')
  const { path, value } = each
  if (path !== undefined && path !== null && typeof path !== 'string')
    throw wrong('invalidPath', 'path must be a text')
  if (op === 'remove' && !path) throw wrong('noTarget', 'a remove needs a path')
  if (op !== 'remove' && value === undefined)
    throw wrong('invalidValue', `${op === 'add' ? 'an add' : 'a replace'} needs a value`)
  return { op, path: path || undefined, value }
}
