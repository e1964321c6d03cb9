import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ChatEvent, Conversation } from '#/chat/api.ts'
import type { Connection, Provider } from './api.ts'
import { answer } from './demo/index.ts'
import { providerOf, providers } from './index.ts'
import { testProvider } from './provider.contract.ts'

type HttpProvider = Extract<Provider, { passes: readonly string[] }>
const httpProviders = providers.filter((each): each is HttpProvider => each.speaks !== 'chat')

const connection: Connection = {
  id: 'west',
  kind: 'compatible',
  url: 'https://models.example.com/v1',
  region: undefined,
  credential: 'key-of-the-company',
  silenceLimitMs: 1_000,
}
const body = { model: 'm', messages: [{ role: 'user', content: 'hi' }], unknown: { kept: true } }
const sent = { body, json: JSON.stringify(body) }

test('kinds are unique, and one that does not exist is told with those that do', () => {
  assert.equal(new Set(providers.map(({ kind }) => kind)).size, providers.length)
  for (const provider of providers) assert.equal(providerOf(provider.kind), provider)
  assert.throws(
    () => providerOf('compatable'),
    /no provider "compatable"; there are compatible, anthropic, demo/,
  )
})

for (const provider of providers) testProvider(provider)

test('anthropic: names of betas pass in both spellings of their day', () => {
  const provider = httpProviders.find(({ kind }) => kind === 'anthropic') as HttpProvider
  for (const beta of [
    'claude-code-20250219',
    'prompt-caching-2024-07-31',
    'max-tokens-3-5-sonnet-2024-07-15',
    'output-128k-2025-02-19',
    'fine-grained-tool-streaming-2025-05-14',
    'interleaved-thinking-2025-05-14',
    'token-efficient-tools-2025-02-19',
    'mcp-client-2025-11-20',
    'oauth-2025-04-20',
  ]) {
    const { headers } = provider.request(sent, connection, { 'anthropic-beta': beta })
    // A limit that is part of a name has three digits; what is longer could be anybody's number.
    assert.equal(headers['anthropic-beta'], beta)
  }
  for (const beta of [
    'context-1m-2025-13-41',
    'context-1m',
    '2025-01-01',
    'a--b-2025-01-01',
    'Ada-2025-01-01',
  ])
    assert.throws(
      () => provider.request(sent, connection, { 'anthropic-beta': beta }),
      { code: 'header-invalid' },
      beta,
    )
})

test('anthropic: both versions and any beta pass; a client that names no version speaks the first', () => {
  const provider = httpProviders.find(({ kind }) => kind === 'anthropic') as HttpProvider
  const versionOf = (headers: Record<string, string>) =>
    provider.request(sent, connection, headers).headers['anthropic-version']
  assert.equal(versionOf({}), '2023-06-01')
  for (const version of ['2023-06-01', '2026-10-21'])
    assert.equal(versionOf({ 'anthropic-version': version }), version)
  const { headers } = provider.request(sent, connection, {
    'anthropic-beta': 'context-1m-2025-08-07, files-api-2025-04-14',
  })
  assert.equal(headers['anthropic-beta'], 'context-1m-2025-08-07,files-api-2025-04-14')
})

const conversation = (text: string, more: Partial<Conversation> = {}): Conversation => ({
  model: 'demo',
  messages: [{ role: 'user', text, toolCalls: [] }],
  tools: [],
  maxOutputTokens: undefined,
  ...more,
})

async function collect(asked: Conversation, signal = new AbortController().signal): Promise<ChatEvent[]> {
  const events: ChatEvent[] = []
  for await (const event of answer(asked, signal, 0)) events.push(event)
  return events
}

const textOf = (events: readonly ChatEvent[]): string =>
  events.map((event) => (event.kind === 'text' ? event.text : '')).join('')

test('demo: shows what reached it, with stand-ins written so that nothing puts them back', async () => {
  const text = textOf(await collect(conversation('Write to EMAIL_0a5c6f4aae, card [PAYMENT CARD].')))
  assert.match(text, /> Write to EMAIL·0a5c6f4aae, card \[PAYMENT CARD\]\./)
  assert.match(text, /`EMAIL·0a5c6f4aae` is all I got\. In an answer to you it reads: EMAIL_0a5c6f4aae/)
  assert.match(text, /`\[PAYMENT CARD\]` is all I got, and it does not come back/)
})

test('demo: says when nothing was changed, and how much came with it', async () => {
  const messages = ['a', 'b', 'c'].map((text) => ({ role: 'user' as const, text, toolCalls: [] }))
  const text = textOf(await collect(conversation('', { messages })))
  assert.match(text, /Nothing in it was replaced or masked/)
  assert.match(text, /2 earlier messages/)
})

test('demo: calls a tool that is named, with arguments that fit its schema', async () => {
  const tool = {
    name: 'send_mail',
    description: '',
    parameters: {
      type: 'object',
      properties: { to: { type: 'string' }, copies: { type: 'integer' }, kind: { enum: ['a', 'b'] } },
    },
  }
  const events = await collect(conversation('Please send_mail to EMAIL_0a5c6f4aae', { tools: [tool] }))
  assert.deepEqual(events[0], { kind: 'tool-call', id: 'call_demo_1', name: 'send_mail' })
  const source = events.map((event) => (event.kind === 'tool-arguments' ? event.text : '')).join('')
  assert.deepEqual(JSON.parse(source), { to: 'Please send_mail to EMAIL_0a5c6f4aae', copies: 1, kind: 'a' })
  assert.equal(events.at(-1)?.kind, 'end')
})

test('demo: ends at once when it is told to', async () => {
  const controller = new AbortController()
  const events = answer(conversation('x '.repeat(1_000)), controller.signal, 5)
  await events.next()
  controller.abort()
  await assert.rejects(
    async () => {
      for await (const _ of events) assert.ok(true)
    },
    { name: 'AbortError' },
  )
})

test('demo: a very long message is shown in part, and counted', async () => {
  assert.match(textOf(await collect(conversation('word '.repeat(5_000)))), /and 21000 more characters/)
})
