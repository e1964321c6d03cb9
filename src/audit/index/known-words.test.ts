import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KnownWords } from './known-words.ts'

test('a word is known in its place alone, and not when all were forgotten', () => {
  const words = new KnownWords()
  words.add('offering', 'one', 1)
  words.add('use-case', 'one', 2)
  assert.deepEqual([words.get('offering', 'one'), words.get('use-case', 'one')], [1, 2])
  assert.equal(words.get('class', 'one'), undefined)
  words.clear()
  assert.equal(words.get('offering', 'one'), undefined)
})

test('words kept in memory have an end', () => {
  const words = new KnownWords()
  for (let id = 1; id <= 100_001; id++) words.add('alias', `alias-${id}`, id)
  assert.equal(words.get('alias', 'alias-1'), undefined)
  assert.equal(words.get('alias', 'alias-100001'), 100_001)
})
