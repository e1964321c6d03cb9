import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { keccak_256 as keccakOfLibrary } from '@noble/hashes/sha3.js'
import { keccak_256, sha256 } from './hashes.ts'

const bytesOf = (length: number): Uint8Array =>
  Uint8Array.from({ length }, (_, index) => (index * 37 + length * 11) & 0xff)
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

test('SHA-256 of every length it takes is that of Node', () => {
  for (let length = 0; length <= 55; length++)
    assert.equal(hex(sha256(bytesOf(length))), createHash('sha256').update(bytesOf(length)).digest('hex'))
  assert.throws(() => sha256(bytesOf(56)), /at most 55 bytes/)
})

test('Keccak of every length it takes is that of another implementation', () => {
  for (let length = 0; length <= 135; length++)
    assert.equal(hex(keccak_256(bytesOf(length))), hex(keccakOfLibrary(bytesOf(length))), `${length} bytes`)
  // Source: the hash of nothing, in the yellow paper of Ethereum.
  assert.match(
    hex(keccak_256(bytesOf(0))),
    /^c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470$/,
  )
  assert.throws(() => keccak_256(bytesOf(136)), /at most 135 bytes/)
})
