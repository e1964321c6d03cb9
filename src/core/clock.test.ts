import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withoutGoingBack } from './clock.ts'

test('time that was set back stands still until it is later again', () => {
  let now = 1_000
  const clock = withoutGoingBack({ now: () => now, monotonic: () => now })
  assert.equal(clock.now(), 1_000)
  now = 400
  assert.equal(clock.now(), 1_000)
  now = 1_001
  assert.equal(clock.now(), 1_001)
  assert.equal(clock.monotonic(), 1_001)
})
