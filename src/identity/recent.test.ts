import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createRecent } from './recent.ts'

test('entries are forgotten after a while', () => {
  let now = 0
  const recent = createRecent<string>({ entries: 10, keptMs: 100, now: () => now })
  recent.set('a', 'one')
  now = 99
  assert.equal(recent.get('a'), 'one')
  now = 100
  assert.equal(recent.get('a'), undefined)
  assert.equal(recent.size(), 0)
})

test('a full map forgets its oldest entry, and setting one again makes it young', () => {
  const recent = createRecent<number>({ entries: 2, keptMs: 100, now: () => 0 })
  recent.set('a', 1)
  recent.set('b', 2)
  recent.set('a', 3)
  recent.set('c', 4)
  assert.deepEqual([recent.get('a'), recent.get('b'), recent.get('c')], [3, undefined, 4])
  assert.equal(recent.size(), 2)
})

test('what is taken is gone', () => {
  const recent = createRecent<number>({ entries: 2, keptMs: 100, now: () => 0 })
  recent.set('a', 1)
  assert.equal(recent.take('a'), 1)
  assert.equal(recent.take('a'), undefined)
})
