import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Dialect } from '#/chat/api.ts'
import type { JsonObject, JsonValue } from '#/core/json.ts'
import { Refusal } from '#/core/refusal.ts'
import { isOwnWord, mediaTypeOfDataUrl, statedMediaType } from './fields.ts'
import { anthropicMessages, dialects, openaiChat } from './index.ts'

const good: JsonObject = { model: 'west', max_tokens: 9, messages: [{ role: 'user', content: 'Go.' }] }

/** The field a refusal names; undefined when the body is read. */
function refusedField(dialect: Dialect, body: JsonObject): string | undefined {
  try {
    dialect.read(body)
    return undefined
  } catch (error) {
    assert.ok(error instanceof Refusal && error.code === 'request-invalid', String(error))
    assert.equal(error.status, 400)
    return error.facts['field'] as string
  }
}

const withMessage = (more: JsonObject): JsonObject => ({
  ...good,
  messages: [{ role: 'user', content: 'Go.', ...more }],
})

/** Wrong values of fields both dialects have, and the field that is named. */
const wrong: readonly (readonly [string, JsonObject])[] = [
  ...(
    [undefined, null, '', 5, {}, ['m'], 'a b', 'a\r\nb', 'schlüssel', 'x'.repeat(201), 'a\0'] as JsonValue[]
  ).map((model) => ['model', { ...good, model }] as const),
  ...(['true', 1, {}, []] as JsonValue[]).map((stream) => ['stream', { ...good, stream }] as const),
  ...(['9', -1, 0.5, {}, Number.POSITIVE_INFINITY] as JsonValue[]).map(
    (max) => ['max_tokens', { ...good, max_tokens: max }] as const,
  ),
  ...([undefined, null, [], {}, 'Go.', 5] as JsonValue[]).map(
    (messages) => ['messages', { ...good, messages }] as const,
  ),
  ['messages', { ...good, messages: Array.from({ length: 10_001 }, () => ({ role: 'user', content: 'a' })) }],
  ...(['Go.', null, 5, []] as JsonValue[]).map((each): [string, JsonObject] => [
    'messages.0',
    { ...good, messages: [each] },
  ]),
  ...([undefined, null, '', 'User', 'root', 'user ', 5, ['user'], 'constructor'] as JsonValue[]).map(
    (role) => ['messages.0.role', withMessage({ role })] as const,
  ),
  ...([undefined, null, 5, true, {}] as JsonValue[]).map(
    (content) => ['messages.0.content', withMessage({ content })] as const,
  ),
  ...(['Go.', null, 5, {}, { type: 5 }, { text: 'a' }, []] as JsonValue[]).map(
    (part) =>
      ['messages.0.content.1', withMessage({ content: [{ type: 'text', text: 'a' }, part] })] as const,
  ),
  ...(['text', {}, 5] as JsonValue[]).map((tools) => ['tools', { ...good, tools }] as const),
  ...(['text', null, 5, []] as JsonValue[]).map((tool): [string, JsonObject] => [
    'tools.0',
    { ...good, tools: [tool] },
  ]),
  ...([undefined, null, 5, {}, ['a']] as JsonValue[]).map(
    (text) => ['messages.0.content.0.text', withMessage({ content: [{ type: 'text', text }] })] as const,
  ),
  ...(['hot', true, {}, [1]] as JsonValue[]).flatMap((value) => [
    ['temperature', { ...good, temperature: value }] as const,
    ['top_p', { ...good, top_p: value }] as const,
  ]),
  ...(['text', 5, []] as JsonValue[]).map((metadata) => ['metadata', { ...good, metadata }] as const),
  ['service_tier', { ...good, service_tier: 5 }],
]

for (const dialect of dialects) {
  test(`${dialect.name}: a field that is wrong is named`, () => {
    assert.equal(refusedField(dialect, good), undefined)
    for (const [field, body] of wrong) {
      const source = (JSON.stringify(body) ?? '').slice(0, 200)
      assert.equal(refusedField(dialect, body), field, source)
    }
  })

  test(`${dialect.name}: no refusal repeats what was sent`, () => {
    const text = 'my own words'
    for (const body of [
      { ...good, model: text },
      { ...good, stream: text },
      withMessage({ role: text }),
      { ...good, tools: text },
      { ...good, max_tokens: text },
    ]) {
      assert.throws(
        () => dialect.read(body),
        (error: Refusal) => !JSON.stringify([error.message, error.facts, error.remedies]).includes(text),
      )
    }
  })

  test(`${dialect.name}: what is asked for is read`, () => {
    const { model, isStream, maxOutputTokens, body } = dialect.read({ ...good, stream: true })
    assert.deepEqual([model, isStream, maxOutputTokens], ['west', true, 9])
    assert.equal(body['model'], 'west')
    for (const stream of [false, null, undefined])
      assert.equal(dialect.read({ ...good, stream } as JsonObject).isStream, false)
  })
}

test('openai: calls must be a list, answers at once are few, and an assistant may say nothing', () => {
  for (const calls of ['text', {}, 5])
    assert.equal(
      refusedField(openaiChat, withMessage({ role: 'assistant', tool_calls: calls })),
      'messages.0.tool_calls',
    )
  for (const n of [9, 0, 'x', 1.5]) assert.equal(refusedField(openaiChat, { ...good, n }), 'n')
  for (const n of [null, 1, 8]) assert.equal(refusedField(openaiChat, { ...good, n }), undefined)
  for (const content of [null, 'text', []])
    assert.equal(refusedField(openaiChat, withMessage({ role: 'assistant', content })), undefined)
})

test('openai: the newer name of the limit counts before the older', () => {
  assert.equal(openaiChat.read({ ...good, max_completion_tokens: 7 }).maxOutputTokens, 7)
  assert.equal(refusedField(openaiChat, { ...good, max_completion_tokens: 'x' }), 'max_completion_tokens')
})

test('anthropic: a system prompt is a text, blocks, or nothing', () => {
  for (const system of [5, {}, true])
    assert.equal(refusedField(anthropicMessages, { ...good, system }), 'system')
  assert.equal(refusedField(anthropicMessages, { ...good, system: ['text'] }), 'system.0')
  for (const system of [null, '', 'Be brief.', []])
    assert.equal(refusedField(anthropicMessages, { ...good, system }), undefined)
  assert.equal(refusedField(anthropicMessages, withMessage({ role: 'tool' })), 'messages.0.role')
})

test('media types come from a closed list: what a client states is a text of its own', () => {
  for (const known of ['image/png', 'IMAGE/PNG', ' application/pdf ']) {
    assert.equal(statedMediaType(known), known.trim().toLowerCase())
  }
  for (const other of ['', 'ines/halvard', 'image/png; name=x', 'image/x-secret', undefined, null, 5, {}])
    assert.equal(statedMediaType(other as JsonValue), 'unknown type')
})

test('an address that carries its data is told from one that does not', () => {
  assert.equal(mediaTypeOfDataUrl('data:image/png;base64,AA'), 'image/png')
  assert.equal(mediaTypeOfDataUrl('\n data:text/plain,words'), 'text/plain')
  assert.equal(mediaTypeOfDataUrl('DATA:,words'), 'unknown type')
  assert.equal(mediaTypeOfDataUrl(`data:${'x'.repeat(5_000)}`), 'unknown type')
  for (const url of ['https://x.example.com/data:image/png', 'dat', '', 5, null, {}])
    assert.equal(mediaTypeOfDataUrl(url), undefined)
})

test('an own word of a provider has a length; more is a text', () => {
  for (const value of ['', 'call_1', 'x'.repeat(128), 5, null, true, undefined]) assert.ok(isOwnWord(value))
  for (const value of ['x'.repeat(129), {}, [], ['call_1']]) assert.ok(!isOwnWord(value))
})

for (const dialect of dialects) {
  test(`${dialect.name}: a name that only some readers take for one we rely on is refused`, () => {
    for (const name of ['Model', 'MESSAGES', 'me\u017f\u017fages', 'Stream', 'max_to\u212aens', 'Tools'])
      assert.equal(refusedField(dialect, { ...good, [name]: 'x' }), name.toUpperCase().toLowerCase(), name)
    assert.equal(refusedField(dialect, withMessage({ Role: 'system' })), 'messages.0.role')
    assert.equal(refusedField(dialect, withMessage({ CONTENT: 'x' })), 'messages.0.content')
    assert.equal(
      refusedField(dialect, { ...good, Models: 'x', messages_: 5, metadata: { Model: 'y' } }),
      undefined,
    )
  })
}

test('what a provider would keep is refused in any spelling', () => {
  for (const name of ['Store', 'Previous_Response_Id', '\u017ftore', 'Conversation'])
    assert.equal(refusedField(openaiChat, { ...good, [name]: true }), name.toUpperCase().toLowerCase())
  assert.equal(refusedField(anthropicMessages, { ...good, Container: 'c' }), 'container')
})

test('no tokens at all may be asked for where that fills a cache, and nowhere else', () => {
  const none = { ...good, max_tokens: 0 }
  assert.equal(anthropicMessages.read(none).maxOutputTokens, 0)
  assert.equal(anthropicMessages.conversation(none).maxOutputTokens, 0)
  assert.equal(refusedField(openaiChat, none), 'max_tokens')
})

test('what may be nothing may be null: a list of tools, and what a function gave back', () => {
  for (const dialect of dialects) assert.equal(refusedField(dialect, { ...good, tools: null }), undefined)
  for (const content of [null, undefined] as JsonValue[])
    assert.equal(refusedField(openaiChat, withMessage({ role: 'function', name: 'f', content })), undefined)
  assert.equal(refusedField(openaiChat, withMessage({ role: 'tool', content: null })), 'messages.0.content')
})
