import assert from 'node:assert/strict'
import { createSecretKey, randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { type SealedText, seal, unseal } from './seal.ts'

const key = createSecretKey(randomBytes(32))
const place = { origin: 'example.com', alias: 'a', kind: 'intent', requestId: 'req_1' }

function sealedAndOpened(payload: SealedText): Buffer | undefined {
  const { nonce, ciphertext, tag } = seal(key, place, payload)
  return unseal(key, place, Buffer.concat([nonce, ciphertext, tag]))
}

test('a text in pieces opens as the text in one, short or as long as a document, and the pieces stay whole', () => {
  for (const length of [10, 100_000, 700_000]) {
    const bytes = Buffer.alloc(length, 'bytes ')
    const text = 'grün 😀 '.repeat(length / 10)
    const expected = Buffer.concat([Buffer.from(text), bytes])
    assert.deepEqual(sealedAndOpened([text, bytes]), expected)
    assert.deepEqual(sealedAndOpened([bytes]), bytes)
    assert.deepEqual(sealedAndOpened(bytes), bytes)
    assert.equal(bytes.length, length)
  }
})
