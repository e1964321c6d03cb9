import assert from 'node:assert/strict'
import { test } from 'node:test'
import { describeChange, type Outcome } from './api.ts'
import { changesBetween } from './compare.ts'

const goes = (change: Partial<Extract<Outcome, { goes: true }>> = {}): Outcome => ({
  goes: true,
  offering: 'commercial',
  leavesAs: 'public',
  actions: ['note', 'mask'],
  rules: [],
  ...change,
})
const refused = (code: string): Outcome => ({ goes: false, code, rules: [] })
const types = ['email', 'iban']
const between = (from: Outcome, to: Outcome) => changesBetween(from, to, types).map(describeChange)

test('the same outcome is no change, whatever rules led to it', () => {
  assert.deepEqual(between(goes(), goes({ rules: ['another'] })), [])
  assert.deepEqual(between(refused('no-offering'), refused('no-offering')), [])
})

test('going and being refused are told with the code', () => {
  assert.deepEqual(between(goes(), refused('finding-blocked')), [
    'goes today, would be refused (finding-blocked)',
  ])
  assert.deepEqual(between(refused('no-offering'), goes()), ['is refused today (no-offering), would go'])
  assert.deepEqual(between(refused('no-offering'), refused('model-unknown')), [
    'is refused (no-offering), would be refused with model-unknown',
  ])
})

test('of what goes, the offering, each kind of finding and the class are told apart', () => {
  const to = goes({ offering: 'own', leavesAs: 'internal', actions: ['pseudonymise', 'note'] })
  assert.deepEqual(between(goes(), to), [
    'goes to commercial, would go to own',
    'more is done with email: note, would be pseudonymise',
    'less is done with iban: mask, would be note',
    'leaves as public, would leave as internal',
  ])
})

test('one kind of finding in two places is one change when the same happens to both', () => {
  const changes = changesBetween(goes({ actions: ['note', 'note'] }), goes({ actions: ['mask', 'mask'] }), [
    'email',
    'email',
  ])
  assert.equal(changes.length, 1)
})
