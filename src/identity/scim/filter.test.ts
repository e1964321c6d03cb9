import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { JsonObject } from '#/core/json.ts'
import { parseFilter, parsePath } from './filter.ts'
import { matches, readableOf } from './match.ts'
import { enterpriseUrn, groupShape, userShape, userUrn } from './schema.ts'

const ada: JsonObject = {
  userName: 'Ada@Example.com',
  externalId: 'aB1',
  active: true,
  title: '',
  name: { familyName: 'Ford', givenName: 'Ada' },
  emails: [
    { type: 'work', value: 'ada@example.com', primary: true },
    { type: 'home', value: 'ada@home.example.com' },
  ],
  [enterpriseUrn]: { department: 'Harbour', manager: { value: 'user_1' } },
}

const fits = (text: string): boolean =>
  matches(parseFilter(text, userShape), readableOf(ada, ada[enterpriseUrn]))

const failOf = (text: string): string => {
  try {
    parseFilter(text, userShape)
    return 'none'
  } catch (error) {
    return (error as { scimType: string }).scimType
  }
}

test('each comparison does what RFC 7644 says of it', () => {
  for (const text of [
    'userName eq "ada@example.com"',
    'USERNAME EQ "ADA@EXAMPLE.COM"',
    'externalId eq "aB1"',
    'userName ne "x"',
    'name.familyName co "or"',
    'name.familyName sw "fo"',
    'name.familyName ew "rd"',
    'name.familyName pr',
    'active eq true',
    'active eq "True"',
    'userName gt "a" and userName lt "b"',
    'emails eq "ada@home.example.com"',
    'emails.value co "home"',
    'emails[type eq "work" and value co "@example"]',
    'emails[type eq "home"].value sw "ada@home"',
    'nickName eq null',
    `${userUrn}:name.givenName eq "ada"`,
    `${enterpriseUrn}:department eq "harbour"`,
    `${enterpriseUrn}:manager.value eq "user_1"`,
  ])
    assert.equal(fits(text), true, text)
  for (const text of [
    'externalId eq "ab1"',
    'active eq false',
    'nickName pr',
    'title pr',
    'emails[type eq "home"].value eq "ada@example.com"',
    'emails[type eq "home" and primary eq true]',
    `${enterpriseUrn}:manager.value eq "USER_1"`,
  ])
    assert.equal(fits(text), false, text)
})

test('not binds before and, and before or, and parentheses before all', () => {
  assert.equal(fits('userName eq "x" and userName eq "y" or active eq true'), true)
  assert.equal(fits('userName eq "x" and (userName eq "y" or active eq true)'), false)
  assert.equal(fits('not (userName eq "x") and active eq true'), true)
  assert.equal(fits('not (userName eq "x" or active eq true)'), false)
})

test('what is not a filter, or is too long, too deep or too wide, is refused as invalidFilter', () => {
  for (const text of [
    '',
    'userName',
    'userName eq',
    'userName eq ada',
    'userName eq "ada',
    'userName eq "\\x"',
    'userName xx "ada"',
    'userName eq "a" or',
    'userName eq "a" "b"',
    '(userName pr',
    'not userName pr',
    'emails[type eq "work"',
    'name[familyName eq "x"]',
    'shoeSize eq "44"',
    'userName.first eq "x"',
    `urn:example:thing:size eq "1"`,
    `${'('.repeat(9)}userName pr${')'.repeat(9)}`,
    Array.from({ length: 41 }, () => 'userName pr').join(' or '),
    `userName eq "${'a'.repeat(1_000)}"`,
  ])
    assert.equal(failOf(text), 'invalidFilter', text.slice(0, 60))
  assert.equal(failOf(`${'('.repeat(7)}userName pr${')'.repeat(7)}`), 'none')
})

test('a path is an attribute, a part, a value picked by a filter, or a part of that', () => {
  const read = (text: string) => {
    const path = parsePath(text, userShape)
    return (
      path && [path.place.attribute.name, path.place.sub?.name, path.filter?.kind, path.place.isExtension]
    )
  }
  assert.deepEqual(read('displayName'), ['displayName', undefined, undefined, false])
  assert.deepEqual(read('name.familyName'), ['name', 'familyName', undefined, false])
  assert.deepEqual(read('emails[type eq "work"].value'), ['emails', 'value', 'compare', false])
  assert.deepEqual(read(`${enterpriseUrn}:manager`), ['manager', undefined, undefined, true])
  assert.equal(parsePath('members[value eq "x"]', groupShape)?.filter?.kind, 'compare')
  assert.equal(parsePath('phoneNumbers[type eq "mobile"].value', userShape), undefined, 'not kept')
  const failOfPath = (text: string): string => {
    try {
      parsePath(text, userShape)
      return 'none'
    } catch (error) {
      return (error as { scimType: string }).scimType
    }
  }
  for (const text of [
    'shoeSize',
    'emails[type eq "work"].size',
    'emails[type eq "work"] x',
    'emails[',
    ']',
    'a.b.c',
  ])
    assert.equal(failOfPath(text), 'invalidPath', text)
  for (const text of ['roles', 'roles[primary eq "True"].value', 'entitlements', `${userUrn}:roles`])
    assert.equal(failOfPath(text), 'mutability', text)
})

test('asking a group for a member lists nobody', () => {
  const filter = parseFilter('members eq "u1" and not (members[value eq "u2"])', groupShape)
  const asked: string[] = []
  const group = {
    read: () => assert.fail('the members were listed'),
    hasMember: (id: string) => {
      asked.push(id)
      return id === 'u1'
    },
  }
  assert.equal(matches(filter, group), true)
  assert.deepEqual(asked, ['u1', 'u2'])
})
