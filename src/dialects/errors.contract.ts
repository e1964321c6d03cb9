import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Dialect, ErrorFacts, StreamPart } from '#/chat/api.ts'
import { createSseParser } from '#/chat/sse.ts'

/** What every dialect promises of its errors. */

const facts: ErrorFacts = {
  status: 400,
  code: 'finding-blocked',
  message: 'The request holds a card number.',
  field: 'messages.0.content',
  remedies: [
    { id: 'mask-and-send', text: 'Send it masked.' },
    { id: 'remove-text', text: 'Remove it.' },
  ],
  requestId: 'req_0123456789',
  userAgent: 'OpenAI/JS 7.57.0',
}

const hear = (dialect: Dialect, stream: string): { readonly parts: readonly StreamPart[] } => {
  const reader = dialect.openStream()
  return {
    parts: createSseParser()
      .push(stream)
      .map((event) => reader.read(event)),
  }
}

export function testErrors(dialect: Dialect): void {
  const { name } = dialect

  test(`${name}: an error has the sentence, the code, the field, the remedies and the request id`, () => {
    const { status, headers, body } = dialect.writeError(facts)
    assert.equal(status, 400)
    assert.equal(headers['x-request-id'], facts.requestId)
    const { error } = JSON.parse(body) as { error: { message: string; type: string; remedies: unknown } }
    assert.equal(error.type, 'invalid_request_error')
    assert.deepEqual(error.remedies, facts.remedies)
    assert.ok(error.message.startsWith(facts.message))
    for (const text of ['Send it masked.', 'Remove it.', facts.requestId])
      assert.ok(error.message.includes(text))
    assert.ok(body.includes('"finding-blocked"') && body.includes('"messages.0.content"'))
  })

  test(`${name}: nobody is told to try again what will not change; everybody else may`, () => {
    for (const status of [400, 401, 402, 403, 404, 409, 413, 501]) {
      assert.equal(
        dialect.writeError({ ...facts, status }).headers['x-should-retry'],
        'false',
        String(status),
      )
    }
    for (const status of [408, 429, 500, 502, 503, 504]) {
      assert.equal(
        dialect.writeError({ ...facts, status }).headers['x-should-retry'],
        undefined,
        String(status),
      )
    }
  })

  test(`${name}: when to ask again is told with what may be asked again`, () => {
    const told = (status: number) => dialect.writeError({ ...facts, status, retryAfterSeconds: 7 }).headers
    assert.equal(told(429)['retry-after'], '7')
    assert.equal(told(400)['retry-after'], undefined)
    assert.equal(dialect.writeError({ ...facts, status: 429 }).headers['retry-after'], undefined)
  })

  test(`${name}: what is spent for a day is not tried again, though its status says that it may be`, () => {
    const told = (code: string) => dialect.writeError({ ...facts, status: 429, code }).headers
    assert.equal(told('rate-reached')['x-should-retry'], undefined)
    for (const code of ['key-budget-spent', 'log-quota-spent'])
      assert.equal(told(code)['x-should-retry'], 'false', code)
  })

  test(`${name}: claude-cli gets its 400, and a spent budget, as a 429 that says not to try again; nobody else does`, () => {
    const told = dialect.writeError({ ...facts, userAgent: 'claude-cli/2.1.330 (external, cli)' })
    assert.equal(told.status, 429)
    assert.equal(told.headers['x-should-retry'], 'false')
    const spent = dialect.writeError({ ...facts, status: 402, userAgent: 'claude-cli/2.1.330' })
    assert.deepEqual([spent.status, spent.headers['x-should-retry']], [429, 'false'])
    for (const userAgent of ['', 'not-claude-cli/1', 'OpenAI/JS 7', 'claude-cli', ' claude-cli/2'])
      assert.equal(dialect.writeError({ ...facts, userAgent }).status, 400, userAgent)
    for (const status of [401, 403, 413, 500])
      assert.equal(dialect.writeError({ ...facts, status, userAgent: 'claude-cli/2' }).status, status)
  })

  test(`${name}: a prompt that is too long is a 400 for claude-cli, too, which shortens it then`, () => {
    const told = dialect.writeError({ ...facts, code: 'provider-too-long', userAgent: 'claude-cli/2.1.332' })
    assert.deepEqual([told.status, told.headers['x-should-retry']], [400, 'false'])
  })

  test(`${name}: every status has a type its clients know`, () => {
    for (const status of [400, 401, 402, 403, 404, 405, 408, 409, 413, 415, 429, 500, 502, 503, 504]) {
      const { error } = JSON.parse(dialect.writeError({ ...facts, status }).body) as {
        error: { type: string }
      }
      assert.match(error.type, /^[a-z_]+$/)
      if (status >= 500) assert.match(error.type, /^(api_error|timeout_error)$/)
      if (status === 401) assert.equal(error.type, 'authentication_error')
      if (status === 429) assert.equal(error.type, 'rate_limit_error')
    }
  })

  test(`${name}: an error without field or remedies has none`, () => {
    const { body } = dialect.writeError({ ...facts, field: undefined, remedies: [] })
    assert.ok(!body.includes('What works now'))
    assert.ok(!body.includes('messages.0.content'))
  })

  test(`${name}: signs that could end a line or a text are written so that they do not`, () => {
    const message = 'a\r\ndata: {"x":1}\n\nevent: message_stop "'
    const written = dialect.writeStreamError({ ...facts, message })
    const events = createSseParser().push(written)
    assert.equal(events.length, 1)
    const { error } = JSON.parse(events[0]?.data ?? '') as { error: { message: string } }
    assert.ok(error.message.startsWith(message))
  })

  test(`${name}: an error within a stream is read as one, and is not followed by an end`, () => {
    const { parts } = hear(dialect, dialect.writeStreamError(facts))
    assert.deepEqual(
      parts.map(({ isError, isEnd }) => [isError, isEnd]),
      [[true, false]],
    )
  })

  test(`${name}: models are listed with what clients read of them`, () => {
    const models = ['west', 'auto'].map((id) => ({ id, createdAtMs: 1_790_000_000_000, ownedBy: 'example' }))
    const { data } = dialect.writeModels(models) as { data: { id: string }[] }
    assert.deepEqual(data, models.map(dialect.writeModel))
    assert.deepEqual(
      data.map(({ id }) => id),
      ['west', 'auto'],
    )
    assert.deepEqual((dialect.writeModels([]) as { data: unknown[] }).data, [])
  })
}
