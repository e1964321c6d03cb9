import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newRequestId, numberOfId, randomId } from './id.ts'

test('ids have one number only when their last characters are the same', () => {
  assert.equal(numberOfId('req_aaab', 4), 1)
  assert.equal(numberOfId('ab', 10), 1)
  const ends = new Map<number, string>()
  for (const first of 'abcdefghijkmnpqrstuvwxyz23456789')
    for (const last of 'abcdefghijkmnpqrstuvwxyz23456789')
      ends.set(numberOfId(`req_${first}${last}`, 2), first + last)
  assert.equal(ends.size, 32 * 32)
})

test('the number of ten characters is exact', () => {
  const largest = numberOfId('9'.repeat(10), 10)
  assert.equal(largest, 2 ** 50 - 1)
  assert.ok(Number.isSafeInteger(largest))
  assert.match(newRequestId(), /^req_[a-km-np-z2-9]{16}$/)
  assert.equal(randomId(3).length, 3)
})

test('what no id here is made of has a number, too', () => {
  for (const text of ['', 'REQ-1', '\u00e9\u4e00'])
    assert.ok(Number.isSafeInteger(numberOfId(text, 10)), text)
})
