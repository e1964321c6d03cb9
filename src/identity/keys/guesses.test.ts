import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createGuesses, type TooManyTries, triesAltogether, triesPerMinute } from './guesses.ts'

test('a machine that tries keys is told of once a minute, however often it tries', () => {
  let now = 0
  const told: TooManyTries[] = []
  const guesses = createGuesses(
    () => now,
    (each) => told.push(each),
  )
  const answers = Array.from({ length: 500 }, () => guesses.isTooMany('192.0.2.7'))
  assert.equal(answers.filter((isTooMany) => !isTooMany).length, triesPerMinute)
  assert.deepEqual(told, [{ machine: '192.0.2.7', tries: triesPerMinute + 1 }])
  assert.equal(guesses.isTooMany('192.0.2.8'), false, 'another one is not held up')
  now += 60_000
  assert.equal(guesses.isTooMany('192.0.2.7'), false)
})

test('addresses of one IPv6 network are one machine', () => {
  const guesses = createGuesses(
    () => 0,
    () => undefined,
  )
  const answers = Array.from({ length: 100 }, (_, at) =>
    guesses.isTooMany(`2001:db8:1:2::${at.toString(16)}`),
  )
  assert.equal(answers.filter((isTooMany) => !isTooMany).length, triesPerMinute)
})

test('many machines together are bounded too, and told of once', () => {
  const told: TooManyTries[] = []
  const guesses = createGuesses(
    () => 0,
    (each) => told.push(each),
  )
  let answered = 0
  for (let at = 0; at < 30_000; at++)
    if (!guesses.isTooMany(`10.${at >> 16}.${(at >> 8) & 255}.${at & 255}`)) answered++
  assert.equal(answered, triesAltogether)
  assert.deepEqual(told, [{ machine: '', tries: triesAltogether + 1 }])
})
