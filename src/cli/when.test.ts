import assert from 'node:assert/strict'
import { test } from 'node:test'
import { UsageError } from './command.ts'
import { readDays, readFuture, readPast } from './when.ts'

const now = Date.parse('2026-06-15T12:00:00Z')

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

test('days are whole ones and never more than was asked for', () => {
  assert.equal(readDays('36h', 'for', now), 1)
  assert.equal(readDays('2026-06-18', 'for', now), 2)
  assert.throws(() => readDays('23h', 'for', now), { message: '--for must be at least one day away' })
})
