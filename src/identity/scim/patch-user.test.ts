import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { JsonObject, JsonValue } from '#/core/json.ts'
import { readOperations } from './operations.ts'
import { patchUser } from './patch-user.ts'
import { enterpriseUrn } from './schema.ts'

const before: JsonObject = {
  userName: 'ada@example.com',
  active: true,
  name: { givenName: 'Ada', familyName: 'Ford' },
  emails: [{ type: 'work', value: 'ada@example.com', primary: true }],
}

const patched = (...operations: readonly JsonObject[]): JsonObject =>
  patchUser('user_1', before, readOperations({ Operations: [...operations] as JsonValue[] }))

const failOf = (...operations: readonly JsonObject[]): string => {
  try {
    patched(...operations)
    return 'none'
  } catch (error) {
    return (error as { scimType: string }).scimType
  }
}

test('a value that a filter picks is changed, or made as the filter describes it', () => {
  assert.deepEqual(
    patched({ op: 'Replace', path: 'emails[type eq "work"].value', value: 'a@example.com' })['emails'],
    [{ type: 'work', value: 'a@example.com', primary: true }],
  )
  assert.deepEqual(
    patched({ op: 'Add', path: 'emails[type eq "home"].value', value: 'h@example.com' })['emails'],
    [
      { type: 'work', value: 'ada@example.com', primary: true },
      { type: 'home', value: 'h@example.com' },
    ],
  )
  assert.equal(
    failOf({ op: 'replace', path: 'emails[type co "x"].value', value: 'h@example.com' }),
    'noTarget',
  )
  assert.equal(patched({ op: 'remove', path: 'emails[type eq "work"]' })['emails'], undefined)
})

test('a new primary address takes the mark from the old one', () => {
  const added = { type: 'other', value: 'o@example.com', primary: true }
  assert.deepEqual(patched({ op: 'add', path: 'emails', value: [added] })['emails'], [
    { type: 'work', value: 'ada@example.com', primary: false },
    added,
  ])
  const two = [added, { ...added, value: 'p@example.com' }]
  assert.equal(failOf({ op: 'replace', path: 'emails', value: two }), 'invalidValue')
})

test('an object without a path is merged into what is there, and may name whole paths', () => {
  const next = patched({
    op: 'replace',
    value: {
      id: 'user_1',
      schemas: ['x'],
      displayName: 'Ada F.',
      name: { givenName: 'A.' },
      'name.middleName': 'B.',
      [enterpriseUrn]: { department: 'Harbour' },
      [`${enterpriseUrn}:costCenter`]: '7',
      groups: [{ value: 'group_of_owners' }],
      'urn:example:custom:2.0:User': { shoeSize: 44 },
      roles: [],
    },
  })
  assert.deepEqual(next['name'], { givenName: 'A.', familyName: 'Ford', middleName: 'B.' })
  assert.deepEqual(next[enterpriseUrn], { department: 'Harbour', costCenter: '7' })
  assert.equal(next['groups'], undefined)
  assert.deepEqual(
    Object.keys(next).sort(),
    ['active', 'displayName', 'emails', 'name', enterpriseUrn, 'userName'].sort(),
  )
})

test('active is read as directories write it, and never guessed', () => {
  for (const value of [false, 'False', 'false'])
    assert.equal(patched({ op: 'Replace', path: 'active', value })['active'], false)
  for (const value of ['no', 0, [], {}])
    assert.equal(failOf({ op: 'replace', path: 'active', value }), 'invalidValue')
})

test('rights, ids and groups cannot be written', () => {
  assert.equal(failOf({ op: 'add', path: 'roles', value: [{ value: 'owner' }] }), 'mutability')
  assert.equal(failOf({ op: 'replace', value: { roles: [{ value: 'owner' }] } }), 'mutability')
  assert.equal(failOf({ op: 'replace', value: { entitlements: 'x' } }), 'mutability')
  assert.equal(failOf({ op: 'replace', path: 'id', value: 'user_2' }), 'mutability')
  assert.equal(failOf({ op: 'replace', value: { id: 'user_2' } }), 'mutability')
  assert.equal(failOf({ op: 'add', path: 'groups', value: [{ value: 'g' }] }), 'mutability')
  assert.equal(failOf({ op: 'replace', path: 'meta.version', value: 'x' }), 'mutability')
})

test('what cannot be done is refused as a whole, and what was given stays as it was', () => {
  const copy = structuredClone(before)
  assert.equal(
    failOf(
      { op: 'replace', path: 'displayName', value: 'X' },
      { op: 'replace', path: 'shoeSize', value: '44' },
    ),
    'invalidPath',
  )
  patched({ op: 'replace', path: 'emails[type eq "work"].value', value: 'x@example.com' })
  assert.deepEqual(before, copy)
  assert.equal(failOf({ op: 'move', path: 'title', value: 'x' }), 'invalidSyntax')
  assert.equal(failOf({ op: 'remove' }), 'noTarget')
  assert.equal(failOf({ op: 'add', path: 'title' }), 'invalidValue')
  assert.equal(failOf({ op: 'add', path: 'title', value: 'a\nb' }), 'invalidValue')
  assert.equal(failOf({ op: 'add', path: 'title', value: 'a'.repeat(1_001) }), 'invalidValue')
})
