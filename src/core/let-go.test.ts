import assert from 'node:assert/strict'
import { test } from 'node:test'
import { letGo } from './let-go.ts'

test('bytes that have their memory for themselves give it back at once', () => {
  const bytes = Buffer.allocUnsafeSlow(4_096)
  letGo(bytes)
  assert.equal(bytes.length, 0)
  assert.ok(bytes.buffer instanceof ArrayBuffer && bytes.buffer.detached)
  letGo(bytes)
})

test('a part of something larger stays as it is, and so does what is around it', () => {
  const whole = Buffer.alloc(64, 7)
  letGo(whole.subarray(0, 32))
  assert.equal(whole[63], 7)
  const pooled = Buffer.from('from the pool of Node')
  letGo(pooled)
  assert.equal(pooled.toString(), 'from the pool of Node')
})
