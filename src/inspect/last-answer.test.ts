import assert from 'node:assert/strict'
import { test } from 'node:test'
import { keepingLast } from './last-answer.ts'

test('the same piece is asked about once in a row, and each other one again', () => {
  const asked: string[] = []
  const isLong = keepingLast((piece) => asked.push(piece) > 0 && piece.length > 2)
  const answers = ['', '', 'one', 'one', 'to', 'one', ''].map(isLong)
  assert.deepEqual(answers, [false, false, true, true, false, true, false])
  assert.deepEqual(asked, ['', 'one', 'to', 'one', ''])
})
