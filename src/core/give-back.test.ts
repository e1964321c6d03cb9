import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { giveMemoryBack } from './give-back.ts'

test('what nobody holds is collected at once, and nobody else is given the means to', async () => {
  const left = new WeakRef(new Array(100_000).fill({}))
  await nextTurn()
  giveMemoryBack()
  assert.equal(left.deref(), undefined)
  assert.equal(typeof gc, 'undefined')
})
