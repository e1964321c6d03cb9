import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { IdentityEntry } from '../entry.ts'
import { createPause, isTooMany } from './pause.ts'
import type { PauseRecord } from './records.ts'

const hourMs = 3_600_000

function room(stored?: PauseRecord, deactivatedAt: readonly number[] = []) {
  let now = 100 * hourMs
  const entries: IdentityEntry[] = []
  const saved: PauseRecord[] = []
  const pause = createPause({
    client: 'entra',
    stored,
    deactivatedAt,
    save: async (record) => void saved.push(record),
    writeEntry: async (entry) => void entries.push(entry),
    clock: { now: () => now, monotonic: () => now },
  })
  let active = 1_000
  const one = async (id: string): Promise<void> => {
    await pause.admit(id, active)
    pause.count()
    active--
  }
  return { pause, entries, saved, one, forward: (ms: number) => (now += ms), now: () => now }
}

test('too many are more than a tenth of those who were active, and more than five', () => {
  assert.equal(isTooMany(4, 6), false, 'the fifth of ten')
  assert.equal(isTooMany(5, 5), true, 'the sixth of ten')
  assert.equal(isTooMany(99, 901), false, 'the hundredth of a thousand')
  assert.equal(isTooMany(100, 900), true)
})

test('a tenth passes, the next waits, and the log says so once', async () => {
  const { pause, entries, saved, one } = room()
  for (let at = 0; at < 100; at++) await one(`u${at}`)
  for (const id of ['v1', 'v2', 'v1'])
    await assert.rejects(one(id), { status: 503, retryAfterSeconds: 1_800 })
  assert.deepEqual(pause.state().waiting, ['v1', 'v2'])
  assert.equal(pause.isPaused(), true)
  assert.deepEqual(entries, [
    { kind: 'scim-paused', facts: { about: 'scim:entra', counts: { deactivated: 100, active: 900 } } },
  ])
  assert.equal(saved.length, 1)
})

test('what was an hour ago does not count any more; a pause lasts until somebody decides', async () => {
  const { one, forward, pause } = room()
  for (let at = 0; at < 100; at++) await one(`u${at}`)
  forward(hourMs + 1)
  await one('later')
  const stopped = room({ client: 'entra', pausedAt: 1, openUntil: 0 })
  await assert.rejects(stopped.one('v1'), { status: 503 })
  assert.equal(pause.isPaused(), false)
})

test('after a decision nothing waits for so many hours, and then it is watched again', async () => {
  const { pause, one, forward, saved, now } = room()
  for (let at = 0; at < 100; at++) await one(`u${at}`)
  await assert.rejects(one('v'))
  await pause.open(2)
  assert.deepEqual(saved.at(-1), { client: 'entra', pausedAt: undefined, openUntil: now() + 2 * hourMs })
  for (let at = 0; at < 300; at++) await one(`w${at}`)
  forward(2 * hourMs)
  for (let at = 0; at < 60; at++) await one(`x${at}`)
  await assert.rejects(one('y'), { status: 503 })
})

test('a start does not forget who was deactivated before it', async () => {
  const { one } = room(
    undefined,
    Array.from({ length: 111 }, () => 100 * hourMs - 60_000),
  )
  await assert.rejects(one('v'), { status: 503 })
})
