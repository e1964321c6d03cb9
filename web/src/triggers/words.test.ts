import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cameOf, seesTriggers, targetWords } from './words.ts'

test('whom it fired on reads as people call it', () => {
  assert.equal(targetWords({ per: 'person', target: 'mia@example.com' }), 'mia@example.com')
  assert.equal(targetWords({ per: 'use-case', target: 'support' }), 'the use case support')
  assert.equal(targetWords({ per: 'everybody', target: '' }), 'everybody')
})

test('what could not be done is said, with why', () => {
  assert.equal(cameOf({ action: 'stop', problem: null }), 'It was stopped.')
  assert.equal(
    cameOf({ action: 'roll-back', problem: 'There is nothing.' }),
    'It could not be done (one step back): There is nothing.',
  )
})

test('people with a role for it see triggers, and nobody else', () => {
  assert.equal(seesTriggers(['employee', 'auditor']), true)
  assert.equal(seesTriggers(['employee', 'product']), false)
})
