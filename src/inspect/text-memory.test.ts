import assert from 'node:assert/strict'
import { test } from 'node:test'
import { textsOfUnits } from './test-units.ts'
import { textMemory, textOf, writeUnits } from './text-memory.ts'

const texts = [
  ...textsOfUnits,
  'ein längerer Text, '.repeat(1_000),
  'ein längerer Text, ł'.repeat(1_000),
  `${'a text of some length, '.repeat(200)}ł${'x'.repeat(2_000)}\udd13`,
]

test('a text is put together from its units as it was, with halves of pairs as they stand, and only so much of it', () => {
  const memory = textMemory(Math.max(...texts.map(({ length }) => length)))
  for (const text of texts) {
    const isOfBytes = /^[\0-\xff]*$/.test(text)
    writeUnits(memory, text)
    for (const length of [text.length, Math.min(6, text.length)])
      assert.equal(textOf(memory, length, isOfBytes), text.slice(0, length))
    // Where the runtime copies no blocks.
    const slow = { ...memory, units: memory.units.slice(), block: undefined }
    writeUnits(slow, text)
    assert.deepEqual(slow.units.subarray(0, text.length), memory.units.subarray(0, text.length))
    assert.equal(textOf(slow, text.length, isOfBytes), text)
  }
})

test('a text is copied behind another one', () => {
  const memory = textMemory(20)
  for (const each of [memory, { ...memory, block: undefined }]) {
    memory.units.fill(0)
    writeUnits(each, 'head')
    writeUnits(each, 'taił\ud83d', 4)
    assert.equal(textOf(memory, 9, false), 'headtaił\ud83d')
  }
})
