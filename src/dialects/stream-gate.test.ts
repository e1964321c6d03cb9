import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Dialect, StreamPart } from '#/chat/api.ts'
import { createSseParser } from '#/chat/sse.ts'
import type { JsonObject } from '#/core/json.ts'
import { processorMs } from '#/core/test-processor-time.ts'
import { anthropicMessages, openaiChat } from './index.ts'

/**
 * A gate that holds every text to the end of its slot, as one with strict rules does: whatever a provider sends, in
 * whatever event, the caller gets no text of it before it was judged whole.
 */
function holdBack(dialect: Dialect, events: readonly JsonObject[], judge: (text: string) => string) {
  const reader = dialect.openStream()
  const held = new Map<string, string>()
  const judged: string[] = []
  let sent = ''
  const end = (slot: string): string => {
    const text = held.get(slot)
    held.delete(slot)
    if (text === undefined) return ''
    judged.push(text)
    return judge(text)
  }
  const pass = (part: StreamPart, raw: string): void => {
    const ends = (slot: string): boolean => part.closes === 'all' || part.closes.includes(slot)
    const texts = part.pieces.map(({ slot, text }) => {
      held.set(slot, (held.get(slot) ?? '') + text)
      return ends(slot) ? end(slot) : ''
    })
    for (const slot of part.closes === 'all' ? [...held.keys()] : part.closes) {
      const text = end(slot)
      if (text !== '') sent += reader.release(slot, text)
    }
    const isSame = part.pieces.every(({ text }, index) => text === texts[index])
    sent += isSame ? raw : part.withTexts(texts)
  }
  const stream = events.map((data) => `data: ${JSON.stringify(data)}\n\n`).join('')
  for (const event of createSseParser().push(stream)) pass(reader.read(event), event.raw)
  return { sent, judged, left: [...held.values()] }
}

const secret = 'hidden value'
const mask = (text: string): string => text.replaceAll(secret, '[MASK]')

const chunk = (choice: JsonObject, more: JsonObject = {}): JsonObject => ({
  id: 'c',
  object: 'chat.completion.chunk',
  choices: [{ index: 0, finish_reason: null, ...choice }],
  ...more,
})
const stop = chunk({ delta: {}, finish_reason: 'stop' })
const delta = (more: JsonObject, index = 0): JsonObject => ({
  type: 'content_block_delta',
  index,
  delta: more,
})
const begin = (block: JsonObject, index = 0): JsonObject => ({
  type: 'content_block_start',
  index,
  content_block: block,
})
const blockStop: JsonObject = { type: 'content_block_stop', index: 0 }
const tokens = (...list: string[]): JsonObject => ({ content: list.map((token) => ({ token, logprob: -1 })) })

/** Streams in which the hidden value comes in two pieces, or where few would look. */
const streams: readonly (readonly [string, Dialect, readonly JsonObject[]])[] = [
  [
    'content',
    openaiChat,
    [chunk({ delta: { content: 'a hidden' } }), chunk({ delta: { content: ' value b' } }), stop],
  ],
  [
    'content beside another choice',
    openaiChat,
    [
      chunk({ delta: { content: 'hidden' } }),
      { id: 'c', choices: [{ index: 1, delta: { content: 'other' } }] },
      chunk({ delta: { content: ' value' } }),
      stop,
      { id: 'c', choices: [{ index: 1, delta: {}, finish_reason: 'stop' }] },
    ],
  ],
  [
    'refusal',
    openaiChat,
    [chunk({ delta: { refusal: 'hidden ' } }), chunk({ delta: { refusal: 'value' } }), stop],
  ],
  [
    'reasoning of a kind nobody has heard of',
    openaiChat,
    [chunk({ delta: { musings: 'hidden ' } }), chunk({ delta: { musings: 'value' } }), stop],
  ],
  [
    'content in parts',
    openaiChat,
    [
      chunk({ delta: { content: [{ type: 'thinking', thinking: [{ type: 'text', text: 'hidden' }] }] } }),
      chunk({ delta: { content: [{ type: 'thinking', thinking: [{ type: 'text', text: ' value' }] }] } }),
      chunk({ delta: { content: [{ type: 'text', text: 'so' }] } }),
      chunk({ delta: { content: ' it is' } }),
      stop,
    ],
  ],
  [
    'details of reasoning',
    openaiChat,
    [
      chunk({ delta: { reasoning_details: [{ type: 'reasoning.text', index: 0, text: 'hidden' }] } }),
      chunk({ delta: { reasoning_details: [{ type: 'reasoning.text', index: 0, text: ' value' }] } }),
      stop,
    ],
  ],
  [
    'transcript of a voice',
    openaiChat,
    [
      chunk({ delta: { audio: { id: 'a', transcript: 'hidden' } } }),
      chunk({ delta: { audio: { transcript: ' value' } } }),
      stop,
    ],
  ],
  [
    'log probabilities beside the text',
    openaiChat,
    [
      chunk({ delta: { content: 'hidden' }, logprobs: tokens('hidden') }),
      chunk({ delta: { content: ' value' }, logprobs: tokens(' value', secret) }),
      stop,
    ],
  ],
  [
    'log probabilities after the text',
    openaiChat,
    [
      chunk({ delta: { content: secret } }),
      chunk({ delta: {}, logprobs: tokens('hidden') }),
      chunk({ delta: { content: '' }, logprobs: tokens(' value') }),
      chunk({ delta: {}, finish_reason: 'stop', logprobs: tokens(secret) }),
    ],
  ],
  [
    'arguments as JSON',
    openaiChat,
    [
      chunk({ delta: { tool_calls: [{ index: 0, function: { name: 'f', arguments: '{"a":"hidden' } }] } }),
      chunk({ delta: { tool_calls: [{ index: 0, function: { arguments: ' value"}' } }] } }),
      stop,
    ],
  ],
  [
    'arguments as a value',
    openaiChat,
    [chunk({ delta: { tool_calls: [{ function: { name: 'f', arguments: { id: secret } } }] } }), stop],
  ],
  [
    'annotation',
    openaiChat,
    [chunk({ delta: { annotations: [{ url_citation: { title: secret } }] } }), stop],
  ],
  ['name of a member', openaiChat, [chunk({ delta: {} }, { [secret]: 1 }), stop]],
  ['long id', openaiChat, [chunk({ delta: {} }, { id: `${'x'.repeat(130)} ${secret}` }), stop]],
  [
    'text',
    anthropicMessages,
    [delta({ type: 'text_delta', text: 'hidden' }), delta({ type: 'text_delta', text: ' value' }), blockStop],
  ],
  [
    'text that begins with its block',
    anthropicMessages,
    [begin({ type: 'text', text: 'hidden' }), delta({ type: 'text_delta', text: ' value' }), blockStop],
  ],
  [
    'input as JSON',
    anthropicMessages,
    [
      begin({ type: 'tool_use', id: 't', name: 'f', input: {} }),
      delta({ type: 'input_json_delta', partial_json: '{"a":"hidden' }),
      delta({ type: 'input_json_delta', partial_json: ' value"}' }),
      blockStop,
    ],
  ],
  [
    'input as a value',
    anthropicMessages,
    [begin({ type: 'tool_use', id: 't', name: 'f', input: { name: secret } }), blockStop],
  ],
  [
    'delta nobody has heard of',
    anthropicMessages,
    [
      delta({ type: 'later_delta', musing: 'hidden' }),
      delta({ type: 'later_delta', musing: ' value' }),
      blockStop,
    ],
  ],
  [
    'citation',
    anthropicMessages,
    [delta({ type: 'citations_delta', citation: { cited_text: secret, document_title: secret } }), blockStop],
  ],
  [
    'result of a search',
    anthropicMessages,
    [begin({ type: 'web_search_tool_result', content: [{ title: secret, url: secret }] }), blockStop],
  ],
  ['member of a stop', anthropicMessages, [{ ...blockStop, note: secret }]],
  ['stop sequence', anthropicMessages, [{ type: 'message_delta', delta: { stop_sequence: secret } }]],
  ['event nobody has heard of', anthropicMessages, [{ type: 'later', notes: { deep: [secret] } }]],
  ['last event', anthropicMessages, [{ type: 'message_stop', note: secret }]],
  ['first event', anthropicMessages, [{ type: 'message_start', message: { content: [{ text: secret }] } }]],
]

for (const [what, dialect, events] of streams) {
  test(`${dialect.name}: ${what}: judged whole, and nothing of it passes before`, () => {
    const { sent, judged, left } = holdBack(dialect, events, mask)
    assert.deepEqual(left, [])
    assert.ok(
      judged.some((text) => text.includes(secret)),
      JSON.stringify(judged),
    )
    assert.ok(!sent.includes(secret), sent)
    // Neither in pieces: texts of all events, one behind the other.
    const texts = [
      ...sent.matchAll(
        /"(?:content|refusal|musings?|arguments|text|transcript|partial_json|token)":"((?:[^"\\]|\\.)*)"/g,
      ),
    ]
    assert.ok(
      !texts
        .map(([, text]) => text)
        .join('')
        .includes(secret),
      sent,
    )
  })

  test(`${dialect.name}: ${what}: what was judged fine arrives complete`, () => {
    const { sent } = holdBack(dialect, events, (text) => text)
    const readAgain = (stream: string): string => {
      const reader = dialect.openStream()
      const slots = new Map<string, string>()
      const whole = new Set<string>()
      for (const event of createSseParser().push(stream)) {
        for (const { slot, text } of reader.read(event).pieces) {
          if (slot.startsWith('other')) whole.add(text)
          else if (!slot.endsWith('logprobs')) slots.set(slot, (slots.get(slot) ?? '') + text)
        }
      }
      return JSON.stringify([[...slots.values()].sort(), [...whole].sort()])
    }
    assert.equal(
      readAgain(sent),
      readAgain(events.map((data) => `data: ${JSON.stringify(data)}\n\n`).join('')),
    )
  })
}

test('openai: every event but those whose text was held passes as it came', () => {
  const clean = chunk({ delta: { role: 'assistant' } }, { later: 7, usage: null })
  const { sent } = holdBack(openaiChat, [clean], mask)
  assert.equal(sent, `data: ${JSON.stringify(clean)}\n\n`)
})

test('openai: the finish is known once all choices that began have ended', () => {
  const reader = openaiChat.openStream()
  const finishOf = (index: number, finish: string | null) => {
    const data = JSON.stringify({ choices: [{ index, delta: {}, finish_reason: finish }] })
    return reader.read({ event: undefined, data, raw: '' }).finish
  }
  assert.deepEqual(
    [finishOf(0, null), finishOf(1, null), finishOf(1, 'length'), finishOf(0, 'stop')],
    [undefined, undefined, undefined, 'stop'],
  )
})

test('openai: usage that grows from event to event is taken as the last says', () => {
  const reader = openaiChat.openStream()
  const usageAt = (completion: number) => {
    const data = JSON.stringify({ choices: [], usage: { prompt_tokens: 3, completion_tokens: completion } })
    return reader.read({ event: undefined, data, raw: '' }).usage?.outputTokens
  }
  assert.deepEqual([usageAt(1), usageAt(5)], [1, 5])
  const odd = JSON.stringify({ choices: [], usage: { prompt_tokens: -1, completion_tokens: 'x' } })
  assert.equal(reader.read({ event: undefined, data: odd, raw: '' }).usage, undefined)
})

test('anthropic: usage of the end completes that of the beginning', () => {
  const reader = anthropicMessages.openStream()
  const read = (data: JsonObject) =>
    reader.read({ event: undefined, data: JSON.stringify(data), raw: '' }).usage
  read({
    type: 'message_start',
    message: {
      usage: {
        input_tokens: 9,
        cache_read_input_tokens: 4,
        cache_creation_input_tokens: 2,
        output_tokens: 1,
      },
    },
  })
  assert.deepEqual(
    read({ type: 'message_delta', delta: {}, usage: { input_tokens: null, output_tokens: 30 } }),
    {
      inputTokens: 9,
      outputTokens: 30,
      cacheReadTokens: 4,
      cacheWriteTokens: 2,
    },
  )
})

test('anthropic: a seal passes in its event and is never held; the reasoning it seals is never changed', () => {
  const { sent, judged } = holdBack(
    anthropicMessages,
    [
      begin({ type: 'thinking', thinking: '', signature: '' }),
      delta({ type: 'signature_delta', signature: 'EqQB'.repeat(300) }),
      begin({ type: 'redacted_thinking', data: 'x' }, 1),
    ],
    mask,
  )
  assert.ok(sent.includes('EqQB'.repeat(300)))
  assert.deepEqual(judged, ['x'])
})

test('openai: a stream of more choices than anybody may ask for is unreadable', () => {
  const reader = openaiChat.openStream()
  assert.throws(() => {
    for (let index = 0; index < 1_000; index++)
      reader.read({ event: undefined, data: JSON.stringify({ choices: [{ index, delta: {} }] }), raw: '' })
  }, /more choices/)
})

test('anthropic: an answer of many blocks costs in proportion to their number', () => {
  const reader = anthropicMessages.openStream()
  const read = (data: JsonObject) => reader.read({ event: undefined, data: JSON.stringify(data), raw: '' })
  const startedAt = processorMs()
  for (let index = 0; index < 20_000; index++) {
    read(delta({ type: 'text_delta', text: 'a' }, index))
    assert.deepEqual(read({ ...blockStop, index }).closes, [String(index)])
  }
  assert.ok(processorMs() - startedAt < 2_000)
})
