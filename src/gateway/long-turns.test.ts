import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isLong, nextTurn } from './long-turns.ts'

test('what waits already is done before a long exchange goes on', async () => {
  const done: string[] = []
  setImmediate(() => done.push('another exchange'))
  await nextTurn().then(() => done.push('the long one'))
  assert.deepEqual(done, ['another exchange', 'the long one'])
})

test('an exchange of some kilobytes does not wait for a turn, one of a megabyte does', () => {
  assert.equal(isLong({ characters: 16_384 }), false)
  assert.equal(isLong({ characters: 1_000_000 }), true)
})
