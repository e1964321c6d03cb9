import assert from 'node:assert/strict'
import { test } from 'node:test'
import { keccak_256 as keccakOfLibrary } from '@noble/hashes/sha3.js'
import { keccak_256 } from './keccak.ts'

const bytesOf = (length: number): Uint8Array =>
  Uint8Array.from({ length }, (_, index) => (index * 37 + length * 11) & 0xff)
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

test('Keccak of every length it takes is that of another implementation', () => {
  for (let length = 0; length <= 135; length++)
    assert.equal(hex(keccak_256(bytesOf(length))), hex(keccakOfLibrary(bytesOf(length))), `${length} bytes`)
  assert.throws(() => keccak_256(bytesOf(136)), /at most 135 bytes/)
})

test('the hash of a text of forty digits does not depend on what was hashed before', () => {
  for (let round = 0; round < 500; round++) {
    const digits = Uint8Array.from({ length: 40 }, (_, index) => 48 + ((index * round + round * 7) % 10))
    assert.equal(hex(keccak_256(digits)), hex(keccakOfLibrary(digits)))
  }
})
