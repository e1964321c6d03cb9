import assert from 'node:assert/strict'
import { test } from 'node:test'
import { tellEveryMs, waitUntilEnd } from './session-clock.ts'

test('the end is looked for a moment after it, and no later than a timer can wait', () => {
  assert.equal(waitUntilEnd(1_000), 1_500)
  assert.equal(waitUntilEnd(90 * 24 * 3_600_000), 2_147_483_647)
})

test('the gate hears of somebody who works well before the session ends, and not at every key', () => {
  assert.equal(tellEveryMs(8 * 3_600_000), 300_000)
  assert.equal(tellEveryMs(60_000), 15_000)
  assert.equal(tellEveryMs(1_000), 5_000)
})
