import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AuditLog } from './api.ts'
import { folderOf, newFolder, openIn } from './log-for-tests.ts'
import { verifyFolder } from './verify.ts'

const startMs = Date.UTC(2026, 10, 25, 12)

function clockFrom(wallMs: number) {
  const clock = { wallMs, steadyMs: 7.5, now: () => clock.wallMs, monotonic: () => clock.steadyMs }
  return clock
}

async function kindsOf(log: AuditLog): Promise<readonly string[]> {
  const kinds: string[] = []
  for (let index = 0; index < log.size(); index++) kinds.push((await log.open(index))?.kind ?? '')
  return kinds
}

const signIn = { kind: 'sign-in' as const, facts: {} }

test('a clock that moves by more than a minute is noted before the next entry, by how much, and once', async (context) => {
  const folder = await newFolder(context)
  const clock = clockFrom(startMs)
  const { log, close } = await openIn(folder, { clock })
  clock.wallMs += 3_600_000
  clock.steadyMs += 3_600_000
  await log.append(signIn)
  clock.wallMs += 59_000
  await log.append(signIn)
  assert.deepEqual(await kindsOf(log), ['start', 'sign-in', 'sign-in'], 'time that passes is no jump')
  clock.wallMs -= 7_200_000
  await log.append(signIn)
  await log.append(signIn)
  assert.deepEqual((await kindsOf(log)).slice(3), ['clock-jump', 'sign-in', 'sign-in'])
  assert.equal((await log.open(3))?.facts.clockMovedMs, 59_000 - 7_200_000)
  await close()
  const verified = await verifyFolder(folderOf(folder))
  assert.deepEqual(verified.problems, [])
  assert.match(verified.notes.join(), /entry 3: the clock was set back/)
})

test('the first start of a log notes no jump, also when a millisecond passes between two looks at the clock', async (context) => {
  let wallMs = startMs
  const clock = { now: () => wallMs++, monotonic: () => 7.5 }
  const { log } = await openIn(await newFolder(context), { clock })
  assert.deepEqual(await kindsOf(log), ['start'])
})

test('a start before the last entry is noted', async (context) => {
  const folder = await newFolder(context)
  const first = await openIn(folder, { clock: clockFrom(startMs) })
  await first.close()
  const { log } = await openIn(folder, { clock: clockFrom(startMs - 5_000) })
  assert.deepEqual(await kindsOf(log), ['start', 'stop', 'start', 'clock-jump'])
  assert.equal((await log.open(3))?.facts.clockMovedMs, -5_000)
  const later = await openIn(await newFolder(context), { clock: clockFrom(startMs) })
  assert.deepEqual(await kindsOf(later.log), ['start'])
})
