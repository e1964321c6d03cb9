import assert from 'node:assert/strict'
import { test } from 'node:test'
import { elsewhere, mayAdminister } from './elsewhere.ts'

const main = 'https://ai.example.com'
const administration = 'https://ai.example.com:8443'

test('with one address everything is here', () => {
  for (const place of ['chat', 'administration', 'both'] as const) {
    assert.equal(elsewhere(undefined, main, place), undefined)
    assert.equal(elsewhere({ main, administration: null }, main, place), undefined)
  }
})

test('with two, chats are at the one and administration is at the other', () => {
  const known = { main, administration }
  assert.equal(elsewhere(known, main, 'chat'), undefined)
  assert.equal(elsewhere(known, main, 'administration'), administration)
  assert.equal(elsewhere(known, administration, 'chat'), main)
  assert.equal(elsewhere(known, administration, 'administration'), undefined)
  for (const origin of [main, administration]) assert.equal(elsewhere(known, origin, 'both'), undefined)
})

test('only who has a role asks where administration is', () => {
  assert.equal(mayAdminister(['employee']), false)
  assert.equal(mayAdminister(['employee', 'auditor']), true)
})
