import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ChatEvent, Conversation } from '#/chat/api.ts'
import type { JsonObject } from '#/core/json.ts'
import type { Connection, Provider } from './api.ts'

/** What every provider promises. One suite for all of them; each kind of provider has its part. */

type HttpProvider = Extract<Provider, { passes: readonly string[] }>
type InProcessProvider = Extract<Provider, { speaks: 'chat' }>

const credential = 'key-of-the-company'

const connection = (kind: string, more: Partial<Connection> = {}): Connection => ({
  id: 'west',
  kind,
  url: 'https://models.example.com/v1',
  region: undefined,
  credential,
  silenceLimitMs: 1_000,
  ...more,
})

const body: JsonObject = {
  model: 'm',
  stream: true,
  messages: [{ role: 'user', content: 'Grüße 😀 "x"\n' }],
  unknown: { kept: [true, null, 0.5] },
}

/** Headers a client may send that could carry a text, name somebody, or speak for somebody. */
const foreignHeaders = {
  authorization: 'Bearer key-of-the-client',
  'x-api-key': 'key-of-the-client',
  cookie: 'session=abc',
  'x-forwarded-for': '10.0.0.1',
  'user-agent': 'claude-cli/2',
  'x-sallyport-use-case': 'research',
  'openai-organization': 'org-1',
  'x-codex-turn-metadata': '{"workspace":"/home/ada"}',
}

export function testProvider(provider: Provider): void {
  test(`${provider.kind}: its kind can stand in settings and records`, () => {
    assert.match(provider.kind, /^[a-z][a-z0-9-]{0,30}$/)
  })
  if (provider.speaks === 'chat') testInProcess(provider)
  else testHttp(provider)
}

function testHttp(provider: HttpProvider): void {
  const { kind } = provider
  const json = JSON.stringify(body)
  const ask = (more: Partial<Connection> = {}, headers: Readonly<Record<string, string>> = {}) =>
    provider.request({ body, json }, connection(kind, more), headers)

  test(`${kind}: the body goes as it is, with what nobody knows, in its order`, () => {
    assert.equal(ask().body, json)
    const bytes = Buffer.from(json)
    assert.equal(provider.request({ body, json: bytes }, connection(kind), {}).body, bytes)
    assert.equal(ask().headers['content-type'], 'application/json')
  })

  test(`${kind}: the body it is given is not changed`, () => {
    const before = JSON.stringify(body)
    ask()
    assert.equal(JSON.stringify(body), before)
  })

  test(`${kind}: the path starts with a slash and holds nothing of the connection`, () => {
    const { path } = ask()
    assert.match(path, /^\/[a-z0-9/]+$/)
    assert.equal(path, ask({ credential: 'other', url: 'https://other.example.com' }).path)
  })

  test(`${kind}: the credential stands in one header and nowhere else; without one there is none`, () => {
    const { headers, path, body: sent } = ask()
    const holding = Object.entries(headers).filter(([, value]) => value.includes(credential))
    assert.equal(holding.length, 1)
    assert.ok(!path.includes(credential) && !String(sent).includes(credential))
    assert.ok(!Object.keys(headers).some((name) => name.includes(credential)))
    const bare = ask({ credential: undefined }).headers
    assert.deepEqual(
      Object.keys(bare).sort(),
      Object.keys(headers)
        .filter((name) => name !== holding[0]?.[0])
        .sort(),
    )
    for (const value of Object.values(bare)) assert.ok(!value.includes('undefined'))
  })

  test(`${kind}: a probe asks with the credential in one header, and says nothing else`, () => {
    const { path, headers } = provider.probe(connection(kind))
    assert.match(path, /^\/[a-z0-9/]+$/)
    assert.equal(Object.values(headers).filter((value) => value.includes(credential)).length, 1)
    const bare = provider.probe(connection(kind, { credential: undefined })).headers
    assert.equal(Object.keys(bare).length, Object.keys(headers).length - 1)
  })

  test(`${kind}: a credential no header may hold is refused, and not shown`, () => {
    for (const bad of ['one\r\nx-evil: 1', 'one\ntwo', 'one two', 'schlüssel', 'a\0b', '', '\t']) {
      assert.throws(
        () => ask({ credential: bad }),
        (error: Error) => bad.length < 2 || !error.message.includes(bad),
        JSON.stringify(bad),
      )
    }
  })

  test(`${kind}: of a client's headers none travels that it does not list`, () => {
    const { headers } = ask({}, foreignHeaders)
    assert.deepEqual(headers, ask().headers)
    for (const name of provider.passes) assert.equal(name, name.toLowerCase())
  })

  test(`${kind}: no header it lists can carry a text, a number or another header`, () => {
    for (const name of provider.passes) {
      for (const value of [
        '',
        'my card is 4111',
        'a\r\nx-evil: 1',
        'ines@example.com',
        '4111111111111111',
        'card-4111111111111111-2025-01-01',
        'x4111111111111111',
        'x-411-111-111-111-111-1-2025-01-01',
        'ines-halvard',
        'x'.repeat(3_000),
        Array.from({ length: 100 }, (_, index) => `beta-${index % 10}-2025-01-01`).join(','),
      ]) {
        assert.throws(() => ask({}, { [name]: value }), { code: 'header-invalid' }, `${name}: ${value}`)
      }
    }
  })

  test(`${kind}: every header can be sent: small names, printable values`, () => {
    for (const [name, value] of Object.entries(ask().headers)) {
      assert.match(name, /^[a-z][a-z0-9-]*$/)
      assert.match(value, /^[\x20-\x7e]+$/)
    }
  })
}

const asked = (text: string, more: Partial<Conversation> = {}): Conversation => ({
  model: 'm',
  messages: [{ role: 'user', text, toolCalls: [] }],
  tools: [],
  maxOutputTokens: undefined,
  ...more,
})

const tool = {
  name: 'find_person',
  description: '',
  parameters: { type: 'object', properties: { name: { type: 'string' } } },
}

function testInProcess(provider: InProcessProvider): void {
  const { kind } = provider
  const collect = async (conversation: Conversation): Promise<ChatEvent[]> => {
    const events: ChatEvent[] = []
    for await (const event of provider.answer(conversation, new AbortController().signal)) events.push(event)
    return events
  }

  test(`${kind}: an answer ends once, at its end, and says what it used`, async () => {
    for (const conversation of [
      asked('hi'),
      asked(''),
      asked('x', { messages: [] }),
      asked('use the tool', { tools: [tool] }),
    ]) {
      const events = await collect(conversation)
      assert.deepEqual(
        events.map(({ kind: each }, index) => each === 'end' && index < events.length - 1),
        events.map(() => false),
      )
      const end = events.at(-1)
      assert.ok(end?.kind === 'end')
      for (const count of Object.values(end.usage)) assert.ok(Number.isInteger(count) && count >= 0)
    }
  })

  test(`${kind}: a call is opened before its arguments come, and they are JSON`, async () => {
    const events = await collect(asked('find_person EMAIL_0a5c6f4aae', { tools: [tool] }))
    const opened = new Map<string, string>()
    for (const event of events) {
      if (event.kind === 'tool-call') opened.set(event.id, '')
      if (event.kind !== 'tool-arguments') continue
      assert.ok(opened.has(event.id))
      opened.set(event.id, (opened.get(event.id) ?? '') + event.text)
    }
    assert.equal(opened.size, 1)
    for (const source of opened.values())
      assert.deepEqual(JSON.parse(source), { name: 'find_person EMAIL_0a5c6f4aae' })
    const end = events.at(-1)
    assert.ok(end?.kind === 'end' && end.finish === 'tool-calls')
  })

  test(`${kind}: it answers in pieces, and stops when it is told to`, async () => {
    const controller = new AbortController()
    const events = provider.answer(asked('word '.repeat(400)), controller.signal)[Symbol.asyncIterator]()
    assert.equal((await events.next()).value?.kind, 'text')
    controller.abort()
    await assert.rejects(
      async () => {
        while (!(await events.next()).done);
      },
      { name: 'AbortError' },
    )
  })

  test(`${kind}: the conversation it is given is not changed`, async () => {
    const conversation = asked('use the tool', { tools: [tool] })
    const before = JSON.stringify(conversation)
    await collect(conversation)
    assert.equal(JSON.stringify(conversation), before)
  })
}
