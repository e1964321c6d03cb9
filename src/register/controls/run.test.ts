import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { EntryFacts, EntryKind, LoggedHead } from '#/audit/api.ts'
import type { ControlQuery } from '../kinds/control.ts'
import { bodies, fact } from '../test-bodies.ts'
import { ada, authorOf, openTestRegister, sam, type TestRegister, testNow } from '../test-register.ts'
import type { ReadableLog } from './exchanges.ts'
import { createControls } from './run.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs

const logOf = (
  entries: readonly (readonly [kind: EntryKind, atMs: number, facts: EntryFacts])[],
): ReadableLog => {
  const heads = entries.map(
    ([kind, atMs, facts], index): LoggedHead => ({
      ...{ index, kind, atMs, facts },
      ...{ subject: undefined, alias: undefined, header: '' },
    }),
  )
  return {
    origin: 'sallyport.local',
    size: () => heads.length,
    readHeads: async (from, most) => heads.slice(from, from + most),
  }
}

async function result(opened: TestRegister, query: ControlQuery, periodDays?: number, log = logOf([])) {
  const body = { title: 'C', owner: 'owner@example.com', query, ...(periodDays ? { periodDays } : {}) }
  await opened.register.propose('control', query, body, authorOf(ada))
  const run = createControls({ records: opened.register, log, now: opened.now })
  return run(opened.register.find('control', query) ?? assert.fail('it is not there'))
}

test('an exchange without an outcome is an exception, one that still runs is not', async (context) => {
  const log = logOf([
    ['intent', testNow - 40 * dayMs, {}],
    ['intent', testNow - 2 * dayMs, {}],
    ['outcome', testNow - 2 * dayMs, { intent: 1 }],
    ['intent', testNow - dayMs, {}],
    ['intent', testNow - hourMs / 2, {}],
  ])
  const found = await result(await openTestRegister(context), 'exchanges-have-both-entries', 30, log)
  assert.equal(found.state, 'exceptions')
  assert.equal(found.population, 3)
  assert.deepEqual(found.exceptions, [{ about: 'sallyport.local#3', why: 'it has no outcome' }])
  assert.equal(found.since, new Date(testNow - 30 * dayMs).toISOString())
  assert.ok(found.blind.length > 0)
})

test('nothing to count is neither satisfied nor an exception', async (context) => {
  const found = await result(await openTestRegister(context), 'exchanges-have-both-entries', 30)
  assert.equal(found.state, 'none')
})

test('an exchange above what its offering could carry then is an exception, whatever it can carry now', async (context) => {
  const opened = await openTestRegister(context)
  const facts = {
    tier: fact('commercial'),
    trains: fact('never'),
    processor: fact('West'),
    region: fact('eu', { until: '2026-11-24' }),
  }
  await opened.approved('offering', 'west', { ...bodies.offering, facts })
  const sent = (atMs: number, leavesAs: 'public' | 'internal' | 'confidential') =>
    ['intent', atMs, { offering: 'west', leavesAs }] as const
  const log = logOf([
    sent(testNow + hourMs, 'internal'),
    sent(testNow + hourMs, 'confidential'),
    sent(testNow + 3 * dayMs, 'internal'),
    sent(testNow - hourMs, 'public'),
  ])
  opened.at(testNow + 4 * dayMs)
  const found = await result(opened, 'exchanges-stay-below-ceilings', 30, log)
  assert.equal(found.population, 4)
  assert.deepEqual(found.exceptions, [
    { about: 'sallyport.local#1', why: 'confidential to west, which could carry internal then' },
    { about: 'sallyport.local#2', why: 'internal to west, which could carry public then' },
    { about: 'sallyport.local#3', why: 'public to west, which could carry nothing then' },
  ])
})

test('what a file approved is no decision of a person', async (context) => {
  const opened = await openTestRegister(context)
  const text = JSON.stringify({
    bootstrap: { approve: 'all', by: 'owner@example.com', reason: 'Start' },
    records: [{ kind: 'offering', id: 'west', ...bodies.offering }],
  })
  await opened.register.bootstrap([{ name: 'r.yaml', text }])
  await opened.approved('policy', 'rules', bodies.policy)
  const found = await result(opened, 'decisions-are-made-by-people', 1)
  assert.equal(found.population, 2)
  assert.deepEqual(
    found.exceptions.map(({ about }) => about),
    ['offering west'],
  )
})

test('facts that ended, months without a review and fixes that are gone are exceptions', async (context) => {
  const opened = await openTestRegister(context)
  const facts = { tier: fact('cloud', { until: '2026-11-30' }), dpa: fact(true) }
  await opened.approved('offering', 'west', { ...bodies.offering, facts })
  const { pilot: _, datasets: __, ...support } = bodies['use-case'] as Record<string, unknown>
  await opened.approved('use-case', 'support', support)
  await opened.approved('policy', 'rules', bodies.policy)
  await opened.approved('incident', 'leak', bodies.incident)
  assert.equal((await result(opened, 'fixes-of-incidents-serve')).state, 'satisfied')
  await opened.approved('policy', 'rules', { ...bodies.policy, rules: [] })
  await opened.approved('review', 'monthly', { ...bodies.review, since: '2026-10-01' })
  opened.at(Date.UTC(2027, 0, 10))
  assert.deepEqual((await result(opened, 'facts-have-not-ended')).exceptions, [
    { about: 'offering west', why: 'tier ended on 2026-11-30' },
  ])
  assert.deepEqual((await result(opened, 'fixes-of-incidents-serve')).exceptions, [
    { about: 'incident leak', why: 'the rule r of rules no longer serves' },
  ])
  const reviews = await result(opened, 'reviews-are-done-in-time', 90)
  assert.equal(reviews.population, 3)
  assert.deepEqual(
    reviews.exceptions.map(({ why }) => why),
    ['it was not done in 2026-10', 'it was not done in 2026-12'],
  )
})

test('a control is computed whoever says what: there is nothing to tick', async (context) => {
  const opened = await openTestRegister(context)
  await assert.rejects(
    opened.register.propose('control', 'c', { ...bodies.control, state: 'satisfied' }, authorOf(sam)),
    /there is no such field/,
  )
})
