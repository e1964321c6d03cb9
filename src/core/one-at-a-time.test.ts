import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createOneAtATime } from './one-at-a-time.ts'

test('the second thing begins when the first one is over, and each caller gets its own result', async () => {
  const { run } = createOneAtATime()
  const order: string[] = []
  const first = Promise.withResolvers<void>()
  const one = run(async () => {
    order.push('one begins')
    await first.promise
    order.push('one ends')
    return 1
  })
  const two = run(() => {
    order.push('two')
    return 2
  })
  await Promise.resolve()
  assert.deepEqual(order, ['one begins'])
  first.resolve()
  assert.deepEqual(await Promise.all([one, two]), [1, 2])
  assert.deepEqual(order, ['one begins', 'one ends', 'two'])
})

test('what fails is told to its caller and stops nothing that comes after it', async () => {
  const { run, settled } = createOneAtATime()
  const failed = run(() => {
    throw new Error('disk full')
  })
  const after = run(() => 'done')
  await assert.rejects(failed, /disk full/)
  assert.equal(await after, 'done')
  await settled()
})

test('settled waits for everything asked for so far, and does not throw for what failed', async () => {
  const { run, settled } = createOneAtATime()
  let isOver = false
  const failing = run(async () => {
    await Promise.resolve()
    isOver = true
    throw new Error('no')
  })
  const told = assert.rejects(failing, /no/)
  await settled()
  assert.ok(isOver)
  await told
})
