import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { after, before, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { type Company, outcomeOf, startCompany } from '../support/company.ts'
import { offeringText, policyText, recordsText, useCaseText } from '../support/records.ts'

/**
 * Providers that break the rules of HTTP or of their own protocol. Each exchange ends, is told about, stands in the log
 * once, and leaves no connection behind.
 */

const silenceLimitMs = 700
const secret = ['41111111', '11111111'].join('')

const head = (type: string, status = '200 OK') =>
  `HTTP/1.1 ${status}\r\ncontent-type: ${type}\r\ntransfer-encoding: chunked\r\n\r\n`
const chunk = (text: string) => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`
const last = '0\r\n\r\n'
const data = (value: unknown) => `data: ${JSON.stringify(value)}\n\n`
const delta = (content: string, finish: string | null = null) =>
  data({ id: 'c', choices: [{ index: 0, delta: content === '' ? {} : { content }, finish_reason: finish }] })
const stream = head('text/event-stream')

/** Connections that are written to without an end. */
const endless = new Set<Socket>()

/** Writes again and again until the other side closes. */
async function endlessly(socket: Socket, text: string, everyMs = 0): Promise<void> {
  endless.add(socket)
  socket.once('close', () => endless.delete(socket))
  while (!socket.destroyed) {
    const goesOn = socket.write(text)
    if (everyMs > 0) await pause(everyMs)
    else if (!goesOn) await drained(socket)
  }
}

const drained = (socket: Socket): Promise<void> =>
  new Promise((resolve) => {
    const go = () => {
      socket.removeListener('drain', go).removeListener('close', go)
      resolve()
    }
    socket.once('drain', go).once('close', go)
  })

const messageStart = data({
  type: 'message_start',
  message: { id: 'm', content: [], usage: { input_tokens: 1 } },
})
const blockText = data({
  type: 'content_block_delta',
  index: 0,
  delta: { type: 'text_delta', text: `card ${secret}` },
})

async function reset(socket: Socket, text: string): Promise<void> {
  socket.write(text)
  await pause(20)
  socket.resetAndDestroy()
}

/** What each model does with its connection, once the request is there. */
const scripts: Readonly<Record<string, (socket: Socket) => unknown>> = {
  page: (socket) => socket.write(head('text/html') + chunk('<html>hello</html>') + last),
  'page-as-json': (socket) => socket.write(head('application/json') + chunk('<html>hello</html>') + last),
  'page-as-stream': (socket) => socket.write(stream + chunk('<html>hello</html>') + last),
  'endless-line': (socket) => {
    socket.write(stream + chunk('data: '))
    return endlessly(socket, chunk('x'.repeat(60_000)))
  },
  'endless-headers': (socket) => {
    socket.write('HTTP/1.1 200 OK\r\n')
    return endlessly(socket, 'x-more: y\r\n')
  },
  'slow-headers': (socket) => {
    socket.write('HTTP/1.1 200 OK\r\n')
    return endlessly(socket, 'x-a: b\r\n', 100)
  },
  'endless-error': (socket) => {
    socket.write(head('application/json', '500 Oops'))
    return endlessly(socket, chunk('internal words '.repeat(1_000)))
  },
  'trickling-error': (socket) => {
    socket.write(head('application/json', '500 Oops') + chunk('y'.repeat(20_000)))
    return endlessly(socket, chunk('z'), 100)
  },
  'endless-after-end': (socket) => {
    socket.write(stream + chunk(`${delta('hello')}${delta('', 'stop')}data: [DONE]\n\n`))
    return endlessly(socket, chunk(delta('more')), 20)
  },
  'endless-text': (socket) => {
    socket.write(stream)
    return endlessly(socket, chunk(delta('x'.repeat(10_000)).repeat(10)))
  },
  'text-after-finish': (socket) =>
    socket.write(stream + chunk(delta('hello', 'stop') + delta(`card ${secret}`)) + last),
  'stopped-in-a-block': (socket) =>
    socket.write(
      stream +
        chunk(
          messageStart + blockText + data({ type: 'message_delta', delta: { stop_reason: 'end_turn' } }),
        ) +
        last,
    ),
  // Where a rule is strict, nothing is passed on that was not read: no comment, no field nobody asked for, no first of two.
  'beside-the-events': (socket) =>
    socket.write(
      stream +
        chunk(
          `: card ${secret}\n${delta('hello')}` +
            `id: ${secret}\nretry: 5\nx: ${secret}\nevent: ${secret}\ndata: {"object":"x"}\n\n` +
            `data: {"object":"card ${secret}","object":"x"}\n\n` +
            `${delta('', 'stop')}: ${secret}\ndata: [DONE]\n\n`,
        ) +
        last,
    ),
  'echoes-of-nothing': (socket) =>
    socket.write(
      head('application/json') +
        chunk(
          JSON.stringify({
            id: 'c',
            choices: [
              {
                index: 0,
                message: { role: 'assistant', content: 'ok' },
                logprobs: { content: [...`card ${secret}`].map((token) => ({ token, logprob: -1 })) },
                finish_reason: 'stop',
              },
            ],
          }),
        ) +
        last,
    ),
  'words-of-its-own': (socket) =>
    socket.write(
      head('application/json') +
        chunk(
          JSON.stringify({
            id: 'c',
            choices: [
              {
                index: 0,
                message: {
                  role: 'assistant',
                  content: 'ok',
                  tool_calls: Array.from({ length: 500 }, (_, index) => ({
                    id: 'c',
                    type: 'function',
                    function: { name: `f${index}`, arguments: '{}' },
                  })),
                },
                finish_reason: `because of ${secret}`,
              },
            ],
            usage: { prompt_tokens: 1e300, completion_tokens: 1e300 },
          }),
        ) +
        last,
    ),
  'short-body': (socket) =>
    socket.end(
      'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 500\r\n\r\n{"choices":[',
    ),
  // Closed in the middle of an answer: with a FIN, and with a reset in the middle of an event or of a body.
  'half-closed': (socket) => socket.end(stream + chunk(delta('hello'))),
  'reset-in-an-event': (socket) => reset(socket, stream + chunk(`${delta('hello')}data: {"choi`)),
  'reset-in-a-body': (socket) => reset(socket, head('application/json') + chunk('{"choices":[')),
  'two-lengths': (socket) =>
    socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}'),
  'odd-status': (socket) =>
    socket.write('HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:9/\r\ncontent-length: 0\r\n\r\n'),
  packed: (socket) =>
    socket.write(
      'HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncontent-encoding: gzip\r\ncontent-length: 3\r\n\r\n\x1f\x8b\x08',
    ),
}

const models = Object.keys(scripts)
const anthropic = new Set(['stopped-in-a-block'])

let company: Company
let key: string
let server: Server
const sockets = new Set<Socket>()
/** The last request as it stood on the wire. */
let received = ''

before(async () => {
  server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket))
    let request = ''
    socket.on('data', (piece) => {
      request += piece.toString('latin1')
      const body = request.indexOf('\r\n\r\n') + 4
      const length = Number(/content-length: (\d+)/i.exec(request)?.[1])
      if (body < 4 || request.length < body + length) return
      const model = /"model":"([a-z-]+)"/.exec(request)?.[1] ?? ''
      received = request
      request = ''
      Promise.resolve(scripts[model]?.(socket)).catch(() => undefined)
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  company = await startCompany({
    connections: `
  hostile: { kind: compatible, url: "http://127.0.0.1:${port}/v1", silenceLimitMs: ${silenceLimitMs} }
  hostile-anthropic: { kind: anthropic, url: "http://127.0.0.1:${port}", silenceLimitMs: ${silenceLimitMs} }`,
    records: recordsText([
      ...models.map((id) =>
        offeringText({ id, connection: anthropic.has(id) ? 'hostile-anthropic' : 'hostile' }),
      ),
      useCaseText('general-assistant', models),
      useCaseText(
        'strict',
        models,
        '\n    rules:\n      - { id: a, title: a, types: [payment-card], action: block, direction: answer, owner: owner@example.com }',
      ),
      policyText(),
    ]),
  })
  key = (await company.createKey()).key
})
after(async () => {
  await company.end()
  for (const socket of sockets) socket.destroy()
  server.close()
})

interface Told {
  readonly status: number
  readonly text: string
  readonly decision: string | undefined
}

async function ask(model: string, isStream: boolean, useCase = 'general-assistant'): Promise<Told> {
  const before = company.sallyport.audit.size()
  const path = anthropic.has(model) ? '/v1/messages' : '/v1/chat/completions'
  const response = await fetch(company.sallyport.url + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'x-sallyport-use-case': useCase },
    body: JSON.stringify({
      model,
      max_tokens: 50,
      stream: isStream,
      messages: [{ role: 'user', content: 'hi' }],
    }),
    signal: AbortSignal.timeout(6_000),
  })
  const text = await response.text()
  const { decision } = await outcomeOf(company, before)
  assert.equal(company.sallyport.audit.size(), before + 2, 'an intent and an outcome')
  assert.equal(company.sallyport.openExchanges(), 0)
  assert.ok(!text.includes('internal words'), text)
  return { status: response.status, text, decision }
}

/** A connection that goes on is closed by us: whoever keeps writing would keep it for ever. */
async function assertHungUp(): Promise<void> {
  for (let tries = 0; endless.size > 0; tries++) {
    assert.ok(tries < 250, 'the connection is still open')
    await pause(20)
  }
}

const ends: readonly (readonly [model: string, isStream: boolean, decision: RegExp, hangsUp?: 'hangs up'])[] =
  [
    ['page', true, /^provider-malformed$/],
    ['page', false, /^provider-malformed$/],
    ['page-as-json', false, /^provider-malformed$/],
    ['page-as-stream', true, /^provider-cut$/],
    ['endless-line', true, /^provider-malformed$/, 'hangs up'],
    ['endless-headers', true, /^provider-unreachable$/, 'hangs up'],
    ['endless-headers', false, /^provider-unreachable$/, 'hangs up'],
    ['slow-headers', true, /^provider-(timeout|unreachable)$/, 'hangs up'],
    ['slow-headers', false, /^provider-(timeout|unreachable)$/, 'hangs up'],
    ['endless-error', true, /^provider-error$/, 'hangs up'],
    ['endless-error', false, /^provider-error$/, 'hangs up'],
    ['trickling-error', true, /^provider-error$/, 'hangs up'],
    ['trickling-error', false, /^provider-error$/, 'hangs up'],
    ['endless-after-end', true, /^answered$/, 'hangs up'],
    ['short-body', false, /^provider-cut$/],
    ['short-body', true, /^provider-malformed$/],
    ['half-closed', true, /^provider-cut$/],
    ['reset-in-an-event', true, /^provider-cut$/],
    ['reset-in-a-body', false, /^provider-cut$/],
    ['two-lengths', false, /^provider-unreachable$/],
    ['two-lengths', true, /^provider-unreachable$/],
    ['odd-status', false, /^provider-error$/],
    ['packed', true, /^provider-(cut|malformed)$/],
    ['packed', false, /^provider-malformed$/],
  ]

for (const [model, isStream, decision, hangsUp] of ends) {
  test(`${model}, ${isStream ? 'stream' : 'whole'}`, async () => {
    const told = await ask(model, isStream)
    assert.match(told.decision ?? '', decision, told.text)
    if (!decision.test('answered')) assert.match(told.text, /provider-/)
    if (hangsUp) await assertHungUp()
  })
}

test('what follows the end marker reaches nobody', async () => {
  const { text } = await ask('endless-after-end', true)
  assert.ok(text.endsWith('data: [DONE]\n\n') && !text.includes('more'), text)
})

test('a text after its choice has ended is judged like any other', async () => {
  const told = await ask('text-after-finish', true, 'strict')
  assert.equal(told.decision, 'answer-blocked')
  assert.ok(!told.text.includes(secret), told.text)
})

test('a stream that ends inside a block that may not be shown is refused, and does not hang', async () => {
  const told = await ask('stopped-in-a-block', true, 'strict')
  assert.equal(told.decision, 'answer-blocked')
  assert.ok(!told.text.includes(secret), told.text)
})

test('under a strict rule nothing passes that was not read', async () => {
  const told = await ask('beside-the-events', true, 'strict')
  assert.equal(told.decision, 'answered', told.text)
  assert.ok(told.text.includes('hello') && told.text.endsWith('data: [DONE]\n\n'), told.text)
  assert.ok(!told.text.includes(secret), told.text)
})

test('under a strict rule log probabilities do not tell what the text does not', async () => {
  const strict = await ask('echoes-of-nothing', false, 'strict')
  assert.equal(strict.decision, 'answered')
  assert.ok(!strict.text.includes('logprob":'), strict.text)
  assert.ok((await ask('echoes-of-nothing', false)).text.includes('logprob":'))
})

test('what a provider says of itself stands in the log only as words and counts', async () => {
  const before = company.sallyport.audit.size()
  const told = await ask('words-of-its-own', false)
  const { finish, usage, tools, costMicroUsd } = await outcomeOf(company, before)
  assert.equal(told.status, 200)
  assert.equal(finish, 'other')
  assert.equal(usage, undefined)
  assert.equal(costMicroUsd, undefined)
  assert.equal(tools?.length, 100)
})

test('a number reaches the provider as it was written, beside a change too', async () => {
  const numbers = '"a":1234567890123456789,"b":[-0,1e400,0.12345678901234567890],"c":9007199254740993'
  const source = '{"id":1234567890123456789,"ratio":1.0,"to":"ines.halvard@example.com"}'
  const call = { id: 'c', type: 'function', function: { name: 'f', arguments: source } }
  const messages = [
    { role: 'user', content: 'hi' },
    { role: 'assistant', content: null, tool_calls: [call] },
    { role: 'tool', tool_call_id: 'c', content: 'done' },
  ]
  await fetch(`${company.sallyport.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}` },
    body: `{"model":"page","metadata":{${numbers}},"messages":${JSON.stringify(messages)}}`,
  }).then((response) => response.text())
  assert.ok(received.includes(`"metadata":{${numbers}}`), received)
  assert.match(
    received,
    /\{\\"id\\":1234567890123456789,\\"ratio\\":1\.0,\\"to\\":\\"EMAIL_[0-9a-f]{10}\\"\}/,
  )
})

test('a client that stops reading is let go, and so is its provider', async () => {
  const before = company.sallyport.audit.size()
  const body = JSON.stringify({
    model: 'endless-text',
    stream: true,
    messages: [{ role: 'user', content: 'hi' }],
  })
  const socket = connect(Number(new URL(company.sallyport.url).port), '127.0.0.1').on(
    'error',
    () => undefined,
  )
  socket.pause()
  socket.write(
    `POST /v1/chat/completions HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer ${key}\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
  )
  assert.equal((await outcomeOf(company, before)).decision, 'client-gone')
  await assertHungUp()
  assert.equal(company.sallyport.openExchanges(), 0)
  socket.destroy()
})
