import { isJsonObject, type JsonObject, type JsonValue } from '#/core/json.ts'
import { type Filter, parsePath } from './filter.ts'
import { matches, readableOf } from './match.ts'
import type { Operation } from './operations.ts'
import { readValue } from './read-values.ts'
import { findAttribute, groupShape } from './schema.ts'
import { wrong } from './scim-error.ts'

/** What a directory says of a group. */
export interface GroupBody {
  readonly displayName: string | undefined
  readonly externalId: string | undefined
  readonly members: ReadonlySet<string>
}

/** More than this is a group of everybody, which nobody needs a group for. */
export const maxMembers = 50_000

/** A whole group of a POST or a PUT. Throws `ScimError` with `invalidValue`. */
export function readGroupBody(given: JsonObject): GroupBody {
  const valueAt = (name: string): JsonValue | undefined => {
    const key = Object.keys(given).find((each) => each.toLowerCase() === name.toLowerCase())
    return key === undefined ? undefined : given[key]
  }
  return {
    displayName: readOwn('displayName', valueAt('displayName')),
    externalId: readOwn('externalId', valueAt('externalId')),
    members: new Set(readMemberIds(valueAt('members'))),
  }
}

/** A group after the operations of a PATCH; what was given stays as it is. All or nothing. */
export function patchGroup(id: string, body: GroupBody, operations: readonly Operation[]): GroupBody {
  const draft: Draft = { ...body, members: new Set(body.members), searches: 0 }
  for (const { op, path, value } of operations) {
    if (path !== undefined) applyAt(draft, op, path, value)
    else applyMembers(id, draft, op, value)
    if (draft.members.size > maxMembers) throw tooManyMembers()
  }
  return draft
}

interface Draft {
  displayName: string | undefined
  externalId: string | undefined
  readonly members: Set<string>
  /** Operations so far that had to look at every member. */
  searches: number
}

const maxSearches = 10

/** Okta sends the id with the new name. */
function applyMembers(id: string, draft: Draft, op: Operation['op'], value: JsonValue | undefined): void {
  if (!isJsonObject(value))
    throw wrong('invalidValue', 'an operation without a path needs an object as its value')
  for (const [name, each] of Object.entries(value)) {
    if (name === 'id' && each !== id) throw wrong('mutability', 'id cannot be changed')
    const attribute = findAttribute(groupShape.attributes, name)
    if (attribute === undefined || attribute.mutability === 'readOnly') continue
    applyAt(draft, op, attribute.name, each)
  }
}

function applyAt(draft: Draft, op: Operation['op'], path: string, value: JsonValue | undefined): void {
  const read = parsePath(path, groupShape)
  if (read === undefined) return
  const { attribute, sub } = read.place
  if (attribute.mutability === 'readOnly')
    throw wrong('mutability', `${attribute.name} cannot be changed here`)
  if (attribute.name === 'members') {
    if (sub !== undefined) throw wrong('mutability', 'a member is added or removed as a whole')
    if (read.filter === undefined) applyToMembers(draft.members, op, value)
    else {
      if (op !== 'remove') throw wrong('mutability', 'a member is added or removed as a whole')
      removeFitting(draft, read.filter)
    }
    return
  }
  const name = attribute.name as 'displayName' | 'externalId'
  draft[name] = op === 'remove' ? undefined : readOwn(name, value)
}

/** A member named by id is looked up; any other filter looks at everybody, so only a few of those are taken. */
function removeFitting(draft: Draft, filter: Filter): void {
  if (filter.kind === 'compare' && filter.comparison === 'eq' && filter.place.attribute.name === 'value') {
    draft.members.delete(String(filter.value))
    return
  }
  if (++draft.searches > maxSearches)
    throw wrong('tooMany', 'too many operations pick members by something else than their id')
  for (const member of [...draft.members])
    if (matches(filter, readableOf({ value: member, type: 'User' }))) draft.members.delete(member)
}

function applyToMembers(members: Set<string>, op: Operation['op'], value: JsonValue | undefined): void {
  // Entra removes members by listing them; a remove without any list is all of them (RFC 7644, section 3.5.2.2).
  if (op === 'replace' || (op === 'remove' && value === undefined)) members.clear()
  const ids = readMemberIds(value)
  if (op === 'remove') for (const id of ids) members.delete(id)
  else for (const id of ids) members.add(id)
}

function readMemberIds(value: JsonValue | undefined): readonly string[] {
  if (value === undefined || value === null) return []
  const list = Array.isArray(value) ? value : [value]
  if (list.length > maxMembers) throw tooManyMembers()
  return list.map((each) => {
    const id = isJsonObject(each) ? each['value'] : each
    if (isJsonObject(each) && typeof each['type'] === 'string' && each['type'].toLowerCase() === 'group')
      throw wrong('invalidValue', 'groups in groups are not taken: push the groups one by one')
    if (typeof id !== 'string' || id === '' || id.length > 100)
      throw wrong('invalidValue', 'a member needs the id of a person as its value')
    return id
  })
}

const tooManyMembers = () => wrong('invalidValue', `a group takes at most ${maxMembers} members`)

function readOwn(name: 'displayName' | 'externalId', value: JsonValue | undefined): string | undefined {
  const attribute = findAttribute(groupShape.attributes, name)
  if (attribute === undefined) throw new Error(`a group has no ${name}`)
  const read = readValue(attribute, value)
  return typeof read === 'string' ? read : undefined
}
