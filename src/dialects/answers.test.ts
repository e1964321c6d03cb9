import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Dialect } from '#/chat/api.ts'
import { patchBody } from '#/chat/patch.ts'
import { changeTo, valueIn } from '#/chat/test-edits.ts'
import type { JsonObject, JsonValue } from '#/core/json.ts'
import { anthropicMessages, openaiChat } from './index.ts'

const text = 'the text in question'

const said = (message: JsonObject, more: JsonObject = {}): JsonObject => ({
  id: 'chatcmpl-1',
  object: 'chat.completion',
  created: 1_790_000_000,
  model: 'm',
  system_fingerprint: 'fp',
  choices: [{ index: 0, message: { role: 'assistant', ...message }, finish_reason: 'stop' }],
  ...more,
})
const blocks = (content: JsonValue[], more: JsonObject = {}): JsonObject => ({
  id: 'msg_1',
  type: 'message',
  role: 'assistant',
  model: 'm',
  stop_reason: 'end_turn',
  stop_sequence: null,
  content,
  ...more,
})
const calls = (call: JsonObject): JsonObject => said({ content: null, tool_calls: [call] })

/** Places of an answer with a text, and the channel it is judged in. */
const rows: readonly (readonly [string, Dialect, JsonObject, 'answer' | 'tool-arguments'])[] = [
  ['content', openaiChat, said({ content: text }), 'answer'],
  ['content in parts', openaiChat, said({ content: [{ type: 'text', text }] }), 'answer'],
  ['refusal', openaiChat, said({ content: null, refusal: text }), 'answer'],
  ['reasoning', openaiChat, said({ content: 'a', reasoning_content: text }), 'answer'],
  ['reasoning in parts', openaiChat, said({ content: 'a', reasoning_details: [{ text }] }), 'answer'],
  [
    'annotation',
    openaiChat,
    said({ content: 'a', annotations: [{ url_citation: { title: text } }] }),
    'answer',
  ],
  ['transcript', openaiChat, said({ content: null, audio: { id: 'a', transcript: text } }), 'answer'],
  ['citations of a search', openaiChat, said({ content: 'a' }, { citations: [text] }), 'answer'],
  ['unknown member', openaiChat, said({ content: 'a', later: { deep: [text] } }), 'answer'],
  ['unknown name', openaiChat, said({ content: 'a', [text]: 1 }), 'answer'],
  ['id that is a text', openaiChat, said({ content: 'a' }, { id: `${'x'.repeat(130)} ${text}` }), 'answer'],
  ['id that is an object', openaiChat, said({ content: 'a' }, { id: { deep: text } }), 'answer'],
  [
    'arguments',
    openaiChat,
    calls({ function: { name: 'f', arguments: JSON.stringify({ a: text }) } }),
    'tool-arguments',
  ],
  [
    'arguments that are half',
    openaiChat,
    calls({ function: { name: 'f', arguments: `{"a":"${text}` } }),
    'tool-arguments',
  ],
  [
    'arguments as a value',
    openaiChat,
    calls({ function: { name: 'f', arguments: { name: text } } }),
    'tool-arguments',
  ],
  ['input of a custom tool', openaiChat, calls({ custom: { name: 'f', input: text } }), 'tool-arguments'],
  [
    'call of old',
    openaiChat,
    said({ function_call: { name: 'f', arguments: `{"a":"${text}"}` } }),
    'tool-arguments',
  ],
  ['text', anthropicMessages, blocks([{ type: 'text', text }]), 'answer'],
  ['reasoning', anthropicMessages, blocks([{ type: 'thinking', thinking: text, signature: 'A' }]), 'answer'],
  [
    'citation',
    anthropicMessages,
    blocks([{ type: 'text', text: 'a', citations: [{ cited_text: text }] }]),
    'answer',
  ],
  [
    'input',
    anthropicMessages,
    blocks([{ type: 'tool_use', name: 'f', input: { id: [text] } }]),
    'tool-arguments',
  ],
  [
    'result of a search',
    anthropicMessages,
    blocks([{ type: 'web_search_tool_result', content: [{ title: text }] }]),
    'answer',
  ],
  ['data of another block', anthropicMessages, blocks([{ type: 'later', later: { data: text } }]), 'answer'],
  ['stop sequence', anthropicMessages, blocks([], { stop_sequence: text }), 'answer'],
  ['unknown member', anthropicMessages, blocks([], { later: { deep: text } }), 'answer'],
  ['unknown name', anthropicMessages, blocks([{ type: 'later', [text]: true }]), 'answer'],
]

for (const [what, dialect, body, channel] of rows) {
  test(`${dialect.name}: ${what} of an answer is judged as ${channel}`, () => {
    const found = dialect.readAnswer(body).segments.filter((segment) => valueIn(segment).includes(text))
    assert.equal(found.length, 1)
    assert.equal(found[0]?.channel, channel)
  })

  test(`${dialect.name}: ${what} of an answer can be put right, and nothing else changes`, () => {
    const { segments } = dialect.readAnswer(body)
    const [segment] = segments.filter((each) => valueIn(each).includes(text))
    assert.ok(segment !== undefined)
    if (segment.isFixed) return
    const patched = patchBody(body, [changeTo(segment, valueIn(segment).replace(text, 'CHANGED'))])
    assert.equal(JSON.stringify(patched), JSON.stringify(body).replace(text, 'CHANGED'))
  })
}

test('openai: each choice is judged, and its calls are named', () => {
  const choice = (index: number): JsonObject => ({
    index,
    finish_reason: index === 0 ? 'tool_calls' : 'stop',
    message: {
      role: 'assistant',
      content: `text ${index}`,
      tool_calls: [
        { id: 'c', function: { name: `tool_${index}`, arguments: '{}' } },
        { custom: { name: 'own' } },
      ],
    },
  })
  const answer = openaiChat.readAnswer({ choices: [choice(0), choice(1)] })
  assert.deepEqual(answer.segments.filter(({ part }) => part === 'value').map(valueIn), ['text 0', 'text 1'])
  assert.deepEqual(answer.toolNames, ['tool_0', 'own', 'tool_1', 'own'])
  assert.equal(answer.finish, 'tool_calls')
})

test('a name of a tool that could not stand in the log is left out of it', () => {
  for (const name of ['', 'a b', 'x'.repeat(129), 'a\nb', 5, null, { deep: 'x' }] as JsonValue[]) {
    assert.deepEqual(openaiChat.readAnswer(calls({ function: { name } })).toolNames, [], String(name))
    assert.deepEqual(
      anthropicMessages.readAnswer(blocks([{ type: 'tool_use', name }])).toolNames,
      [],
      String(name),
    )
  }
  const kinds = ['tool_use', 'server_tool_use', 'mcp_tool_use'].map((type) => ({ type, name: 'mcp:find.it' }))
  assert.equal(
    anthropicMessages.readAnswer(blocks([...kinds, { type: 'text', name: 'x' }])).toolNames.length,
    3,
  )
})

test('openai: log probabilities are dropped beside a changed text, in a copy', () => {
  const body: JsonObject = {
    choices: [
      { index: 0, message: { content: 'a' }, logprobs: { content: [{ token: 'a' }] }, later: 1 },
      { index: 1, message: { content: 'b' }, logprobs: null },
      { index: 2, message: { content: 'c' } },
    ],
    later: 2,
  }
  const before = JSON.stringify(body)
  const without = JSON.stringify(openaiChat.withoutEchoes(body))
  assert.equal(JSON.stringify(body), before)
  assert.equal(without, before.replace('{"content":[{"token":"a"}]}', 'null'))
})

test('openai: cached tokens are counted apart from those that were read anew, and never below nothing', () => {
  const usageOf = (usage: JsonValue) => openaiChat.readAnswer(said({ content: 'a' }, { usage })).usage
  assert.deepEqual(
    usageOf({ prompt_tokens: 10, completion_tokens: 2, prompt_tokens_details: { cached_tokens: 4 } }),
    {
      inputTokens: 6,
      outputTokens: 2,
      cacheReadTokens: 4,
      cacheWriteTokens: 0,
    },
  )
  assert.equal(
    usageOf({ prompt_tokens: 3, completion_tokens: 2, prompt_tokens_details: { cached_tokens: 9 } })
      ?.inputTokens,
    0,
  )
  for (const odd of [
    null,
    undefined,
    5,
    {},
    { prompt_tokens: 1 },
    { prompt_tokens: '1', completion_tokens: 2 },
  ])
    assert.equal(usageOf(odd as JsonValue), undefined, JSON.stringify(odd))
})

test('anthropic: the four counts are taken as they are; what is no count counts nothing', () => {
  const usageOf = (usage: JsonValue) => anthropicMessages.readAnswer(blocks([], { usage })).usage
  assert.deepEqual(
    usageOf({
      input_tokens: 5,
      output_tokens: 6,
      cache_read_input_tokens: 7,
      cache_creation_input_tokens: 8,
    }),
    { inputTokens: 5, outputTokens: 6, cacheReadTokens: 7, cacheWriteTokens: 8 },
  )
  assert.deepEqual(usageOf({ input_tokens: 'x', output_tokens: -1, cache_read_input_tokens: 0.5 }), {
    inputTokens: 0,
    outputTokens: 0,
    cacheReadTokens: 0,
    cacheWriteTokens: 0,
  })
  assert.equal(usageOf(null), undefined)
})

test('anthropic: seals are the provider’s own, and reasoning they seal must not change', () => {
  const { segments } = anthropicMessages.readAnswer(
    blocks([
      { type: 'thinking', thinking: 'hm', signature: 'short or long' },
      { type: 'redacted_thinking', data: 'sealed' },
      { type: 'web_search_tool_result', content: [{ encrypted_content: 'sealed', title: 'T' }] },
    ]),
  )
  assert.deepEqual(
    segments.map(({ text: found, isFixed }) => [found, isFixed === true]),
    [
      ['hm', true],
      ['T', false],
    ],
  )
})
