import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { keepTelling } from './keep-telling.ts'

test('notices are given at once and again and again, until it is stopped', async () => {
  let calls = 0
  const stop = keepTelling({ tellDue: async () => ++calls }, () => undefined, 5)
  while (calls < 3) await pause(1)
  await stop()
  const then = calls
  await pause(20)
  assert.equal(calls, then)
})

test('a notice that cannot be given is said to the operator', async () => {
  const lines: unknown[] = []
  const failing = { tellDue: () => Promise.reject(new Error('the disk is gone')) }
  await keepTelling(failing, (line) => void lines.push(line))()
  assert.match(JSON.stringify(lines), /could not be given.*the disk is gone/)
})
