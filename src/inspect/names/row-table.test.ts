import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createRowTable } from './row-table.ts'

const tags = 3
/** The first three have the same lower bits, the fourth those of no other, zero is a hash like another. */
const hashes = Int32Array.of(5, 5 + 2 ** 24, 5 + 2 ** 26, -7, 0, 2 ** 31 - 1, 36)
const weights = Int8Array.from({ length: tags * hashes.length }, (_, at) => (at % 2 === 0 ? at : -at))

const sumOf = (...asked: readonly number[]): readonly number[] => {
  const sums = new Int32Array(tags + 2)
  createRowTable(hashes, weights, tags).addAll(Int32Array.from(asked), sums, 1)
  return [...sums]
}

test('each hash has its own weights, whatever bits it shares', () => {
  for (const [row, hash] of hashes.entries())
    assert.deepEqual(sumOf(hash), [0, ...weights.subarray(row * tags, (row + 1) * tags), 0])
})

test('hashes asked for together add up', () => {
  assert.deepEqual(sumOf(5, -7, 5), [0, 0 - 9 + 0, -1 + 10 - 1, 2 - 11 + 2, 0])
})

test('a hash that is not known adds nothing, though its lower bits are', () => {
  assert.deepEqual(sumOf(1, 5 + 2 ** 25, 37, -8), [0, 0, 0, 0, 0])
})

test('a table may have no row', () => {
  const sums = new Int32Array(1)
  createRowTable(new Int32Array(), new Int8Array(), 1).addAll(Int32Array.of(0, 1), sums, 0)
  assert.deepEqual([...sums], [0])
})
