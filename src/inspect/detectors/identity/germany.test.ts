import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withLetterAsNumber } from './germany.ts'

test('the first letter counts as its two digits', () => {
  assert.equal(withLetterAsNumber('A123'), '01123')
  assert.equal(withLetterAsNumber('65180539W00'), '651805392300')
  assert.equal(withLetterAsNumber('12I'), '1209')
  assert.equal(withLetterAsNumber('12J'), '1210')
  assert.equal(withLetterAsNumber('123'), '123')
})
