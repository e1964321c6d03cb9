import assert from 'node:assert/strict'
import { test } from 'node:test'
import { refusalForFailure, refusalForStatus } from './provider-refusal.ts'

const head = (status: number, retryAfterSeconds?: number) => ({ status, retryAfterSeconds })

test('a busy provider is told as busy, with when it wants to be asked again', () => {
  assert.equal(refusalForStatus(head(429, 7), 'x', '').facts['retryAfterSeconds'], 7)
  assert.equal(refusalForStatus(head(429), 'x', '').code, 'provider-busy')
  assert.equal(refusalForStatus(head(529), 'x', '').code, 'provider-busy')
})

test("a provider that refuses our credential is our trouble, not the caller's", () => {
  for (const status of [401, 403, 408, 500, 503, 302, 204])
    assert.equal(refusalForStatus(head(status), 'x', 'no').code, 'provider-error')
})

test('a provider that refuses the request itself says so with its status, without its words', () => {
  for (const status of [400, 404, 422]) {
    const refusal = refusalForStatus(head(status), 'x', 'no')
    assert.equal(refusal.code, 'provider-refused')
    assert.match(refusal.message, new RegExp(`status ${status}`))
  }
})

test('a code everybody knows is told beside the status', () => {
  const told = (status: number, error: object) =>
    refusalForStatus(head(status), 'x', JSON.stringify({ error: { message: 'secret words', ...error } }))
      .message
  const unsupported = told(400, { code: 'unsupported_parameter', param: 'max_tokens' })
  assert.match(unsupported, /status 400 \(unsupported_parameter: max_tokens\)\.$/)
  assert.match(told(429, { code: 'insufficient_quota' }), /limiting requests \(insufficient_quota\)\.$/)
  assert.match(told(400, { code: 'secret' }), /status 400\.$/)
})

test('a prompt that does not fit is told in the words packages know, without those of the provider', () => {
  const said = [
    'prompt is too long: 210000 tokens > 200000 maximum',
    'input length and `max_tokens` exceed context limit: 190000 + 20000 > 200000',
    '{"error":{"code":"context_length_exceeded"}}',
    "This model's maximum context length is 128000 tokens. However, secret words",
    'Your input exceeds the context window of this model.',
    'the request exceeds the available context size (4096 tokens)',
  ]
  for (const text of said) {
    const refusal = refusalForStatus(head(400), 'x', text)
    assert.equal(refusal.code, 'provider-too-long', text)
    assert.match(refusal.message, /prompt is too long.*exceeds the context window/)
    assert.doesNotMatch(refusal.message, /secret words|\d/)
  }
  assert.equal(refusalForStatus(head(413), 'x', '').code, 'provider-too-long')
  assert.equal(refusalForStatus(head(500), 'x', 'prompt is too long').code, 'provider-error')
})

const facts = { offering: 'x', silenceLimitMs: 1_500, hasBegun: false }
const failure = (code: string) => Object.assign(new Error('secret words'), { code })

test('silence is told with the time it lasted', () => {
  for (const code of ['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'UND_ERR_CONNECT_TIMEOUT']) {
    const refusal = refusalForFailure(failure(code), facts)
    assert.equal(refusal.code, 'provider-timeout')
    assert.match(refusal.message, /1500 ms/)
  }
})

test('a failure before the answer began is an unreachable provider, afterwards a cut answer', () => {
  assert.equal(refusalForFailure(failure('ECONNREFUSED'), facts).code, 'provider-unreachable')
  assert.equal(
    refusalForFailure(failure('UND_ERR_SOCKET'), { ...facts, hasBegun: true }).code,
    'provider-cut',
  )
})

test('the words of a failure are kept as its cause and never shown', () => {
  const refusal = refusalForFailure(failure('ECONNRESET'), facts)
  assert.doesNotMatch(refusal.message, /secret words/)
  assert.match(String(refusal.cause), /secret words/)
})
