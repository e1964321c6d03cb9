import assert from 'node:assert/strict'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { appendExchange } from '../log-for-tests.ts'
import { erasure, openKept } from './retention-for-tests.ts'

const code = (name: string) => (error: unknown) => (error as { code?: string }).code === name

test('a hold has its entry, is in force, and still is after a start', async (context) => {
  const kept = await openKept(context)
  const [hold] = await kept.retention.addHolds({ email: 'ada@example.com', reason: 'case 12', by: 'test' })
  const [head] = await kept.log.search({ kinds: ['hold'], limit: 1 })
  assert.equal(head?.facts.about, hold?.id)
  assert.equal(head?.facts.decision, 'person')
  const { isHeld } = kept.retention.holds
  assert.equal(isHeld({ personId: 'person-ada', atMs: kept.clock.now }), true)
  assert.equal(isHeld({ personId: 'person-bob', atMs: kept.clock.now }), false)
  assert.equal(isHeld({ atMs: kept.clock.now }), false)
  await kept.close()
  const again = await openKept(context, { dataFolder: kept.dataFolder })
  assert.equal(again.retention.holds.isHeld({ personId: 'person-ada', atMs: again.clock.now }), true)
})

test('a database that is older than the log, as in a backup, takes over holds and their ends', async (context) => {
  const kept = await openKept(context)
  const address = { email: 'ada@example.com', reason: 'case 12', by: 'test' }
  await kept.retention.addHolds(address)
  const [over] = await kept.retention.addHolds({ reason: 'inquiry', by: 'test' })
  await kept.retention.endHold({ id: over?.id, reason: 'done', by: 'test' })
  const before = kept.retention.holds.list()
  await kept.close()
  await rm(join(kept.dataFolder, 'store.db'))
  const again = await openKept(context, { dataFolder: kept.dataFolder })
  assert.deepEqual(new Set(again.retention.holds.list()), new Set(before))
  await assert.rejects(again.retention.erase({ email: address.email, ...erasure }), code('erasure-held'))
  await again.close()
  const third = await openKept(context, { dataFolder: kept.dataFolder })
  assert.equal(third.retention.holds.list().length, 2)
})

test('a clock that was set back does not lift a hold', async (context) => {
  const { retention, clock } = await openKept(context)
  await retention.addHolds({ email: 'ada@example.com', reason: 'case 12', by: 'test' })
  assert.equal(retention.holds.isHeld({ personId: 'person-ada', atMs: clock.now - 86_400_000 }), true)
})

test('a hold on everybody covers also who is not known yet', async (context) => {
  const { retention, clock } = await openKept(context)
  await retention.addHolds({ reason: 'inquiry', by: 'test' })
  assert.equal(retention.holds.isHeld({ personId: 'person-new', atMs: clock.now }), true)
  assert.equal(retention.holds.isHeld({ atMs: clock.now }), true)
})

test('a hold blocks erasing a person and an exchange of theirs, by its name, and nothing is changed', async (context) => {
  const { retention, log } = await openKept(context)
  const index = await appendExchange(log, 'person-ada', 'the heron')
  const [hold] = await retention.addHolds({ email: 'ada@example.com', reason: 'case 12', by: 'test' })
  const size = log.size()
  const held = (error: unknown): boolean =>
    code('erasure-held')(error) && (error as Error).message.includes(hold?.id ?? '?')
  await assert.rejects(retention.erase({ email: 'ada@example.com', ...erasure }), held)
  await assert.rejects(retention.erase({ receipt: `${log.origin}#${index}`, ...erasure }), held)
  assert.equal(log.size(), size)
  assert.match(Buffer.from((await log.open(index))?.payload ?? []).toString(), /the heron/)
})

test('a hold ends by itself, or is ended once; what was held can be erased then', async (context) => {
  const { retention, log, clock } = await openKept(context)
  const index = await appendExchange(log, 'person-ada', 'the heron')
  const ask = { email: 'ada@example.com', reason: 'case 12', by: 'test' }
  const [timed] = await retention.addHolds({ ...ask, untilMs: clock.now + 1_000 })
  const [open] = await retention.addHolds(ask)
  clock.now += 1_000
  await assert.rejects(retention.endHold({ id: timed?.id, reason: 'late', by: 'test' }), code('hold-over'))
  await assert.rejects(retention.erase({ email: 'ada@example.com', ...erasure }), code('erasure-held'))
  await retention.endHold({ id: open?.id, reason: 'settled', by: 'test' })
  await assert.rejects(retention.endHold({ id: open?.id, reason: 'again', by: 'test' }), code('hold-over'))
  assert.equal((await log.search({ kinds: ['hold-ended'], limit: 9 })).length, 1)
  assert.deepEqual(
    (await retention.listHolds()).map(({ isInForce }) => isInForce),
    [false, false],
  )
  await retention.erase({ email: 'ada@example.com', ...erasure })
  assert.equal((await log.open(index))?.payload, undefined)
})

test('a hold that could never be in force, of nobody, or without a reason is refused', async (context) => {
  const { retention, log, clock } = await openKept(context)
  const size = log.size()
  const ask = { email: 'ada@example.com', reason: 'case 12', by: 'test' }
  for (const wrong of [
    { ...ask, untilMs: clock.now },
    { ...ask, untilMs: clock.now - 86_400_000 },
    { ...ask, untilMs: Number.NaN },
    { ...ask, email: 'nobody@example.com' },
    { ...ask, reason: '  ' },
    { ...ask, more: 1 },
    'hold',
    null,
  ]) {
    await assert.rejects(retention.addHolds(wrong), code('request-invalid'), JSON.stringify(wrong))
  }
  await assert.rejects(retention.endHold({ id: 'hold_none', reason: 'x', by: 'test' }), code('not-found'))
  assert.equal(log.size(), size)
})
