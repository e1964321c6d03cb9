import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { test } from 'node:test'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { giveMemoryBack, growingPercentOf } from './give-back.ts'

test('what nobody holds is collected at once, and nobody else is given the means to', async () => {
  const left = new WeakRef(new Array(100_000).fill({}))
  await nextTurn()
  giveMemoryBack()
  assert.equal(left.deref(), undefined)
  assert.equal(typeof gc, 'undefined')
})

test('a small heap may grow by as much as a middling one, and a large one by half of itself', () => {
  const mebibyte = 1_024 * 1_024
  assert.equal(growingPercentOf(10 * mebibyte), 480)
  assert.equal(growingPercentOf(5 * mebibyte), 500)
  assert.equal(growingPercentOf(24 * mebibyte), 200)
  assert.equal(growingPercentOf(48 * mebibyte), 100)
  assert.equal(growingPercentOf(2_000 * mebibyte), 50)
})

test('V8 still knows what it is told: another name would be passed over in silence', () => {
  const known = execFileSync(process.execPath, ['--v8-options'], { encoding: 'utf8' })
  for (const flag of ['heap-growing-percent', 'memory-reducer-favors-memory'])
    assert.match(known, new RegExp(`^ +--${flag} `, 'm'))
})
