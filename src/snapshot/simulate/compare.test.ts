import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { EntryHead } from '#/audit/api.ts'
import { rule } from '#/policy/test-values.ts'
import { describeChange, type Outcome } from './api.ts'
import { changesBetween, outcomeOf } from './compare.ts'
import { factsFor, replayable } from './replay.ts'
import { intent, nowMs, person, snapshotOf } from './test-draft.ts'

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

test('a notice that was read has been read under both; one that the draft changes is read again', () => {
  const notice = rule('notice', 'acknowledge', { types: ['email'], notice: 'Mind it.', version: '1' })
  const head: EntryHead = {
    index: 1,
    atMs: nowMs,
    kind: 'intent',
    subject: person.id,
    facts: {
      ...intent().facts,
      asked: { model: 'auto', notices: ['notice'] },
      findings: [{ type: 'email', channel: 'user', action: 'acknowledge', count: 1 }],
    },
  }
  const replay = replayable(head, person, () => undefined, true)
  assert.ok(typeof replay !== 'string')
  const [serving, drafted] = [snapshotOf([notice]), snapshotOf([{ ...notice, version: '2' }])]
  const none = new Map()
  assert.equal(outcomeOf(factsFor(replay, serving, none), serving, nowMs).goes, true)
  assert.deepEqual(outcomeOf(factsFor(replay, drafted, none, new Set(['notice'])), drafted, nowMs), {
    ...{ goes: false, code: 'acknowledgement-needed', rules: ['notice'] },
  })
})
