import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { JsonObject, JsonValue } from '#/core/json.ts'
import { readOperations } from './operations.ts'
import { type GroupBody, maxMembers, patchGroup, readGroupBody } from './patch-group.ts'

const before: GroupBody = { displayName: 'Harbour', externalId: 'h', members: new Set(['u1', 'u2', 'u3']) }

const patched = (...operations: readonly JsonObject[]): GroupBody =>
  patchGroup('group_1', before, readOperations({ Operations: [...operations] as JsonValue[] }))

const membersAfter = (...operations: readonly JsonObject[]): readonly string[] => [
  ...patched(...operations).members,
]

const failOf = (...operations: readonly JsonObject[]): string => {
  try {
    patched(...operations)
    return 'none'
  } catch (error) {
    return (error as { scimType: string }).scimType
  }
}

test('members are added, replaced and removed, one by one, by a list, and all of them', () => {
  assert.deepEqual(membersAfter({ op: 'add', path: 'members', value: [{ value: 'u4' }, { value: 'u1' }] }), [
    'u1',
    'u2',
    'u3',
    'u4',
  ])
  assert.deepEqual(membersAfter({ op: 'Add', path: 'members', value: { $ref: null, value: 'u4' } }), [
    'u1',
    'u2',
    'u3',
    'u4',
  ])
  assert.deepEqual(membersAfter({ op: 'replace', path: 'members', value: [{ value: 'u9' }] }), ['u9'])
  assert.deepEqual(membersAfter({ op: 'remove', path: 'members[value eq "u2"]' }), ['u1', 'u3'])
  assert.deepEqual(membersAfter({ op: 'remove', path: 'members[value eq "u1" or value eq "u2"]' }), ['u3'])
  assert.deepEqual(membersAfter({ op: 'Remove', path: 'members', value: [{ value: 'u3' }] }), ['u1', 'u2'])
  assert.deepEqual(membersAfter({ op: 'remove', path: 'members' }), [])
  assert.deepEqual(membersAfter({ op: 'replace', value: { members: [{ value: 'u7' }] } }), ['u7'])
  assert.deepEqual([...before.members], ['u1', 'u2', 'u3'], 'what was given stays as it was')
})

test('a name comes with the id or without, and a foreign id is refused', () => {
  assert.equal(patched({ op: 'replace', value: { id: 'group_1', displayName: 'Port' } }).displayName, 'Port')
  assert.equal(patched({ op: 'Replace', path: 'displayName', value: 'Port' }).displayName, 'Port')
  assert.equal(failOf({ op: 'replace', value: { id: 'group_2', displayName: 'Port' } }), 'mutability')
  assert.equal(failOf({ op: 'replace', path: 'members[value eq "u1"].value', value: 'u9' }), 'mutability')
  assert.equal(failOf({ op: 'replace', path: 'shoeSize', value: '44' }), 'invalidPath')
})

test('groups in groups, members without an id, and too many of them are refused', () => {
  assert.equal(failOf({ op: 'add', path: 'members', value: [{ value: 'g', type: 'Group' }] }), 'invalidValue')
  assert.equal(failOf({ op: 'add', path: 'members', value: [{ display: 'Una' }] }), 'invalidValue')
  const many = Array.from({ length: maxMembers + 1 }, (_, at) => ({ value: `u${at}` }))
  assert.equal(failOf({ op: 'add', path: 'members', value: many }), 'invalidValue')
  assert.throws(() => readGroupBody({ displayName: 'x', members: many }), { scimType: 'invalidValue' })
})

test('a request cannot make us look at every member again and again', () => {
  const search = { op: 'remove', path: 'members[value sw "z"]' }
  assert.equal(failOf(...Array.from({ length: 10 }, () => search)), 'none')
  assert.equal(failOf(...Array.from({ length: 11 }, () => search)), 'tooMany')
})
