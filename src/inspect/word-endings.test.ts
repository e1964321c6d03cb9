import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createMayEnd } from './word-endings.ts'

const mayEnd = (words: readonly string[], text: string): boolean => createMayEnd(words)(text, text.length - 1)

test('a word may end where its last three letters stand, in any case', () => {
  for (const text of ['my address', 'MY ADDRESS', 'ess', 'less']) assert.ok(mayEnd(['address'], text), text)
  for (const text of ['in January', 'my dress code', 'es 1', '   '])
    assert.ok(!mayEnd(['address'], text), text)
})

test('a word of two letters may end behind anything', () => {
  assert.ok(mayEnd(['is'], 'what is'))
  assert.ok(mayEnd(['is'], 'this'))
  assert.ok(!mayEnd(['is'], 'what it'))
})

test('at the very start every word may end', () => {
  assert.ok(createMayEnd(['age'])('x', 0))
  assert.ok(createMayEnd(['age'])('', -1))
})

test('beyond ASCII a word may end with its own letters, in any case', () => {
  for (const text of ['stra\u00dfe', 'STRA\u1e9eE']) assert.ok(mayEnd(['stra\u00dfe'], text), text)
  for (const text of ['\u00e2g\u00e9', '\u00c2G\u00c9']) assert.ok(mayEnd(['\u00e2g\u00e9'], text), text)
  assert.ok(mayEnd(['strasse'], 'stra\u017f\u017fe'))
  assert.ok(mayEnd(['bank'], 'ban\u212a'))
  assert.ok(!mayEnd(['stra\u00dfe'], 'strabe'))
  for (const text of ['ist', 'x \u00e8', 'no \u00c8'])
    assert.equal(mayEnd(['\u00e8'], text), text !== 'ist', text)
})

test('letters beyond ASCII that no word holds stand before a shorter word, and in none', () => {
  assert.ok(mayEnd(['is'], '\u4e2dis'))
  for (const text of ['Stra\u00dfe', 'vill\u00e2ge', '\u7d71\u7de8\u7d71', '\u0418\u041d\u041d'])
    assert.ok(!mayEnd(['age'], text), text)
})
