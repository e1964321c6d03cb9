import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { NewEntry } from '#/audit/api.ts'
import { Refusal } from '#/core/refusal.ts'
import { createForeignWriter } from './log-foreign.ts'

const minuteMs = 60_000

function open() {
  let now = 0
  const entries: NewEntry[] = []
  const append = async (entry: NewEntry) => {
    entries.push(entry)
    return { index: entries.length, receipt: `test#${entries.length}` }
  }
  const clock = { now: () => now, monotonic: () => now }
  const write = createForeignWriter({ append }, 'digest', clock)
  return {
    entries,
    write: (header = 'Host') => write(new Refusal('origin-refused', { header }), 'req_1'),
    forward: () => {
      now += minuteMs
    },
  }
}

test('what is refused because of where it comes from has its entry, which says what was wrong', async () => {
  const { entries, write } = open()
  await write('Sec-Fetch-Site')
  const facts = {
    requestId: 'req_1',
    code: 'origin-refused',
    reason: 'Sec-Fetch-Site',
    decision: 'refuse',
    settings: 'digest',
  }
  assert.deepEqual(entries, [{ kind: 'refusal', facts }])
})

test('a flood fills the log with sixty entries a minute, and the next one says how many were left out', async () => {
  const { entries, write, forward } = open()
  for (let count = 0; count < 100; count++) await write()
  assert.equal(entries.length, 60)
  forward()
  await write()
  await write()
  assert.deepEqual(
    entries.slice(60).map(({ facts }) => facts.reason),
    ['Host (and 40 before it, not written one by one)', 'Host'],
  )
})
