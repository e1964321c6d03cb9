import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { NewEntry } from './api.ts'
import { intentOf, outcomeOf } from './log-for-tests.ts'
import { Newcomers } from './newcomers.ts'

const known = new Set(['person-known'])

function open(context: TestContext) {
  context.mock.timers.enable({ apis: ['setTimeout'] })
  const state = { atMs: 1_000, entered: [] as (string | undefined)[] }
  const newcomers = new Newcomers({
    monotonic: () => state.atMs,
    isNew: ({ subject = '' }) => !known.has(subject),
    goOn: ({ entry }) => state.entered.push(entry.subject),
  })
  const holds = (entry: NewEntry): boolean =>
    newcomers.holds({ entry, resolve: () => undefined, reject: () => undefined })
  const pass = (forMs: number): void => {
    state.atMs += forMs
    context.mock.timers.tick(forMs)
  }
  return { newcomers, state, holds, pass }
}

test('whoever is new waits for four times as long as the last keys took, and all of them enter together', (context) => {
  const { newcomers, state, holds, pass } = open(context)
  assert.equal(holds(intentOf('person-1', 'the first of all')), false)
  newcomers.made(5)
  newcomers.made(0)
  assert.equal(holds(intentOf('person-2', 'waits')), true)
  pass(19)
  assert.equal(holds(intentOf('person-3', 'waits, too')), true)
  assert.equal(newcomers.waitingEntries, 2)
  assert.ok(newcomers.waitingBytes > 0)
  assert.deepEqual(state.entered, [])
  pass(1)
  assert.deepEqual(state.entered, ['person-2', 'person-3'])
  assert.equal(newcomers.waitingEntries, 0)
  assert.equal(newcomers.waitingBytes, 0)
  assert.equal(holds(intentOf('person-4', 'nothing was made since')), false)
})

test('where keys were made quickly, whoever is new waits for no longer than that took', (context) => {
  const { newcomers, state, holds, pass } = open(context)
  newcomers.made(2)
  assert.equal(holds(intentOf('person-1', 'waits')), true)
  pass(1)
  assert.deepEqual(state.entered, [])
  pass(1)
  assert.deepEqual(state.entered, ['person-1'])
})

test('whoever has a key goes on, and so does all that does not begin an exchange', (context) => {
  const { newcomers, holds } = open(context)
  newcomers.made(2)
  assert.equal(holds(intentOf('person-known', 'goes on')), false)
  assert.equal(holds(outcomeOf(1, 'person-1')), false)
  assert.equal(holds({ kind: 'sign-in', subject: 'person-1', facts: {} }), false)
})

test('who waited enters before who comes when the time is over, though the timer is late', (context) => {
  const { newcomers, state, holds } = open(context)
  newcomers.made(5)
  holds(intentOf('person-1', 'waits'))
  state.atMs += 20
  assert.equal(holds(intentOf('person-2', 'comes later')), false)
  assert.deepEqual(state.entered, ['person-1'])
})

test('on a disk that takes a second nobody waits for longer than a quarter of one', (context) => {
  const { newcomers, state, holds, pass } = open(context)
  newcomers.made(1_000)
  holds(intentOf('person-1', 'waits'))
  pass(250)
  assert.deepEqual(state.entered, ['person-1'])
})
