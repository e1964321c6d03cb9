import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Refusal } from '#/core/refusal.ts'
import { refusalReply } from './reply.ts'

test('a refusal that knows when to come again says so in a header, and no other does', () => {
  const reached = new Refusal('rate-reached', {
    limit: 1,
    setting: 'limits.requestsPerMinute',
    retryAfterSeconds: 20,
  })
  const { status, headers } = refusalReply(reached, 'request-1')
  assert.equal(status, 429)
  assert.deepEqual(headers, { 'retry-after': '20' })
  assert.deepEqual(refusalReply(new Refusal('model-unknown'), 'request-1').headers, {})
})
