import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Dialect, StreamPart } from '#/chat/api.ts'
import { createSseParser } from '#/chat/sse.ts'
import { anthropicMessages, openaiChat } from './index.ts'

const event = (data: object, name?: string): string =>
  `${name === undefined ? '' : `event: ${name}\n`}data: ${JSON.stringify(data)}\n\n`

/** Reads a whole stream and gives each event with what it means. */
function read(
  dialect: Dialect,
  text: string,
): { readonly parts: StreamPart[]; readonly release: (slot: string, text: string) => string } {
  const reader = dialect.openStream()
  const parser = createSseParser()
  return { parts: parser.push(text).map((each) => reader.read(each)), release: reader.release }
}

/** Texts by slot, joined over all events. */
function joined(parts: readonly StreamPart[]): Record<string, string> {
  const texts: Record<string, string> = {}
  for (const { pieces } of parts)
    for (const { slot, text } of pieces) texts[slot] = (texts[slot] ?? '') + text
  return texts
}

const chunk = (delta: object, more: object = {}, index = 0) =>
  event({
    id: 'c1',
    object: 'chat.completion.chunk',
    model: 'm',
    choices: [{ index, delta, finish_reason: null, ...more }],
  })

test('openai: texts, refusals and reasoning are joined apart, choice by choice', () => {
  const { parts } = read(
    openaiChat,
    chunk({ role: 'assistant', content: '' }) +
      chunk({ content: 'Hel' }) +
      chunk({ content: 'lo' }) +
      chunk({ content: 'Bye' }, {}, 1) +
      chunk({ reasoning_content: 'why' }) +
      chunk({ refusal: 'no' }),
  )
  assert.deepEqual(joined(parts), {
    '0 content': 'Hello',
    '1 content': 'Bye',
    '0 reasoning_content': 'why',
    '0 refusal': 'no',
  })
})

test('openai: arguments of calls that take turns are joined apart, and are JSON', () => {
  const call = (index: number, text: string, name?: string) =>
    chunk({
      tool_calls: [
        {
          index,
          ...(name ? { id: `call_${index}` } : {}),
          function: { ...(name ? { name } : {}), arguments: text },
        },
      ],
    })
  const { parts } = read(
    openaiChat,
    call(0, '{"a', 'find') + call(1, '{"x', 'send') + call(0, '":1}') + call(1, '":2}'),
  )
  assert.deepEqual(joined(parts), { '0 tool 0': '{"a":1}', '0 tool 1': '{"x":2}' })
  assert.ok(parts.flatMap(({ pieces }) => pieces).every(({ channel }) => channel === 'tool-arguments'))
  assert.deepEqual(
    parts.flatMap(({ toolNames }) => toolNames),
    ['find', 'send'],
  )
})

test('openai: a call in the form before tool_calls is read and released in that form', () => {
  const { parts, release } = read(openaiChat, chunk({ function_call: { name: 'old', arguments: '{"a":1}' } }))
  assert.deepEqual(joined(parts), { '0 function_call': '{"a":1}' })
  const held = JSON.parse(release('0 function_call', '}').slice(6)) as { choices: { delta: object }[] }
  assert.deepEqual(held.choices[0]?.delta, { function_call: { arguments: '}' } })
})

test('openai: a finish closes the slots of its choice, the marker all of them', () => {
  const { parts } = read(
    openaiChat,
    chunk({ content: 'a' }) +
      chunk({ content: 'b' }, {}, 1) +
      chunk({}, { finish_reason: 'stop' }) +
      'data: [DONE]\n\n',
  )
  assert.deepEqual(parts[2]?.closes, ['0 content'])
  assert.equal(parts[2]?.finish, undefined, 'the other choice goes on')
  assert.equal(parts[3]?.finish, 'stop')
  assert.equal(parts[3]?.closes, 'all')
  assert.equal(parts[3]?.isEnd, true)
})

test('openai: usage is read from the event without choices, cached tokens counted apart', () => {
  const usage = { prompt_tokens: 10, completion_tokens: 4, prompt_tokens_details: { cached_tokens: 6 } }
  const { parts } = read(openaiChat, event({ choices: [], usage }))
  assert.deepEqual(parts[0]?.usage, {
    inputTokens: 4,
    outputTokens: 4,
    cacheReadTokens: 6,
    cacheWriteTokens: 0,
  })
})

test('openai: texts nobody has heard of are texts too, whole in their event', () => {
  const text =
    chunk({
      content: 'a',
      annotations: [
        { type: 'url_citation', url_citation: { title: 'Secret plan', url: 'https://x.example.com' } },
      ],
    }) + event({ choices: [], citations: ['https://y.example.com'] })
  const { parts } = read(openaiChat, text)
  const texts = parts.flatMap(({ pieces }) => pieces.map((piece) => piece.text))
  assert.deepEqual(texts.sort(), ['Secret plan', 'a', 'https://x.example.com', 'https://y.example.com'])
  for (const { pieces, closes } of parts) {
    for (const { slot } of pieces) assert.ok(slot === '0 content' || closes.includes(slot), slot)
  }
})

test('openai: a changed event keeps everything but its texts, and loses log probabilities', () => {
  const logprobs = { content: [{ token: 'a', logprob: -1 }] }
  const { parts } = read(
    openaiChat,
    event({ id: 'c1', later: 7, choices: [{ index: 0, delta: { content: 'a' }, logprobs }] }),
  )
  const changed = JSON.parse(parts[0]!.withTexts(['b', 'later']).slice(6)) as object
  assert.deepEqual(changed, {
    id: 'c1',
    later: 7,
    choices: [{ index: 0, delta: { content: 'b' }, logprobs: null }],
  })
})

test('openai: what was held is released in an event like the others, without usage', () => {
  const { release } = read(
    openaiChat,
    event({ id: 'c1', choices: [{ index: 2, delta: { content: 'a' } }], usage: { prompt_tokens: 1 } }),
  )
  assert.deepEqual(JSON.parse(release('2 content', 'tail').slice(6)), {
    id: 'c1',
    choices: [{ index: 2, delta: { content: 'tail' }, finish_reason: null }],
  })
  assert.throws(() => release('9 content', 'x'), /never opened/)
})

test('openai: an error inside the stream is one', () => {
  assert.equal(read(openaiChat, event({ error: { message: 'overloaded' } })).parts[0]?.isError, true)
})

const block = (index: number, delta: object) =>
  event({ type: 'content_block_delta', index, delta }, 'content_block_delta')

test('anthropic: texts, tool input and reasoning are joined block by block', () => {
  const { parts } = read(
    anthropicMessages,
    event({
      type: 'message_start',
      message: { id: 'm', role: 'assistant', content: [], usage: { input_tokens: 5, output_tokens: 1 } },
    }) +
      event({ type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } }) +
      block(0, { type: 'text_delta', text: 'Hel' }) +
      block(0, { type: 'text_delta', text: 'lo' }) +
      event({ type: 'content_block_stop', index: 0 }) +
      event({
        type: 'content_block_start',
        index: 1,
        content_block: { type: 'tool_use', id: 't', name: 'find', input: {} },
      }) +
      block(1, { type: 'input_json_delta', partial_json: '{"a"' }) +
      block(1, { type: 'input_json_delta', partial_json: ':1}' }) +
      block(2, { type: 'thinking_delta', thinking: 'hm' }) +
      block(2, { type: 'signature_delta', signature: 'AAAA' }) +
      event({ type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 9 } }) +
      event({ type: 'message_stop' }),
  )
  assert.deepEqual(joined(parts), { '0': 'Hello', '1': '{"a":1}', '2': 'hm' })
  const pieces = parts.flatMap((part) => part.pieces)
  assert.deepEqual(
    pieces.map(({ slot, channel, isFixed }) => [slot, channel, isFixed]),
    [
      ['0', 'answer', false],
      ['0', 'answer', false],
      ['1', 'tool-arguments', false],
      ['1', 'tool-arguments', false],
      ['2', 'answer', true],
    ],
  )
  assert.deepEqual(parts[4]?.closes, ['0'])
  assert.deepEqual(
    parts.flatMap(({ toolNames }) => toolNames),
    ['find'],
  )
  assert.deepEqual(parts.at(-2)?.usage, {
    inputTokens: 5,
    outputTokens: 9,
    cacheReadTokens: 0,
    cacheWriteTokens: 0,
  })
  assert.equal(parts.at(-2)?.finish, 'end_turn')
  assert.equal(parts.at(-1)?.isEnd, true)
})

test('anthropic: citations and results of server tools are texts, whole in their event', () => {
  const { parts } = read(
    anthropicMessages,
    block(0, {
      type: 'citations_delta',
      citation: { type: 'char_location', cited_text: 'quoted', document_title: 'Plan' },
    }) +
      event({
        type: 'content_block_start',
        index: 1,
        content_block: {
          type: 'web_search_tool_result',
          tool_use_id: 't',
          content: [
            {
              type: 'web_search_result',
              title: 'Hit',
              url: 'https://x.example.com',
              encrypted_content: 'AAAA',
            },
          ],
        },
      }) +
      event({ type: 'something_new', notes: ['new'] }),
  )
  assert.deepEqual(
    parts.flatMap(({ pieces }) => pieces.map(({ text }) => text)),
    ['quoted', 'Plan', 'Hit', 'https://x.example.com', 'new', 'notes'],
  )
  for (const { pieces, closes } of parts) for (const { slot } of pieces) assert.ok(closes.includes(slot))
})

test('anthropic: what was held is released as a delta of its block', () => {
  const { release } = read(anthropicMessages, block(3, { type: 'input_json_delta', partial_json: '{' }))
  assert.equal(
    release('3', '}'),
    'event: content_block_delta\ndata: {"type":"content_block_delta","index":3,"delta":{"type":"input_json_delta","partial_json":"}"}}\n\n',
  )
})

test('a dialect refuses an event it cannot read', () => {
  for (const dialect of [openaiChat, anthropicMessages]) {
    for (const data of ['not json', '[]', '"text"', '']) {
      assert.throws(() => dialect.openStream().read({ event: undefined, data, raw: '' }), data)
    }
  }
})

test('openai: whole answers give every text, tool arguments one by one, and nothing of the provider’s own', () => {
  const answer = openaiChat.readAnswer({
    id: 'chatcmpl-1',
    model: 'm-1',
    citations: ['https://c.example.com'],
    choices: [
      {
        index: 0,
        finish_reason: 'tool_calls',
        logprobs: { content: [{ token: 'Hi' }] },
        message: {
          role: 'assistant',
          content: 'Hi',
          annotations: [{ type: 'url_citation', url_citation: { title: 'T' } }],
          tool_calls: [
            { id: 'call_1', type: 'function', function: { name: 'find', arguments: '{"who":"Ada"}' } },
          ],
        },
      },
    ],
    usage: { prompt_tokens: 1, completion_tokens: 2 },
  })
  assert.deepEqual(
    answer.segments.filter(({ part }) => part === 'value').map(({ text }) => text),
    ['https://c.example.com', 'Hi', 'T', '"who": "Ada"'],
  )
  assert.deepEqual(answer.toolNames, ['find'])
  const without = openaiChat.withoutEchoes(answer.body)
  assert.equal((without['choices'] as { logprobs: unknown }[])[0]?.logprobs, null)
})

test('anthropic: whole answers give every text, reasoning as what must not change', () => {
  const answer = anthropicMessages.readAnswer({
    id: 'msg_1',
    model: 'm-1',
    stop_reason: 'tool_use',
    content: [
      { type: 'thinking', thinking: 'hm', signature: 'AAAA' },
      { type: 'text', text: 'Hi', citations: [{ type: 'x', cited_text: 'quoted', document_title: 'Plan' }] },
      { type: 'tool_use', id: 't', name: 'find', input: { who: 'Ada' } },
    ],
  })
  const values = answer.segments.filter(({ part }) => part === 'value')
  assert.deepEqual(
    values.map(({ text, isFixed, channel }) => [text, isFixed === true, channel]),
    [
      ['hm', true, 'answer'],
      ['Hi', false, 'answer'],
      ['quoted', false, 'answer'],
      ['Plan', false, 'answer'],
      ['"who": "Ada"', false, 'tool-arguments'],
    ],
  )
  assert.equal(answer.usage, undefined)
})
