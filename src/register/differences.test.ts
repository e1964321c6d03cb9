import assert from 'node:assert/strict'
import { test } from 'node:test'
import { differencesOf, mostDifferences } from './differences.ts'

test('what is the same has no difference, in whatever order its fields stand', () => {
  assert.deepEqual(differencesOf({ a: 1, b: { c: [1, 2] } }, { b: { c: [1, 2] }, a: 1 }), [])
})

test('each field is told with what it was and what it is, as deep as both are objects', () => {
  assert.deepEqual(
    differencesOf(
      { title: 'A', facts: { dpa: { is: true, until: '2027-01-01' } }, model: 'm' },
      { title: 'B', facts: { dpa: { is: true } }, aliases: ['x'] },
    ),
    [
      { field: 'aliases', after: ['x'] },
      { field: 'facts.dpa.until', before: '2027-01-01' },
      { field: 'model', before: 'm' },
      { field: 'title', before: 'A', after: 'B' },
    ],
  )
})

test('items with ids are compared by them, wherever they stand; other lists as a whole', () => {
  const rule = (id: string, action: string) => ({ id, action })
  assert.deepEqual(
    differencesOf(
      { rules: [rule('a', 'mask'), rule('b', 'mask')], people: ['x', 'y'] },
      { rules: [rule('b', 'block'), rule('a', 'mask'), rule('c', 'note')], people: ['y'] },
    ),
    [
      { field: 'people', before: ['x', 'y'], after: ['y'] },
      { field: 'rules.b.action', before: 'mask', after: 'block' },
      { field: 'rules.c', after: rule('c', 'note') },
    ],
  )
})

test('a list that became empty, or something else, is one difference', () => {
  assert.deepEqual(differencesOf({ a: [{ id: 'x' }] }, { a: [] }), [
    { field: 'a', before: [{ id: 'x' }], after: [] },
  ])
  assert.deepEqual(differencesOf({ a: { b: 1 } }, { a: 'b' }), [{ field: 'a', before: { b: 1 }, after: 'b' }])
})

test('no more differences are told than somebody reads', () => {
  const many = (value: number) =>
    Object.fromEntries(Array.from({ length: 2_000 }, (_, index) => [`f${index}`, value]))
  assert.equal(differencesOf(many(1), many(2)).length, mostDifferences)
})
