import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createFailureWriter, type IdentityEntry } from './entry.ts'

function create() {
  const entries: IdentityEntry[] = []
  let now = 0
  const write = createFailureWriter(
    async (entry) => {
      entries.push(entry)
    },
    { now: () => now, monotonic: () => now },
  )
  return {
    entries,
    write,
    forward: (ms: number) => {
      now += ms
    },
  }
}

test('a failed sign-in is written with its reason', async () => {
  const { entries, write } = create()
  await write('password-wrong')
  assert.deepEqual(entries, [{ kind: 'sign-in-failed', facts: { reason: 'password-wrong' } }])
})

test('sixty a minute are written, the others are counted into the next one', async () => {
  const { entries, write, forward } = create()
  for (let count = 0; count < 75; count++) await write('password-wrong')
  assert.equal(entries.length, 60)
  forward(60_000)
  await write('attempt-unknown')
  await write('attempt-unknown')
  assert.deepEqual(
    entries.slice(60).map(({ facts }) => facts.reason),
    ['attempt-unknown (and 15 before it, not written one by one)', 'attempt-unknown'],
  )
})

test('an entry that cannot be written is told to whoever failed to sign in', async () => {
  const write = createFailureWriter(() => Promise.reject(new Error('the log is broken')), {
    now: () => 0,
    monotonic: () => 0,
  })
  await assert.rejects(write('password-wrong'), /the log is broken/)
})
