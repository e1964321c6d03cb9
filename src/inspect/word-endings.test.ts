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

test('beyond ASCII and at the very start every word may end', () => {
  assert.ok(mayEnd(['age'], 'Stra\u00dfe'))
  assert.ok(mayEnd(['age'], '\u00e2g\u00e9'))
  assert.ok(mayEnd(['stra\u00dfe'], 'strabe'))
  assert.ok(createMayEnd(['age'])('x', 0))
  assert.ok(createMayEnd(['age'])('', -1))
})
