import assert from 'node:assert/strict'
import { createHmac, randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { keyedMac } from './keyed-mac.ts'

test('the MAC is HMAC-SHA-256, for keys and texts of any length', () => {
  for (const keyBytes of [0, 1, 31, 32, 63, 64]) {
    const key = randomBytes(keyBytes)
    const mac = keyedMac(key)
    for (const text of [
      '',
      'email\nines@example.com',
      'é€😀'.repeat(7),
      'x'.repeat(4_096),
      'ü'.repeat(90_000),
    ]) {
      assert.equal(
        mac(text),
        createHmac('sha256', key).update(text).digest('hex'),
        `${keyBytes} ${text.length}`,
      )
    }
  }
})

test('two keys do not disturb each other', () => {
  const [one, other] = [randomBytes(32), randomBytes(32)]
  const [macOfOne, macOfOther] = [keyedMac(one), keyedMac(other)]
  for (const [mac, key] of [
    [macOfOne, one],
    [macOfOther, other],
    [macOfOne, one],
  ] as const)
    assert.equal(mac('text'), createHmac('sha256', key).update('text').digest('hex'))
})

test('a key longer than a block is refused', () => {
  assert.throws(() => keyedMac(randomBytes(65)), /at most 64 bytes/)
})
