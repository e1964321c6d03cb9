import assert from 'node:assert/strict'
import { test } from 'node:test'
import { UsageError } from './command.ts'
import { readDate, readDuration, readFuture, readPast } from './when.ts'

const now = Date.parse('2026-06-15T12:00:00Z')

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

test('the past is a date or so long ago', () => {
  assert.equal(readPast('12h', 'since', now), now - 43_200_000)
  assert.equal(readPast('2026-01-01', 'since', now), Date.UTC(2026, 0, 1))
  assert.throws(() => readPast('yesterday', 'since', now), {
    name: 'UsageError',
    message: /^--since must be a duration/,
  })
})

test('the future is a date or so long from now, and lies ahead', () => {
  assert.equal(readFuture('30d', 'expires', now), now + 2_592_000_000)
  assert.throws(() => readFuture('2026-01-01', 'expires', now), {
    message: '--expires must lie in the future',
  })
  assert.throws(() => readFuture('0d', 'expires', now), UsageError)
  assert.throws(() => readFuture('soon', 'expires', now), /--expires must be a duration/)
})
