import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { deadlines } from './deadlines.ts'

test('a deadline that is not met is told, once', async () => {
  let told = 0
  deadlines.add(10, () => told++)
  await pause(700)
  assert.equal(told, 1)
})

test('a deadline that is met is never told', async () => {
  let told = 0
  const deadline = deadlines.add(10, () => told++)
  deadlines.met(deadline)
  deadlines.met(deadline)
  await pause(600)
  assert.equal(told, 0)
})

test('each has its own moment, and one that is late may set another', async () => {
  const told: string[] = []
  const far = deadlines.add(1_000_000, () => told.push('far'))
  deadlines.add(10, () => {
    told.push('first')
    deadlines.add(10, () => told.push('second'))
  })
  await pause(1_000)
  assert.deepEqual(told, ['first', 'second'])
  deadlines.met(far)
})
