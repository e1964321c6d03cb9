import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isInternationalNumber } from './calling-codes.ts'

/** A number of each kind, in international form, as a country's plan has it. */
const numbers: readonly string[] = [
  '12125550123',
  '14165550123',
  '74951234567',
  '201012345678',
  '27821234567',
  '302101234567',
  '31612345678',
  '32470123456',
  '33612345678',
  '34612345678',
  '36201234567',
  '390612345678',
  '40712345678',
  '41791234567',
  '436641234567',
  '442079460958',
  '447911123456',
  '4512345678',
  '46701234567',
  '4740123456',
  '48512345678',
  '4915112345678',
  '51912345678',
  '5215512345678'.slice(0, 12),
  '541112345678',
  '5511912345678',
  '56912345678',
  '573001234567',
  '60123456789',
  '61412345678',
  '628123456789',
  '639171234567',
  '64211234567',
  '6591234567',
  '66812345678',
  '819012345678',
  '821012345678',
  '84912345678',
  '8613812345678',
  '905321234567',
  '919876543210',
  '923001234567',
  '94712345678',
  '989121234567',
  '212612345678',
  '254712345678',
  '351912345678',
  '353851234567',
  '358401234567',
  '380501234567',
  '420601123456',
  '852512345678',
  '88091234567',
  '886912345678',
  '966501234567',
  '971501234567',
  '972501234567',
  '998901234567',
]

for (const number of numbers) {
  test(`a number with its calling code: +${number}`, () => {
    assert.equal(isInternationalNumber(number), true)
  })
}

const none: readonly string[] = [
  '',
  '1',
  '44',
  '0',
  '0123456789',
  '1212555012',
  '121255501234',
  '44207946',
  '4420794609581234',
  '2101234567890',
  '9991234567',
  '991234567890',
  '8001234567',
  '3841234567',
  '21261234',
  '212612345678901',
]

for (const number of none) {
  test(`no number with a calling code: +${number}`, () => {
    assert.equal(isInternationalNumber(number), false)
  })
}

test('a zero after the code is not counted', () => {
  assert.equal(isInternationalNumber('4402079460958'), true)
  assert.equal(isInternationalNumber('49015112345678'), true)
})
