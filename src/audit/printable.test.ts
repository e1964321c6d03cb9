import assert from 'node:assert/strict'
import { test } from 'node:test'
import { printable, printableJson } from './printable.ts'

const hostile = 'a\u001b[31mb\u009bc\rd\u0000e\u007ff\u2028g\u202eh\u2066i\u200bj\ufeffk\ud800l\u{e0041}m'

test('nothing that moves the cursor, colours, hides or turns text comes through', () => {
  assert.equal(
    printable(hostile),
    'a\\u{1b}[31mb\\u{9b}c\\u{d}d\\u{0}e\\u{7f}f\\u{2028}g\\u{202e}h\\u{2066}i\\u{200b}j\\u{feff}k\\u{d800}l\\u{e0041}m',
  )
})

test('ordinary text of any language stays as it is, and lines stay one line', () => {
  assert.equal(printable('Grüße 你好 🙂 é «x»'), 'Grüße 你好 🙂 é «x»')
  assert.equal(printable('one\ntwo'), 'one\\ntwo')
})

test('JSON means the same and holds only printable characters', () => {
  const text = printableJson({ text: hostile, 名: '🙂' })
  assert.deepEqual(JSON.parse(text), { text: hostile, 名: '🙂' })
  assert.equal(printable(text), text)
})
