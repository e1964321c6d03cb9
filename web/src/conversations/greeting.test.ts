import assert from 'node:assert/strict'
import { test } from 'node:test'
import { firstNameOf, greet, greetingAt } from './greeting.ts'

test('the day has three parts, and the night belongs to the evening', () => {
  const hours = [0, 4, 5, 11, 12, 17, 18, 23]
  assert.deepEqual(
    hours.map((hour) => greetingAt(hour).split(' ')[1]),
    ['evening', 'evening', 'morning', 'morning', 'afternoon', 'afternoon', 'evening', 'evening'],
  )
})

test('somebody without a name is greeted without one', () => {
  assert.equal(firstNameOf('  Olivia  Owner'), 'Olivia')
  for (const none of ['', '  ', 'owner@example.com']) assert.equal(firstNameOf(none), undefined)
  assert.equal(greet('Olivia Owner', 14), 'Good afternoon, Olivia. What are you working on?')
  assert.equal(greet('', 8), 'Good morning. What are you working on?')
})
