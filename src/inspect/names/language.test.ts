import assert from 'node:assert/strict'
import { test } from 'node:test'
import { markGerman } from './language.ts'
import { makeTokens, readTokens } from './tokens.ts'

function germanIn(text: string): readonly number[] {
  const tokens = makeTokens(200)
  readTokens(text, 0, tokens)
  markGerman(tokens)
  return Array.from(tokens.german.subarray(0, tokens.count))
}

test('words around a place say whether it is German', () => {
  assert.deepEqual(new Set(germanIn('Der Hund und die Katze sind im Garten')), new Set([2]))
  assert.deepEqual(new Set(germanIn('The dog is in the garden')), new Set([0]))
})

test('a text may change its language', () => {
  const marks = germanIn(`Der Hund ist im Garten. ${'the dog is here '.repeat(12)}`)
  assert.equal(marks[0], 2)
  assert.equal(marks.at(-1), 0)
})
