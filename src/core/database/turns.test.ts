import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createTurns } from './turns.ts'

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

test('turns are taken in the order they were asked for', async () => {
  const turns = createTurns()
  const order: number[] = []
  await Promise.all(
    [3, 1, 2].map((number) => turns.take(async () => pause(number).then(() => order.push(number)))),
  )
  assert.deepEqual(order, [3, 1, 2])
})

test('a failed turn does not stop the next', async () => {
  const turns = createTurns()
  const failing = turns.take(() => Promise.reject(new Error('no')))
  const next = turns.take(() => 'yes')
  await assert.rejects(failing, /no/)
  assert.equal(await next, 'yes')
})

test('synchronous work in a free turn runs before anything else', () => {
  let ran = false
  createTurns().take(() => {
    ran = true
  })
  assert.equal(ran, true)
})

test('when too many wait, the next is refused at once and the others go on', async () => {
  const turns = createTurns({ waiting: 2 })
  const taken = [turns.take(() => pause(5)), turns.take(() => 1), turns.take(() => 2)]
  await assert.rejects(
    turns.take(() => 3),
    /2 calls waiting/,
  )
  assert.deepEqual(await Promise.all(taken), [undefined, 1, 2])
  assert.equal(await turns.take(() => 4), 4)
})

test('a held turn that takes too long is ended, and the others go on', async () => {
  const turns = createTurns({ turnMs: 10 })
  let wasRolledBack = false
  const held = turns.hold(
    async (isOpen) => {
      await pause(40)
      return isOpen()
    },
    () => {
      wasRolledBack = true
    },
  )
  const waiting = turns.take(() => 'next')
  await assert.rejects(held, /longer than 10 ms/)
  assert.equal(wasRolledBack, true)
  assert.equal(await waiting, 'next')
})

test('what went wrong while ending a late turn is kept as the cause', async () => {
  const held = createTurns({ turnMs: 5 }).hold(
    () => pause(30),
    () => Promise.reject(new Error('the disk is gone')),
  )
  await assert.rejects(held, (error: Error) => (error.cause as Error).message === 'the disk is gone')
})
