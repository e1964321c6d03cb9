import assert from 'node:assert/strict'
import { test } from 'node:test'
import { groupText, peoplePath } from './account-words.ts'
import { isPeoplePlace, seesPeople } from './people-place.ts'

test('only the security officer and owners see who there is', () => {
  assert.equal(isPeoplePlace('people'), true)
  assert.equal(isPeoplePlace('people/x'), false)
  assert.deepEqual(
    [seesPeople(['employee', 'auditor']), seesPeople(['security']), seesPeople(['employee', 'owner'])],
    [false, true, true],
  )
})

test('a group shows the name its directory gave, else the id that never changes', () => {
  assert.equal(
    groupText({ groups: [{ id: 'okta:g1', name: 'Harbour' }, { id: 'oidc:7a' }] }),
    'Harbour, oidc:7a',
  )
  assert.equal(groupText({ groups: [] }), 'none')
})

test('a question is an address, and what is not asked is left out', () => {
  assert.equal(peoplePath('', '', 0, 50), '/api/people?start=0&limit=50')
  assert.equal(peoplePath(' a&b ', 'ended', 50, 50), '/api/people?start=50&limit=50&text=a%26b&state=ended')
})
