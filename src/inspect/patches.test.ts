import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Clues } from './clues.ts'
import { patchEscapes, patchPercent } from './decode-escapes.ts'
import { type PatchLimits, PatchWriter } from './patches.ts'
import { cluesIn } from './views.ts'

const limits = { around: 10, most: 1_000 }

function patched(
  text: string,
  patch: (patches: PatchWriter, text: string, clues: Clues) => void,
  within: PatchLimits = limits,
) {
  const patches = new PatchWriter(text, within)
  patch(patches, text, cluesIn(text) as Clues)
  const found = patches.finish()
  assert.ok(found !== undefined)
  return found
}

test('each character of a row of escapes stands for its own escape', () => {
  const text = `see ${'%61%40'.repeat(500)} there`
  const { text: shown, spanOf, touches } = patched(text, patchPercent, { around: 10, most: 2_000 })
  assert.equal(shown, `see ${'a@'.repeat(500)} there`)
  assert.deepEqual(spanOf(4, 6), { start: 4, end: 10 })
  assert.deepEqual(spanOf(1_003, 1_005), { start: 3_001, end: 3_005 })
  assert.equal(touches({ start: 3_001, end: 3_004 }), true)
  assert.equal(touches({ start: 3_004, end: 3_010 }), false)
})

test('what is no ASCII parts a row: a character of several bytes is a whole', () => {
  const { text, spanOf } = patched('%61%C3%A9%62%FF', patchPercent)
  assert.equal(text, 'aébÿ')
  assert.deepEqual(
    [0, 1, 2, 3].map((at) => spanOf(at, at + 1)),
    [
      { start: 0, end: 3 },
      { start: 3, end: 9 },
      { start: 9, end: 12 },
      { start: 12, end: 15 },
    ],
  )
  const escaped = patched(String.raw`\\x61\\x62\u{1F600}`, patchEscapes)
  assert.equal(escaped.text, 'ab😀')
  assert.deepEqual(escaped.spanOf(1, 2), { start: 5, end: 10 })
  assert.deepEqual(escaped.spanOf(3, 4), { start: 10, end: 19 })
})

test('of a row for which there is no more room as much is shown as there is room for', () => {
  const text = `${'%61'.repeat(2_000)} there`
  const { text: shown, spanOf, touches } = patched(text, patchPercent)
  assert.equal(shown, `${'a'.repeat(990)}%61%61%61%`)
  assert.deepEqual(spanOf(989, 990), { start: 2_967, end: 2_970 })
  assert.equal(touches({ start: 2_967, end: 2_970 }), true)
  assert.equal(touches({ start: 2_970, end: 2_980 }), false)
})

test('an escape alone is a patch of its own, and patches for which there is no room touch nothing', () => {
  const text = '%41b%4g%FF%%42%4'
  const all = patched(text, patchPercent)
  assert.equal(all.text, 'Ab%4gÿ%B%4')
  assert.deepEqual(
    [0, 1, 5, 6, 7].map((at) => all.touches(all.spanOf(at, at + 1))),
    [true, false, true, false, true],
  )
  const { text: shown, touches } = patched(text, patchPercent, { around: 1, most: 6 })
  assert.equal(shown, 'Ab\n\ngÿ%')
  assert.equal(touches({ start: 0, end: 1 }), true)
  assert.equal(touches({ start: 9, end: 10 }), true)
  assert.equal(touches({ start: 10, end: 14 }), false)
})

test('what is left out is touched where it stood', () => {
  const patches = new PatchWriter('a b c', limits)
  patches.drop(1, 2)
  patches.drop(3, 4)
  const found = patches.finish()
  assert.equal(found?.text, 'abc')
  assert.deepEqual(found?.spanOf(0, 2), { start: 0, end: 3 })
  assert.equal(found?.touches({ start: 0, end: 1 }), false)
  assert.equal(found?.touches({ start: 0, end: 3 }), true)
})

test('without patches there is nothing to read', () => {
  assert.equal(new PatchWriter('abc', limits).finish(), undefined)
})
