import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Refusal } from './refusal.ts'

test('a refusal keeps its cause and says no more of where it was made than that; a defect does', () => {
  const cause = new Error('the first')
  const refusal = new Refusal('model-unknown', {}, { cause })
  assert.equal(refusal.cause, cause)
  assert.equal(refusal.stack, `Refusal: ${refusal.message}`)
  assert.match(new Refusal('defect').stack ?? '', /refusal\.test\.ts/)
})

test('an error made after a refusal says where it was made', () => {
  const { stackTraceLimit } = Error
  new Refusal('model-unknown')
  assert.equal(Error.stackTraceLimit, stackTraceLimit)
  assert.match(new Error('a defect').stack ?? '', /refusal\.test\.ts/)
})
