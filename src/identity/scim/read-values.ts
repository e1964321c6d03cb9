import { isJsonObject, type JsonObject, type JsonValue } from '#/core/json.ts'
import { noRights } from './filter.ts'
import { type Attribute, findAttribute, isRefused, type Shape } from './schema.ts'
import { wrong } from './scim-error.ts'

/** No name or address is longer; a manager's address is the longest there is. */
const maxTextLength = 1_000
const maxValues = 50

/** What is kept of one person, as JSON; a whole default mapping takes about one kilobyte. */
export const maxBodyLength = 16_384

/**
 * What a body says of the attributes that are kept, under their own names. Read-only ones and unknown ones are left
 * out (RFC 7644, section 3.3). Throws `ScimError`: `invalidValue`, and `mutability` for rights.
 */
export function readBody(given: JsonObject, shape: Shape): JsonObject {
  assertNoRights(given)
  const body = readMembers(given, shape.attributes)
  const { extension } = shape
  if (extension === undefined) return body
  const wanted = extension.urn.toLowerCase()
  const key = Object.keys(given).find((each) => each.toLowerCase() === wanted)
  const inside = key === undefined ? undefined : given[key]
  if (inside === undefined || inside === null) return body
  if (!isJsonObject(inside)) throw wrong('invalidValue', `${extension.urn} must be an object`)
  const read = readMembers(inside, extension.attributes)
  return Object.keys(read).length === 0 ? body : { ...body, [extension.urn]: read }
}

/** Directories send an empty list of roles with every person; one that is not empty would look as if it worked. */
function assertNoRights(given: JsonObject): void {
  for (const [name, value] of Object.entries(given)) {
    if (isRefused(name) && !isEmpty(value)) throw noRights()
  }
}

const isEmpty = (value: JsonValue | undefined): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)

function readMembers(given: JsonObject, attributes: readonly Attribute[]): JsonObject {
  const read: JsonObject = {}
  for (const [name, value] of Object.entries(given)) {
    const attribute = findAttribute(attributes, name)
    if (attribute === undefined || attribute.mutability === 'readOnly') continue
    const one = readValue(attribute, value)
    if (one !== undefined) read[attribute.name] = one
  }
  return read
}

/** A value of one attribute; undefined for none (null and an empty list are none: RFC 7643, section 2.5). */
export function readValue(attribute: Attribute, value: JsonValue | undefined): JsonValue | undefined {
  if (value === null || value === undefined) return undefined
  if (attribute.multiValued !== true) return readOne(attribute, value)
  // Entra sends a single value where there is only one.
  const list = Array.isArray(value) ? value : [value]
  if (list.length > maxValues)
    throw wrong('invalidValue', `${attribute.name} has more than ${maxValues} values`)
  const read = list.map((each) => readOne(attribute, each)).filter((each) => each !== undefined)
  if (read.filter((each) => isJsonObject(each) && each['primary'] === true).length > 1)
    throw wrong('invalidValue', `only one value of ${attribute.name} can be primary`)
  return read.length === 0 ? undefined : read
}

/** One value, also of an attribute that has several. */
export function readOne(attribute: Attribute, value: JsonValue): JsonValue | undefined {
  switch (attribute.type) {
    case 'boolean':
      return readFlag(attribute.name, value)
    case 'complex':
      return readComplex(attribute, value)
    default:
      return readText(attribute.name, value)
  }
}

function readComplex(attribute: Attribute, value: JsonValue): JsonValue | undefined {
  const parts = attribute.subAttributes ?? []
  // Entra sends a manager as the bare id, and some send an address as a bare text.
  const given = typeof value === 'string' && findAttribute(parts, 'value') !== undefined ? { value } : value
  if (!isJsonObject(given)) throw wrong('invalidValue', `${attribute.name} must be an object`)
  const read = readMembers(given, parts)
  return Object.keys(read).length === 0 ? undefined : read
}

/** Entra writes "True" and "False" unless it is told otherwise. */
function readFlag(name: string, value: JsonValue): boolean {
  if (typeof value === 'boolean') return value
  const text = typeof value === 'string' ? value.toLowerCase() : ''
  if (text === 'true' || text === 'false') return text === 'true'
  throw wrong('invalidValue', `${name} must be true or false`)
}

function readText(name: string, value: JsonValue): string {
  if (typeof value !== 'string') throw wrong('invalidValue', `${name} must be a text`)
  if (value.length > maxTextLength || /\p{Cc}/u.test(value))
    throw wrong('invalidValue', `${name} must be one line of at most ${maxTextLength} characters`)
  return value
}
