import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { JsonObject } from '#/core/json.ts'
import { processorMs } from '#/core/test-processor-time.ts'
import { renameMembers } from './rename.ts'

const renamed = (holder: JsonObject, names: Readonly<Record<string, string>>): string => {
  renameMembers(holder, new Map(Object.entries(names)))
  return JSON.stringify(holder)
}

test('a member takes its new name in its old place', () => {
  assert.equal(renamed({ a: 1, b: { c: 2 }, d: 3 }, { b: 'x' }), '{"a":1,"x":{"c":2},"d":3}')
})

test('several take theirs at once, also when they swap', () => {
  assert.equal(renamed({ a: 1, b: 2 }, { a: 'b', b: 'a' }), '{"b":1,"a":2}')
})

test('names that become alike are numbered, and nothing is lost', () => {
  assert.equal(renamed({ a: 1, b: 2, c: 3 }, { a: 'x', b: 'x', c: 'x' }), '{"x":1,"x 2":2,"x 3":3}')
})

test('a name that was there before is never taken', () => {
  assert.equal(renamed({ x: 0, a: 1, 'x 2': 2, b: 3 }, { a: 'x', b: 'x' }), '{"x":0,"x 3":1,"x 2":2,"x 4":3}')
})

test('a new name equal to the old one changes nothing', () => {
  assert.equal(renamed({ a: 1, b: 2 }, { a: 'a' }), '{"a":1,"b":2}')
})

test('twenty thousand names masked alike take no longer than a moment', () => {
  const holder: JsonObject = {}
  const names: Record<string, string> = {}
  for (let index = 0; index < 20_000; index++) {
    holder[`person${index}@example.com`] = index
    names[`person${index}@example.com`] = '[EMAIL]'
  }
  const startedAt = processorMs()
  renameMembers(holder, new Map(Object.entries(names)))
  assert.ok(processorMs() - startedAt < 1_000)
  assert.equal(Object.keys(holder).length, 20_000)
  assert.ok(!JSON.stringify(holder).includes('@'))
})
