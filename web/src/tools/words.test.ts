import assert from 'node:assert/strict'
import { test } from 'node:test'
import { standings } from '#/register/vendors/api.ts'
import { sections, whoWords } from './words.ts'

test('every standing has a place on the page', () =>
  assert.deepEqual(sections.map(({ standing }) => standing).toSorted(), standings.toSorted()))

test('a tool for some roles says whether it is for whoever looks', () => {
  assert.equal(whoWords({ roles: null, isForYou: true }), 'Everybody')
  assert.equal(whoWords({ roles: ['engineering'], isForYou: true }), 'You, too: engineering')
  assert.equal(whoWords({ roles: ['engineering'], isForYou: false }), 'Not you: engineering')
})
