import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readDate, readDuration, secondsToNextMinute } from './when.ts'

test('durations are minutes, hours and days', () => {
  assert.equal(readDuration('90m'), 5_400_000)
  assert.equal(readDuration('12h'), 43_200_000)
  assert.equal(readDuration('30d'), 2_592_000_000)
  for (const text of ['', '30', 'd', '-1d', '1.5h', '1w', '30 d', '1000000d', '999999d', '30D']) {
    assert.equal(readDuration(text), undefined, text)
  }
})

test('dates are days or times with a zone, and must exist', () => {
  assert.equal(readDate('2026-12-31'), Date.UTC(2026, 11, 31))
  assert.equal(readDate('2026-12-31T18:00:00Z'), Date.UTC(2026, 11, 31, 18))
  assert.equal(readDate('2026-12-31T18:00+02:00'), Date.UTC(2026, 11, 31, 16))
  assert.equal(readDate('2024-02-29'), Date.UTC(2024, 1, 29))
  for (const text of [
    '',
    '31.12.2026',
    '2026-13-01',
    '2026-02-30',
    '2026-02-30T10:00Z',
    '2026-12-31T18:00',
    'today',
  ]) {
    assert.equal(readDate(text), undefined, text)
  }
})

test('the seconds until rates are counted anew are never none', () => {
  const minute = Date.UTC(2026, 10, 25, 12, 7)
  for (const [ms, seconds] of [
    [0, 60],
    [999, 60],
    [1_000, 59],
    [59_999, 1],
  ] as const)
    assert.equal(secondsToNextMinute(minute + ms), seconds)
})
