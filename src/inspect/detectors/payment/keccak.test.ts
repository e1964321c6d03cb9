import assert from 'node:assert/strict'
import { test } from 'node:test'
import { keccak_256 } from '@noble/hashes/sha3.js'
import { keccak256 } from './keccak.ts'

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

test('Keccak-256 of nothing is the published one', () => {
  assert.equal(
    hex(keccak256(new Uint8Array())),
    'c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470',
  )
})

test('it is that of another implementation for every length around a block, one after the other', () => {
  for (let length = 0; length <= 300; length++) {
    const bytes = Uint8Array.from({ length }, (_, index) => (index * 37 + length * 11) & 0xff)
    assert.equal(hex(keccak256(bytes)), hex(keccak_256(bytes)), `${length} bytes`)
  }
})
