import assert from 'node:assert/strict'
import { test } from 'node:test'
import { smallTagger, smallWeights } from './test-weights.ts'
import { readStored, writeStored } from './weights.ts'

test('weights come back from bytes as they were', () => {
  const { step, ...stored } = smallTagger()
  const { step: readStep, ...read } = readStored(smallWeights())
  assert.deepEqual(read, stored)
  assert.ok(Math.abs(readStep - step) < 1e-6)
  assert.deepEqual(writeStored(readStored(smallWeights())), smallWeights())
})

test('bytes that are something else, or cut, are refused', () => {
  const bytes = smallWeights()
  assert.throws(() => readStored(new TextEncoder().encode('something else, long enough')), /no weights/)
  assert.throws(() => readStored(bytes.subarray(0, bytes.length - 1)))
  assert.throws(() => readStored(Uint8Array.from([...bytes, 0])), /cut short/)
})
