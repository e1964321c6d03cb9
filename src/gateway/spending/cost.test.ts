import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chargeOf, costOf, longestAnswerTokens, worstCostOf } from './cost.ts'

const priced = { priceMicroUsdPerMillionTokens: { input: 2_000_000, output: 8_000_000 } }
const unpriced = { priceMicroUsdPerMillionTokens: undefined }
const usage = { inputTokens: 10, outputTokens: 5, cacheReadTokens: 2, cacheWriteTokens: 1 }

test('the worst case is a token for each byte and every answer as long as it may be', () => {
  assert.equal(worstCostOf(priced, 3, { maxOutputTokens: 100, body: {} }), 3 * 2 + 100 * 8)
  assert.equal(worstCostOf(priced, 2, { maxOutputTokens: 100, body: { n: 3 } }), 2 * 2 + 300 * 8)
  const both = { max_completion_tokens: 1, max_tokens: 100 }
  assert.equal(
    worstCostOf(priced, 0, { maxOutputTokens: 1, body: both }),
    100 * 8,
    'a provider may know either',
  )
  const unlimited = worstCostOf(priced, 0, { maxOutputTokens: undefined, body: {} })
  assert.equal(unlimited, longestAnswerTokens * 8)
  assert.equal(worstCostOf(unpriced, 2, { maxOutputTokens: 1, body: {} }), undefined)
})

test('what the provider says is what counts', () => {
  assert.equal(costOf(priced, usage), 13 * 2 + 5 * 8)
  assert.equal(costOf(priced, undefined), undefined)
  assert.equal(chargeOf(priced, 3, { status: 200, how: 'answered', usage, characters: 900 }), 66)
})

test('leaving it unsaid is no way around a budget; what was refused or reached nobody is free', () => {
  const ended = { status: 200, how: 'client-gone', usage: undefined, characters: 30 }
  assert.equal(chargeOf(priced, 6, ended), 2 * 2 + 10 * 8)
  assert.equal(chargeOf(priced, 6, { ...ended, status: 0, how: 'provider-timeout' }), 2 * 2 + 10 * 8)
  assert.equal(chargeOf(priced, 6, { ...ended, status: 429 }), 0)
  assert.equal(chargeOf(priced, 6, { ...ended, status: 0, how: 'provider-unreachable' }), 0)
})

test('what came before an answer was cut is counted, though the provider had said only what it read', () => {
  const begun = { ...usage, outputTokens: 1 }
  for (const how of ['stopped', 'client-gone', 'provider-timeout'])
    assert.equal(chargeOf(priced, 3, { status: 200, how, usage: begun, characters: 900 }), 13 * 2 + 300 * 8)
  const ended = { status: 200, how: 'stopped', usage: { ...usage, outputTokens: 500 }, characters: 900 }
  assert.equal(chargeOf(priced, 3, ended), 13 * 2 + 500 * 8, 'it says more')
})
