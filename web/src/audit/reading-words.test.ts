import assert from 'node:assert/strict'
import { test } from 'node:test'
import { askedOf, coversText, emptyWords } from './reading-words.ts'

const reason = 'A customer complained about case 17.'

test('what is filled in becomes the body the gate takes', () => {
  const receipts = askedOf({ ...emptyWords, reason, receipts: ' log#1, log#2\nlog#3 ' }, 1_000)
  assert.deepEqual(receipts, { reason, hours: 24, receipts: ['log#1', 'log#2', 'log#3'] })
  const person = askedOf({ ...emptyWords, what: 'person', reason, email: 'ada@example.com', days: '2' }, 1e12)
  assert.deepEqual(person, {
    reason,
    hours: 24,
    person: { email: 'ada@example.com', sinceMs: 1e12 - 2 * 86_400_000, untilMs: 1e12 },
  })
})

test('a question goes to the gate as it was written', () => {
  const asked = askedOf({ ...emptyWords, what: 'query', reason, query: 'person:ada@example.com' }, 1e12)
  assert.deepEqual(asked, { reason, hours: 24, query: 'person:ada@example.com' })
})

test('what it covers is told in words', () => {
  const query = 'class:restricted since:2d'
  assert.equal(
    coversText({ covers: { what: 'query', query, exchanges: 3 } }),
    '3 exchanges found by class:restricted since:2d',
  )
  assert.equal(coversText({ covers: { what: 'receipts', receipts: ['log#1'] } }), 'log#1')
  assert.equal(coversText({ covers: { what: 'receipts', receipts: ['log#1', 'log#2'] } }), 'log#1 and 1 more')
  const since = '2026-11-20T08:00:00.000Z'
  const until = '2026-11-25T14:02:00.000Z'
  assert.equal(
    coversText({ covers: { what: 'person', person: 'ada@example.com', since, until } }),
    'everything ada@example.com entered from 2026-11-20 08:00 to 2026-11-25 14:02',
  )
})
