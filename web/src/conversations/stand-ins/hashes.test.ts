import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { keccak_256 } from '@noble/hashes/sha3.js'
import { keccak256, sha256 } from './hashes.ts'

const bytesOf = (length: number): Uint8Array =>
  Uint8Array.from({ length }, (_, index) => (index * 37 + length * 11) & 0xff)
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

test('SHA-256 of every length it takes is that of Node', () => {
  for (let length = 0; length <= 55; length++)
    assert.equal(hex(sha256(bytesOf(length))), createHash('sha256').update(bytesOf(length)).digest('hex'))
  assert.throws(() => sha256(bytesOf(56)), /at most 55 bytes/)
})

test('Keccak-256 of every length it takes is that of another implementation', () => {
  for (let length = 0; length <= 135; length++)
    assert.equal(hex(keccak256(bytesOf(length))), hex(keccak_256(bytesOf(length))), `${length} bytes`)
})
