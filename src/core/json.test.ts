import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inKeyOrder, isJsonObject } from './json.ts'

test('members come in the order of their names, at every depth; lists keep theirs', () => {
  const value = { b: [{ d: 1, c: 2 }, 'x'], a: { z: null, y: undefined } }
  assert.equal(JSON.stringify(inKeyOrder(value)), '{"a":{"z":null},"b":[{"c":2,"d":1},"x"]}')
})

test('equal values have equal texts, however they were written', () => {
  const text = (value: unknown) => JSON.stringify(inKeyOrder(value))
  assert.equal(text({ a: 1, b: { c: 2, d: 3 } }), text({ b: { d: 3, c: 2 }, a: 1 }))
  assert.notEqual(text([1, 2]), text([2, 1]))
})

test('only a plain collection of members is an object', () => {
  assert.equal(isJsonObject({}), true)
  for (const value of [null, [], 'x', 1, undefined]) assert.equal(isJsonObject(value), false)
})
