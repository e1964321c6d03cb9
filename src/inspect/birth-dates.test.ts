import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hasDayMonthYear, hasYearMonthDay, isDayOfMonth, numberAt } from './birth-dates.ts'

test('months have as many days as they can have in any year', () => {
  const days = Array.from(
    { length: 14 },
    (_, month) =>
      Array.from({ length: 40 }, (_, day) => day).filter((day) => isDayOfMonth(month, day)).length,
  )
  assert.deepEqual(days, [0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 0])
  assert.equal(isDayOfMonth(Number.NaN, 1), false)
})

test('a date is read from its place', () => {
  assert.equal(numberAt('x070y', 1, 4), 70)
  assert.equal(numberAt('x070', 1, 9), 70)
  assert.equal(numberAt('x0y0', 1, 4), Number.NaN)
  assert.equal(hasYearMonthDay('a850730', 1), true)
  assert.equal(hasYearMonthDay('853007', 0), false)
  assert.equal(hasDayMonthYear('300785', 0), true)
  assert.equal(hasDayMonthYear('073085', 0), false)
})
