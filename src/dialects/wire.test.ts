import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ChatEvent, ErrorFacts } from '#/chat/api.ts'
import { anthropicMessages, openaiChat } from './index.ts'

/** The wire as its clients read it, written out: what the packages of the vendors are built for. */

const usage = { inputTokens: 5, outputTokens: 2, cacheReadTokens: 3, cacheWriteTokens: 1 }
const facts = { id: 'r1', model: 'west', createdAtMs: 1_790_000_000_500 }

const events: readonly ChatEvent[] = [
  { kind: 'text', text: 'Hi' },
  { kind: 'tool-call', id: 'call_1', name: 'find' },
  { kind: 'tool-arguments', id: 'call_1', text: '{"a":1}' },
  { kind: 'end', finish: 'tool-calls', usage },
]

test('openai: a stream of chunks, its usage in one of its own, and its end', () => {
  const writer = openaiChat.openWriter({ ...facts, includeUsage: true })
  const head = '"id":"chatcmpl-r1","created":1790000000,"model":"west","object":"chat.completion.chunk"'
  assert.deepEqual(
    events.map((event) => writer.event(event)),
    [
      `data: {${head},"choices":[{"index":0,"delta":{"role":"assistant","content":"Hi"},"finish_reason":null}],"usage":null}\n\n`,
      `data: {${head},"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"call_1","type":"function","function":{"name":"find","arguments":""}}]},"finish_reason":null}],"usage":null}\n\n`,
      `data: {${head},"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{\\"a\\":1}"}}]},"finish_reason":null}],"usage":null}\n\n`,
      `data: {${head},"choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}],"usage":null}\n\n` +
        `data: {${head},"choices":[],"usage":{"prompt_tokens":9,"completion_tokens":2,"total_tokens":11,"prompt_tokens_details":{"cached_tokens":3}}}\n\n` +
        'data: [DONE]\n\n',
    ],
  )
})

test('openai: who asks for no usage gets none, and no event for it', () => {
  const writer = openaiChat.openWriter({ ...facts, includeUsage: false })
  const stream = events.map((event) => writer.event(event)).join('')
  assert.ok(!stream.includes('usage'))
  assert.ok(stream.endsWith('"finish_reason":"tool_calls"}]}\n\ndata: [DONE]\n\n'))
})

test('openai: a whole answer', () => {
  const writer = openaiChat.openWriter({ ...facts, includeUsage: false })
  for (const event of events) writer.event(event)
  assert.deepEqual(writer.whole(), {
    id: 'chatcmpl-r1',
    object: 'chat.completion',
    created: 1_790_000_000,
    model: 'west',
    choices: [
      {
        index: 0,
        message: {
          role: 'assistant',
          content: 'Hi',
          refusal: null,
          tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'find', arguments: '{"a":1}' } }],
        },
        logprobs: null,
        finish_reason: 'tool_calls',
      },
    ],
    usage: {
      prompt_tokens: 9,
      completion_tokens: 2,
      total_tokens: 11,
      prompt_tokens_details: { cached_tokens: 3 },
    },
  })
})

test('anthropic: a stream of named events, each named in its data too', () => {
  const writer = anthropicMessages.openWriter({ ...facts, includeUsage: false })
  const stream = events.map((event) => writer.event(event)).join('')
  const read = [...stream.matchAll(/event: (.*)\ndata: (.*)\n\n/g)].map(([, name, data]) => {
    const parsed = JSON.parse(data ?? '') as Record<string, unknown>
    assert.equal(parsed['type'], name)
    return parsed
  })
  assert.deepEqual(read, [
    {
      type: 'message_start',
      message: {
        id: 'msg_r1',
        type: 'message',
        role: 'assistant',
        model: 'west',
        content: [],
        stop_reason: null,
        stop_sequence: null,
        usage: { input_tokens: 0, output_tokens: 0 },
      },
    },
    { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
    { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Hi' } },
    { type: 'content_block_stop', index: 0 },
    {
      type: 'content_block_start',
      index: 1,
      content_block: { type: 'tool_use', id: 'call_1', name: 'find', input: {} },
    },
    { type: 'content_block_delta', index: 1, delta: { type: 'input_json_delta', partial_json: '{"a":1}' } },
    { type: 'content_block_stop', index: 1 },
    {
      type: 'message_delta',
      delta: { stop_reason: 'tool_use', stop_sequence: null },
      usage: {
        input_tokens: 5,
        output_tokens: 2,
        cache_read_input_tokens: 3,
        cache_creation_input_tokens: 1,
      },
    },
    { type: 'message_stop' },
  ])
})

const refusal: ErrorFacts = {
  status: 403,
  code: 'role-missing',
  message: 'This needs another role.',
  field: 'model',
  remedies: [{ id: 'ask', text: 'Ask an owner.' }],
  requestId: 'req_1',
  userAgent: '',
}
const message = 'This needs another role. What works now: Ask an owner. (request req_1)'

test('openai: an error in its envelope', () => {
  const { status, headers, body } = openaiChat.writeError(refusal)
  assert.equal(status, 403)
  assert.deepEqual(headers, { 'x-request-id': 'req_1', 'x-should-retry': 'false' })
  assert.deepEqual(JSON.parse(body), {
    error: {
      message,
      type: 'permission_error',
      param: 'model',
      code: 'role-missing',
      remedies: refusal.remedies,
      request_id: 'req_1',
    },
  })
  assert.equal(openaiChat.writeStreamError(refusal), `data: ${body}\n\n`)
})

test('anthropic: an error in its envelope', () => {
  const { status, headers, body } = anthropicMessages.writeError(refusal)
  assert.equal(status, 403)
  assert.deepEqual(headers, { 'x-request-id': 'req_1', 'request-id': 'req_1', 'x-should-retry': 'false' })
  assert.deepEqual(JSON.parse(body), {
    type: 'error',
    error: {
      type: 'permission_error',
      message,
      details: { error_code: 'role-missing' },
      field: 'model',
      remedies: refusal.remedies,
    },
    request_id: 'req_1',
  })
  assert.equal(anthropicMessages.writeStreamError(refusal), `event: error\ndata: ${body}\n\n`)
})

test('several ways on are told one after the other', () => {
  const remedies = ['Mask it.', 'Remove it.'].map((text) => ({ id: 'x', text }))
  assert.ok(
    openaiChat
      .writeError({ ...refusal, remedies })
      .body.includes('What works now: Mask it. Or: Remove it. ('),
  )
})

test('models are listed as the packages of the vendors read them', () => {
  const models = [{ id: 'west', createdAtMs: 1_790_000_000_500, ownedBy: 'Tarnwick' }]
  assert.deepEqual(openaiChat.writeModels(models), {
    object: 'list',
    data: [{ id: 'west', object: 'model', created: 1_790_000_000, owned_by: 'Tarnwick' }],
  })
  assert.deepEqual(anthropicMessages.writeModels(models), {
    data: [{ type: 'model', id: 'west', display_name: 'west', created_at: '2026-09-21T14:13:20.500Z' }],
    has_more: false,
    first_id: 'west',
    last_id: 'west',
  })
  assert.deepEqual(anthropicMessages.writeModels([]), {
    data: [],
    has_more: false,
    first_id: null,
    last_id: null,
  })
})
