import assert from 'node:assert/strict'
import { test } from 'node:test'
import { piecesOf } from './template.ts'

test('a prompt is split at its places, and space alone is left out', () => {
  assert.deepEqual(piecesOf('Say {{text}}\n{{ language }} now{{text}}'), [
    { text: 'Say ' },
    { input: 'text' },
    { input: 'language' },
    { text: ' now' },
    { input: 'text' },
  ])
})

test('what is no place stays a text', () => {
  for (const prompt of ['{{Text}}', '{{a b}}', '{ {text} }', '{{}}', '{{text}'])
    assert.deepEqual(piecesOf(prompt), [{ text: prompt }])
})
