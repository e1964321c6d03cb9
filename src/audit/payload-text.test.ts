import assert from 'node:assert/strict'
import { test } from 'node:test'
import { joined } from './payload-text.ts'

test('the pieces of a payload are handed over in one row, and those of a document hold no memory afterwards', () => {
  for (const [length, left] of [
    [1_000, 2_000],
    [1_000_000, 0],
  ] as const) {
    const given = Buffer.alloc(length, 'b')
    let seen: Uint8Array | undefined
    joined(['a'.repeat(length), given], (bytes) => {
      assert.equal(Buffer.from(bytes).toString(), 'a'.repeat(length) + 'b'.repeat(length))
      seen = bytes
    })
    assert.equal(seen?.length, left)
    assert.equal(given.length, length)
  }
})

test('bytes of the caller are handed over as they are and stay', () => {
  const given = Buffer.alloc(2_000_000, 'c')
  assert.equal(
    joined(given, (bytes) => bytes),
    given,
  )
  assert.equal(given.length, 2_000_000)
})
