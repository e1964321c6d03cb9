import assert from 'node:assert/strict'
import { test } from 'node:test'
import { endOfMonth, isOver, type RetentionSettings } from './due.ts'

const settings: RetentionSettings = {
  contentDays: 180,
  headerDays: 400,
  belowSixMonths: undefined,
  headers: 'end',
}
const at = (text: string): number => Date.parse(`${text}T00:00:00Z`)

test('a month is over by days only when its last moment is that old', () => {
  assert.equal(isOver('2026-03', 400, settings, at('2027-05-06') - 1), false)
  assert.equal(isOver('2026-03', 400, settings, at('2027-05-06')), true)
})

test('180 days are not six months: the calendar decides, up to four days later', () => {
  // From the first of March 180 days end on the 28th of August, six months on the first of September.
  assert.equal(isOver('2026-02', 180, settings, at('2026-08-31')), false)
  assert.equal(isOver('2026-02', 180, settings, at('2026-09-01')), true)
})

test('with a reason it may be less', () => {
  const below = { ...settings, belowSixMonths: 'no high-risk system is used here' }
  assert.equal(isOver('2026-02', 30, settings, at('2026-03-31')), false)
  assert.equal(isOver('2026-02', 30, below, at('2026-03-30')), false)
  assert.equal(isOver('2026-02', 30, below, at('2026-03-31')), true)
})

test('the end of a December lies in the next year', () => {
  assert.equal(endOfMonth('2026-12'), at('2027-01-01'))
  assert.equal(endOfMonth('2026-12', -1), at('2026-12-01'))
  assert.equal(endOfMonth('2026-08', 6), at('2027-03-01'))
})
