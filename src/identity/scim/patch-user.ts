import { isDeepStrictEqual } from 'node:util'
import { isJsonObject, type JsonObject, type JsonValue } from '#/core/json.ts'
import { afterUrn, type Filter, type PatchPath, parsePath } from './filter.ts'
import { matches, readableOf } from './match.ts'
import type { Operation } from './operations.ts'
import { readBody, readOne, readValue } from './read-values.ts'
import { type Attribute, enterpriseUrn, findAttribute, isRefused, userShape, userUrn } from './schema.ts'
import { wrong } from './scim-error.ts'

/**
 * A person's body after the operations of a PATCH (RFC 7644, section 3.5.2); the body given stays as it is.
 * All or nothing: throws `ScimError` for the first operation that cannot be done.
 */
export function patchUser(id: string, body: JsonObject, operations: readonly Operation[]): JsonObject {
  const next = structuredClone(body)
  for (const operation of operations) apply(id, next, operation)
  return readBody(next, userShape)
}

function apply(id: string, body: JsonObject, { op, path, value }: Operation): void {
  if (path === undefined) {
    applyMembers(id, body, op, value, '')
    return
  }
  if (path.toLowerCase() === enterpriseUrn.toLowerCase()) {
    if (op === 'remove') delete body[enterpriseUrn]
    else applyMembers(id, body, op, value, `${enterpriseUrn}:`)
    return
  }
  const read = parsePath(path, userShape)
  if (read !== undefined) applyAt(body, op, read, value)
}

/** Without a path the value holds attributes; Okta sends the id among them, Entra whole paths as their names. */
function applyMembers(
  id: string,
  body: JsonObject,
  op: Operation['op'],
  value: JsonValue | undefined,
  prefix: string,
): void {
  if (!isJsonObject(value))
    throw wrong('invalidValue', 'an operation without a path needs an object as its value')
  for (const [name, each] of Object.entries(value)) {
    if (name === 'schemas' || name === 'meta') continue
    if (name === 'id') {
      if (each !== id) throw wrong('mutability', 'id cannot be changed')
      continue
    }
    if (name.toLowerCase() === enterpriseUrn.toLowerCase()) {
      applyMembers(id, body, op, each, `${enterpriseUrn}:`)
      continue
    }
    // An empty list of rights comes with every person; an attribute we do not know is left out as in a POST.
    if (isRefused(name) && Array.isArray(each) && each.length === 0) continue
    if (!isKnown(`${prefix}${name}`)) continue
    const read = parsePath(`${prefix}${name}`, userShape)
    if (read === undefined || read.place.attribute.mutability === 'readOnly') continue
    applyAt(body, op, read, each)
  }
}

function isKnown(path: string): boolean {
  const inExtension = afterUrn(path, enterpriseUrn)
  const own = inExtension ?? afterUrn(path, userUrn) ?? path
  const name = own.split(/[.[]/, 1)[0] as string
  const attributes =
    inExtension === undefined ? userShape.attributes : (userShape.extension?.attributes ?? [])
  return findAttribute(attributes, name) !== undefined || isRefused(name)
}

function applyAt(body: JsonObject, op: Operation['op'], path: PatchPath, value: JsonValue | undefined): void {
  const { attribute, sub, isExtension } = path.place
  if (attribute.mutability === 'readOnly' || sub?.mutability === 'readOnly')
    throw wrong('mutability', `${attribute.name} cannot be changed here`)
  const holder = isExtension ? extensionOf(body) : body
  if (path.filter !== undefined) applyToSome(holder, op, path.filter, attribute, sub, value)
  else if (sub !== undefined) applyToPart(holder, op, attribute, sub, value)
  else applyToWhole(holder, op, attribute, value)
}

function extensionOf(body: JsonObject): JsonObject {
  const there = body[enterpriseUrn]
  if (isJsonObject(there)) return there
  const made: JsonObject = {}
  body[enterpriseUrn] = made
  return made
}

function applyToWhole(
  holder: JsonObject,
  op: Operation['op'],
  attribute: Attribute,
  value: JsonValue | undefined,
): void {
  const { name } = attribute
  const there = holder[name]
  const read = readValue(attribute, value)
  if (op === 'remove') {
    // Entra removes single values of several by listing them.
    if (Array.isArray(there) && Array.isArray(read))
      put(
        holder,
        name,
        there.filter((each) => !read.some((gone) => isSameValue(each, gone))),
      )
    else delete holder[name]
  } else if (Array.isArray(there) && Array.isArray(read) && op === 'add') {
    const added = read.filter((each) => !there.some((old) => isDeepStrictEqual(old, each)))
    const kept = there.filter((old) => !added.some((each) => isSameValue(old, each)))
    put(holder, name, withOnePrimary([...kept, ...added], added))
  } else if (isJsonObject(there) && isJsonObject(read)) holder[name] = { ...there, ...read }
  else put(holder, name, read)
}

function applyToPart(
  holder: JsonObject,
  op: Operation['op'],
  attribute: Attribute,
  sub: Attribute,
  value: JsonValue | undefined,
): void {
  const there = holder[attribute.name]
  const read = op === 'remove' ? undefined : readValue(sub, value)
  if (Array.isArray(there)) {
    for (const each of there) if (isJsonObject(each)) put(each, sub.name, read)
    return
  }
  if (attribute.multiValued === true) {
    if (read !== undefined) holder[attribute.name] = [{ [sub.name]: read }]
    return
  }
  const part: JsonObject = isJsonObject(there) ? there : {}
  put(part, sub.name, read)
  put(holder, attribute.name, Object.keys(part).length === 0 ? undefined : part)
}

function applyToSome(
  holder: JsonObject,
  op: Operation['op'],
  filter: Filter,
  attribute: Attribute,
  sub: Attribute | undefined,
  value: JsonValue | undefined,
): void {
  const there = holder[attribute.name]
  const elements = Array.isArray(there) ? there.filter(isJsonObject) : []
  const fitting = elements.filter((each) => matches(filter, readableOf(each)))
  if (op === 'remove') {
    if (sub === undefined)
      put(
        holder,
        attribute.name,
        elements.filter((each) => !fitting.includes(each)),
      )
    else for (const each of fitting) delete each[sub.name]
    return
  }
  // `emails[type eq "work"].value` of a person without an address: the filter says what the new value is like.
  if (fitting.length === 0) {
    const made = likeness(filter)
    elements.push(made)
    fitting.push(made)
  }
  for (const each of fitting) {
    if (sub !== undefined) put(each, sub.name, readValue(sub, value))
    else {
      const read = readOne(attribute, value ?? null)
      if (!isJsonObject(read)) throw wrong('invalidValue', `${attribute.name} must be an object`)
      Object.assign(each, read)
    }
  }
  put(holder, attribute.name, withOnePrimary(elements, fitting))
}

/** The value a filter describes. Throws `ScimError` with `noTarget` when it says anything but what is equal. */
function likeness(filter: Filter): JsonObject {
  const terms = filter.kind === 'and' ? filter.terms : [filter]
  const made: JsonObject = {}
  for (const term of terms) {
    if (term.kind !== 'compare' || term.comparison !== 'eq' || term.place.sub !== undefined)
      throw wrong('noTarget', 'no value fits the filter of the path')
    const read = readValue(term.place.attribute, term.value)
    if (read !== undefined) made[term.place.attribute.name] = read
  }
  return made
}

const isSameValue = (one: JsonValue, other: JsonValue): boolean =>
  isJsonObject(one) && isJsonObject(other)
    ? one['value'] === other['value'] && (other['type'] === undefined || one['type'] === other['type'])
    : isDeepStrictEqual(one, other)

/** A new primary value takes it from the old one (RFC 7644, section 3.5.2). */
function withOnePrimary(all: readonly JsonValue[], fresh: readonly JsonValue[]): JsonValue[] {
  const hasNew = fresh.some((each) => isJsonObject(each) && each['primary'] === true)
  return all.map((each) =>
    hasNew && isJsonObject(each) && each['primary'] === true && !fresh.includes(each)
      ? { ...each, primary: false }
      : each,
  )
}

function put(holder: JsonObject, name: string, value: JsonValue | undefined): void {
  if (value === undefined || (Array.isArray(value) && value.length === 0)) delete holder[name]
  else holder[name] = value
}
