import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createInspector } from '#/inspect/index.ts'
import { openNames } from './name-weights.ts'

test('the weights that come with Sallyport find a name, and a verdict kept without them is not used', () => {
  const names = openNames()
  assert.equal(names.find('My name is Anna Keller.').length, 1)
  assert.notEqual(createInspector({ terms: [], names }).version, createInspector({ terms: [] }).version)
})
