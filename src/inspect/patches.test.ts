import assert from 'node:assert/strict'
import { test } from 'node:test'
import { escapePatches, percentPatches } from './decode-escapes.ts'
import { patchText } from './patches.ts'

const limits = { around: 10, most: 1_000 }

test('a row of escapes is one patch, and each character of it stands for its own escape', () => {
  const text = `see ${'%61%40'.repeat(500)} there`
  const patches = percentPatches(text)
  assert.equal(patches.length, 1)
  const { text: shown, spanOf, touches } = patchText(text, patches, { around: 10, most: 2_000 })
  assert.equal(shown, `see ${'a@'.repeat(500)} there`)
  assert.deepEqual(spanOf(4, 6), { start: 4, end: 10 })
  assert.deepEqual(spanOf(1_003, 1_005), { start: 3_001, end: 3_005 })
  assert.equal(touches({ start: 3_001, end: 3_004 }), true)
  assert.equal(touches({ start: 3_004, end: 3_010 }), false)
})

test('what is no ASCII parts a row: a character of several bytes is a whole', () => {
  const patches = percentPatches('%61%C3%A9%62%FF')
  assert.deepEqual(
    patches.map(({ start, end, text }) => [start, end, text]),
    [
      [0, 3, 'a'],
      [3, 9, 'é'],
      [9, 12, 'b'],
      [12, 15, 'ÿ'],
    ],
  )
  assert.equal(escapePatches(String.raw`\\x61\\x62`).length, 1)
})

test('of a row for which there is no more room as much is shown as there is room for', () => {
  const text = `${'%61'.repeat(2_000)} there`
  const { text: shown, spanOf, touches } = patchText(text, percentPatches(text), limits)
  assert.equal(shown, `${'a'.repeat(990)}%61%61%61%`)
  assert.deepEqual(spanOf(989, 990), { start: 2_967, end: 2_970 })
  assert.equal(touches({ start: 2_967, end: 2_970 }), true)
  assert.equal(touches({ start: 2_970, end: 2_980 }), false)
})

test('an escape alone is a patch of its own, and patches for which there is no room touch nothing', () => {
  const text = '%41b%4g%FF%%42%4'
  const patches = percentPatches(text)
  assert.deepEqual(
    patches.map(({ start, end, text: shown, way }) => [start, end, shown, way]),
    [
      [0, 3, 'A', 'same'],
      [7, 10, 'ÿ', 'whole'],
      [11, 14, 'B', 'same'],
    ],
  )
  const { text: shown, touches } = patchText(text, patches, { around: 1, most: 6 })
  assert.equal(shown, 'Ab\n\ngÿ%')
  assert.equal(touches({ start: 0, end: 1 }), true)
  assert.equal(touches({ start: 9, end: 10 }), true)
  assert.equal(touches({ start: 10, end: 14 }), false)
})
