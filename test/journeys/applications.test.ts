import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import Anthropic from '@anthropic-ai/sdk'
import OpenAI from 'openai'
import { type Company, startCompany } from '../support/company.ts'

/** Applications: the real SDKs, whole and streamed, with tool calls, through to a provider of the same dialect. */

let company: Company
let key: string
const openai = () => new OpenAI({ apiKey: key, baseURL: `${company.sallyport.url}/v1`, maxRetries: 0 })
const anthropic = () => new Anthropic({ apiKey: key, baseURL: company.sallyport.url, maxRetries: 0 })
const email = 'ines.halvard@tarnwick.example.com'
const iban = 'DE89370400440532013000'

before(async () => {
  company = await startCompany()
  key = (await company.createKey()).key
})
after(() => company.end())

const seen = async () => JSON.stringify((await company.simulator.seen()).at(-1)?.body)

test('openai: a whole answer comes back with the originals, and the provider never saw them', async () => {
  const answer = await openai().chat.completions.create({
    model: 'sim-echo',
    messages: [{ role: 'user', content: `Write to ${email} about ${iban}.` }],
  })
  assert.match(answer.choices[0]?.message.content ?? '', new RegExp(`${email}.*${iban}`))
  const sent = await seen()
  assert.doesNotMatch(sent, new RegExp(`${email}|${iban}`))
  assert.match(sent, /EMAIL_\w{8}/)
})

test('openai: a streamed answer comes back whole, also when every token is split over events', async () => {
  const stream = await openai().chat.completions.create({
    model: 'sim-tokens-split',
    stream: true,
    stream_options: { include_usage: true },
    messages: [{ role: 'user', content: `Please write to ${email} and pay ${iban} now.` }],
  })
  let text = ''
  let usage = 0
  for await (const chunk of stream) {
    text += chunk.choices[0]?.delta.content ?? ''
    usage += chunk.usage?.total_tokens ?? 0
  }
  assert.match(text, new RegExp(`${email}.*${iban}`))
  assert.ok(usage > 0, 'usage comes with the last chunk')
  assert.doesNotMatch(await seen(), new RegExp(email))
})

const openaiTools: OpenAI.ChatCompletionTool[] = [
  {
    type: 'function',
    function: {
      name: 'send_mail',
      description: 'Sends a mail.',
      parameters: { type: 'object', properties: { to: { type: 'string' }, text: { type: 'string' } } },
    },
  },
]

test('openai: tool arguments hold the originals, whole and streamed, and are valid JSON', async () => {
  const messages: OpenAI.ChatCompletionMessageParam[] = [{ role: 'user', content: `Mail ${email} "now".` }]
  const whole = await openai().chat.completions.create({ model: 'sim-tool', messages, tools: openaiTools })
  const call = whole.choices[0]?.message.tool_calls?.[0]
  assert.ok(call?.type === 'function')
  assert.match(JSON.stringify(JSON.parse(call.function.arguments)), new RegExp(email))

  const stream = await openai().chat.completions.create({
    model: 'sim-tool',
    messages,
    tools: openaiTools,
    stream: true,
  })
  let pieces = ''
  for await (const chunk of stream)
    pieces += chunk.choices[0]?.delta.tool_calls?.[0]?.function?.arguments ?? ''
  assert.match(JSON.stringify(JSON.parse(pieces)), new RegExp(email))
})

test('openai: a tool result is inspected like everything else', async () => {
  await openai().chat.completions.create({
    model: 'sim-echo',
    messages: [
      { role: 'user', content: 'Look it up.' },
      {
        role: 'assistant',
        content: null,
        tool_calls: [
          {
            id: 'call_1',
            type: 'function',
            function: { name: 'send_mail', arguments: JSON.stringify({ to: email }) },
          },
        ],
      },
      { role: 'tool', tool_call_id: 'call_1', content: `{"owner":"${email}"}` },
    ],
    tools: openaiTools,
  })
  assert.doesNotMatch(await seen(), new RegExp(email))
})

test('openai: fields we do not know survive, both ways', async () => {
  const answer = await openai().chat.completions.create({
    model: 'sim-echo',
    messages: [{ role: 'user', content: 'hello' }],
    // @ts-expect-error: a field of tomorrow
    field_of_tomorrow: { nested: ['x', 1, null] },
  })
  assert.match(await seen(), /"field_of_tomorrow":\{"nested":\["x",1,null\]\}/)
  assert.equal(answer.object, 'chat.completion')
})

test('openai: a body in which nothing is changed arrives byte for byte; one that is changed, as the same JSON', async () => {
  const written = (content: string) =>
    `{ "messages" : [ {"content":${JSON.stringify(content)},\t"role":"user"}],\n"model":"sim-echo", "top_p": 1.0 }`
  const received = async (text: string) => {
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
    const answer = await fetch(`${company.sallyport.url}/v1/chat/completions`, {
      method: 'POST',
      headers,
      body: text,
    })
    assert.equal(answer.status, 200)
    await answer.arrayBuffer()
    return (await company.simulator.seen()).at(-1)?.text ?? ''
  }
  const plain = written('größer \u{1F600} "quoted"')
  assert.equal(await received(plain), plain)
  const changed = await received(written(`write to ${email}`))
  assert.deepEqual(Object.keys(JSON.parse(changed)), ['messages', 'model', 'top_p'])
  assert.ok(!changed.includes(email) && !changed.includes('\t'))
})

test('openai: the models are listed, auto first', async () => {
  const ids = (await openai().models.list()).data.map(({ id }) => id)
  assert.equal(ids[0], 'auto')
  assert.ok(ids.includes('sim-echo'))
  assert.ok(!ids.includes('claude-sim-echo'), 'what only /v1/messages reaches is listed there')
})

test('openai: one model is told, and one that is none for the caller is an error of the package', async () => {
  assert.equal((await openai().models.retrieve('auto')).owned_by, 'sallyport')
  assert.equal((await openai().models.retrieve('sim-echo')).id, 'sim-echo')
  for (const name of ['claude-sim-echo', 'no-such', 'a/b'])
    await assert.rejects(openai().models.retrieve(name), { status: 404, code: 'model-unknown' }, name)
})

test('anthropic: a whole answer comes back with the originals, and the provider never saw them', async () => {
  const answer = await anthropic().messages.create({
    model: 'claude-sim-echo',
    max_tokens: 500,
    system: `You write for ${email}.`,
    messages: [{ role: 'user', content: [{ type: 'text', text: `Pay ${iban}.` }] }],
  })
  const [block] = answer.content
  assert.ok(block?.type === 'text')
  assert.match(block.text, new RegExp(iban))
  assert.doesNotMatch(await seen(), new RegExp(`${email}|${iban}`))
})

test('anthropic: a streamed answer comes back whole, also when every token is split over events', async () => {
  const message = await anthropic()
    .messages.stream({
      model: 'claude-sim-tokens-split',
      max_tokens: 500,
      messages: [{ role: 'user', content: `Write to ${email} and pay ${iban}.` }],
    })
    .finalMessage()
  const [block] = message.content
  assert.ok(block?.type === 'text')
  assert.match(block.text, new RegExp(`${email}.*${iban}`))
  assert.ok(message.usage.output_tokens > 0)
})

test('anthropic: tool arguments hold the originals, whole and streamed', async () => {
  const asked: Anthropic.MessageCreateParamsNonStreaming = {
    model: 'claude-sim-tool',
    max_tokens: 500,
    tools: [{ name: 'send_mail', input_schema: { type: 'object', properties: { to: { type: 'string' } } } }],
    messages: [{ role: 'user', content: `Mail ${email}.` }],
  }
  const inputOf = (message: Anthropic.Message) =>
    JSON.stringify(message.content.find(({ type }) => type === 'tool_use'))
  assert.match(inputOf(await anthropic().messages.create(asked)), new RegExp(email))
  assert.match(inputOf(await anthropic().messages.stream(asked).finalMessage()), new RegExp(email))
  assert.doesNotMatch(await seen(), new RegExp(email))
})

test('anthropic: both versions and both ways of sending a key are served', async () => {
  for (const version of ['2023-06-01', '2026-10-21']) {
    for (const credential of [{ 'x-api-key': key }, { authorization: `Bearer ${key}` }]) {
      const response = await fetch(`${company.sallyport.url}/v1/messages`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'anthropic-version': version,
          ...credential,
        } as Record<string, string>,
        body: JSON.stringify({
          model: 'claude-sim-echo',
          max_tokens: 50,
          messages: [{ role: 'user', content: 'hi' }],
        }),
      })
      assert.equal(response.status, 200, await response.text())
      const request = (await company.simulator.seen()).at(-1)
      assert.equal(request?.headers['anthropic-version'], version)
    }
  }
})

test('anthropic: the models are listed in its own shape', async () => {
  const page = await anthropic().models.list()
  assert.ok(page.data.some(({ id }) => id === 'claude-sim-echo'))
  assert.ok(!page.data.some(({ id }) => id === 'sim-echo'))
  assert.equal((await anthropic().models.retrieve('claude-sim-echo')).type, 'model')
  await assert.rejects(anthropic().models.retrieve('sim-echo'), { status: 404 })
})

test('our key never reaches a provider', async () => {
  await openai().chat.completions.create({ model: 'sim-echo', messages: [{ role: 'user', content: 'hi' }] })
  assert.ok(!JSON.stringify(await company.simulator.seen()).includes(key))
})

test('what is not served is refused in words a package shows: responses, and a base URL without its /v1', async () => {
  const { url } = company.sallyport
  const told = /What works now: .*\/v1\/chat\/completions/
  await assert.rejects(openai().responses.create({ model: 'sim-echo', input: 'Hello.' }), {
    status: 404,
    code: 'path-unknown',
    message: /POST \/v1\/responses.*chat completions instead of responses/,
  })
  const short = new OpenAI({ apiKey: key, baseURL: url, maxRetries: 0 })
  const messages = [{ role: 'user' as const, content: 'Hello.' }]
  for (const asked of [
    () => short.chat.completions.create({ model: 'sim-echo', messages }),
    () => short.embeddings.create({ model: 'sim-echo', input: 'Hello.' }),
  ])
    await assert.rejects(asked, { status: 404, code: 'path-unknown', message: told })
  const long = new Anthropic({ apiKey: key, baseURL: `${url}/v1`, maxRetries: 0 })
  await assert.rejects(long.messages.create({ model: 'claude-sim-echo', max_tokens: 9, messages }), {
    status: 404,
    message: told,
  })
  const headers = { 'anthropic-version': '2023-06-01', 'x-api-key': key }
  const bare = await fetch(`${url}/messages`, { method: 'POST', headers, body: '{}' })
  const { type, error } = (await bare.json()) as { type: string; error: { type: string; message: string } }
  assert.deepEqual([bare.status, type, error.type], [404, 'error', 'not_found_error'])
  assert.match(error.message, told)
})

test('another method than a path takes is told so, with those it takes, in the shape of the caller', async () => {
  for (const [path, allowed, type] of [
    ['/v1/chat/completions', 'POST', undefined],
    ['/v1/messages', 'POST', 'error'],
    ['/v1/models', 'GET, HEAD', undefined],
  ] as const) {
    const response = await fetch(`${company.sallyport.url}${path}`, {
      method: 'PUT',
      headers: { 'x-api-key': key },
    })
    const body = (await response.json()) as { readonly type?: string; readonly error: { message: string } }
    assert.deepEqual([response.status, response.headers.get('allow'), body.type], [405, allowed, type])
    assert.match(body.error.message, /^This path takes .*\(request req_/)
  }
})

test('a body that is packed with gzip is inspected like any other, and leaves unpacked', async () => {
  const messages = [{ role: 'user', content: `Write to ${email}.` }]
  for (const [path, model] of [
    ['/v1/chat/completions', 'sim-echo'],
    ['/v1/messages', 'claude-sim-echo'],
  ] as const) {
    const headers = { authorization: `Bearer ${key}`, 'content-encoding': 'gzip' }
    const body = gzipSync(JSON.stringify({ model, max_tokens: 9, messages }))
    const answer = await fetch(`${company.sallyport.url}${path}`, { method: 'POST', headers, body })
    assert.equal(answer.status, 200, path)
    assert.match(await answer.text(), new RegExp(email))
    assert.match(await seen(), /Write to EMAIL_\w{8}/)
    const last = (await company.simulator.seen()).at(-1)
    assert.equal(last?.headers['content-encoding'], undefined)
  }
})
