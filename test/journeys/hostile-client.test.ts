import assert from 'node:assert/strict'
import { connect, type Socket } from 'node:net'
import { after, before, test } from 'node:test'
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises'
import { type Company, outcomeOf, startCompany } from '../support/company.ts'

/**
 * Clients that say one thing to us and another to whoever stands before or behind, and clients that leave at any moment.
 * A request is understood in one way or refused, and nothing of it stays behind.
 */

let company: Company
let key: string

before(async () => {
  company = await startCompany({ settings: 'limits: { bodyMaxBytes: 100000, bodyMaxMs: 2000 }' })
  key = (await company.createKey()).key
})
after(() => company.end())

const body = JSON.stringify({ model: 'sim-echo', messages: [{ role: 'user', content: 'hidden' }] })
const openTo = (): Socket =>
  connect(Number(new URL(company.sallyport.url).port), '127.0.0.1').on('error', () => undefined)

/** All that comes back until the server closes, or is silent. */
async function send(text: string): Promise<string> {
  const socket = openTo()
  let told = ''
  socket.on('data', (piece) => (told += piece.toString('latin1')))
  socket.write(text)
  for (let quiet = 0, length = 0; quiet < 10 && !socket.destroyed && !socket.readableEnded; ) {
    await pause(20)
    quiet = told.length === length && told !== '' ? quiet + 1 : 0
    length = told.length
  }
  socket.destroy()
  return told
}

const request = (headers: string, sent: string, credential = key) =>
  `POST /v1/chat/completions HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer ${credential}\r\n${headers}\r\n\r\n${sent}`
const length = `content-length: ${Buffer.byteLength(body)}`
const chunked = `${Buffer.byteLength(body).toString(16)}\r\n${body}\r\n0\r\n\r\n`
const statuses = (told: string): string[] =>
  [...told.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, code]) => code as string)
const seen = async (): Promise<number> => (await company.simulator.seen()).length

/** An exchange may end a moment after its client was told, or has left; one that stays open fails. */
async function noneStaysOpen(what: string): Promise<void> {
  for (let tries = 0; company.sallyport.openExchanges() > 0; tries++) {
    assert.ok(tries < 250, `${what} is still open`)
    await pause(20)
  }
}

const smuggled: readonly (readonly [name: string, request: () => string])[] = [
  ['a length and chunks', () => request(`${length}\r\ntransfer-encoding: chunked`, chunked)],
  ['chunks and a length', () => request(`transfer-encoding: chunked\r\n${length}`, chunked)],
  ['two lengths', () => request(`${length}\r\ncontent-length: 4`, body)],
  ['the same length twice', () => request(`${length}\r\n${length}`, body)],
  ['two lengths in one line', () => request(`${length}, 4`, body)],
  ['a length with a sign', () => request('content-length: +4', body)],
  ['a length in hexadecimal', () => request('content-length: 0x40', body)],
  ['chunks under a name before', () => request('transfer-encoding: xchunked', chunked)],
  ['chunks that are not last', () => request('transfer-encoding: chunked, identity', chunked)],
  ['chunks twice', () => request('transfer-encoding: identity\r\ntransfer-encoding: chunked, gzip', chunked)],
  ['a blank before the colon', () => request(`content-length : ${body.length}`, body)],
  ['a folded length', () => request(`content-length:\r\n ${body.length}`, body)],
  ['a folded header', () => request(`x-a: b\r\n c: d\r\n${length}`, body)],
  ['a return inside a header', () => request(`x-a: b\rx-b: c\r\n${length}`, body)],
  ['a zero inside a header', () => request(`x-a: b\0c\r\n${length}`, body)],
  [
    'a chunk with a size that is none',
    () => request('transfer-encoding: chunked', `zz\r\n${body}\r\n0\r\n\r\n`),
  ],
  [
    'a chunk with a size beyond all',
    () => request('transfer-encoding: chunked', `${'f'.repeat(20)}\r\n${body}`),
  ],
  [
    'a chunk that goes on after its size',
    () => request('transfer-encoding: chunked', `4\r\n${body}\r\n0\r\n\r\n`),
  ],
  ['no host', () => request(length, body).replace('host: 127.0.0.1\r\n', '')],
]

for (const [name, smuggle] of smuggled) {
  test(`${name}: refused, and nothing leaves`, async () => {
    const before = await seen()
    // What a second reader could take for a request of its own.
    const told = await send(
      `${smuggle()}GET /v1/models HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer ${key}\r\n\r\n`,
    )
    assert.match(told, /^(HTTP\/1\.1 4\d\d|$)/, told)
    assert.equal(statuses(told).length <= 1, true, told)
    await noneStaysOpen(name)
    assert.equal(await seen(), before)
  })
}

test('what follows a body is the next request, with an entry of its own', async () => {
  const before = company.sallyport.audit.size()
  const told = await send(request(length, body) + request(length, body))
  assert.deepEqual(statuses(told), ['200', '200'])
  assert.equal(company.sallyport.audit.size(), before + 4)
})

test('the rest of a body that is refused is never taken for a request', async () => {
  const inner = request(length, body)
  const told = await send(request('content-length: 99999', inner, 'sk-foreign'))
  assert.deepEqual(statuses(told), ['401'])
  const large = await send(request('content-length: 200000', inner))
  assert.deepEqual(statuses(large), ['413'])
})

test('bodies that come packed otherwise than with gzip are refused in every spelling, and what is no gzip, too', async () => {
  for (const encoding of ['deflate', 'br', 'identity, gzip', 'gzip, identity', 'x-gzip', 'x']) {
    const told = await send(request(`content-encoding: ${encoding}\r\n${length}`, body))
    assert.deepEqual(statuses(told), ['415'], encoding)
  }
  for (const encoding of ['gzip', 'GZIP']) {
    const told = await send(request(`content-encoding: ${encoding}\r\n${length}`, body))
    assert.deepEqual(statuses(told), ['400'], encoding)
  }
})

const readings: readonly (readonly [string, string])[] = [
  ['a name twice, deep', '{"a":[{"b":{"x":1,"x":2}}],'],
  ['a name twice, in escapes', '{"stream":true,"stre\\u0061m":false,'],
  ['a name that changes the prototype, deep', '{"a":[{"__proto__":{"model":"x"}}],'],
  ['half of a surrogate pair in a name', '{"\\udead":1,'],
  ['a mark before the body', '\ufeff{'],
  ['a number of no JSON', '{"a":01,'],
  ['a number of no JSON, in hexadecimal', '{"a":0x1,'],
  ['NaN', '{"a":NaN,'],
  ['a comment', '{/**/'],
  ['a comma too many', '{,'],
  ['a control character in a string', '{"a":"\u0001",'],
]

for (const [name, start] of readings) {
  test(`${name}: refused, with one entry`, async () => {
    const sent = start + body.slice(1)
    const before = company.sallyport.audit.size()
    const told = await send(request(`content-length: ${Buffer.byteLength(sent)}`, sent))
    assert.deepEqual(statuses(told), ['400'], told)
    assert.equal(company.sallyport.audit.size(), before + 1)
  })
}

test('something behind the body, within its length, is refused', async () => {
  for (const rest of ['\0', '}', ',{}', body]) {
    const told = await send(request(`content-length: ${Buffer.byteLength(body + rest)}`, body + rest))
    assert.deepEqual(statuses(told), ['400'], rest)
  }
})

/** Leaves as soon as the exchange is under way: while its intent is written, or just before or after. */
async function leave(model: string, isStream: boolean, turns: number): Promise<void> {
  const socket = openTo()
  const sent = JSON.stringify({ model, stream: isStream, messages: [{ role: 'user', content: 'hi' }] })
  socket.write(request(`content-length: ${sent.length}`, sent))
  for (let tries = 0; company.sallyport.openExchanges() === 0 && tries < 10_000; tries++) await nextTurn()
  for (let left = turns; left > 0; left--) await nextTurn()
  socket.destroy()
  await noneStaysOpen(`${model}, left ${turns} turns after it began,`)
}

for (const isStream of [true, false]) {
  test(`a client that leaves at any moment is noticed, and the provider is let go (${isStream ? 'stream' : 'whole'})`, async () => {
    for (let turns = 0; turns < 25; turns++) {
      const before = company.sallyport.audit.size()
      await leave('sim-stall', isStream, turns)
      const entry = await company.sallyport.audit.open(before)
      if (entry?.kind === 'refusal') assert.equal(entry.facts.code, 'client-gone')
      else {
        assert.equal((await outcomeOf(company, before)).decision, 'client-gone')
        assert.equal(company.sallyport.audit.size(), before + 2)
      }
    }
  })
}

test('a client that leaves while the answer comes fast leaves nothing behind', async () => {
  for (const isStream of [true, false])
    for (let turns = 0; turns < 25; turns++) await leave('sim-echo', isStream, turns)
})

test('a key that is revoked while its request is on the way in sends nothing', async () => {
  const { id, key: doomed } = await company.createKey({ email: 'emil@example.com' })
  const before = await seen()
  const socket = openTo()
  let told = ''
  socket.on('data', (piece) => (told += piece.toString()))
  socket.write(request(length, body.slice(0, 10), doomed))
  for (let tries = 0; company.sallyport.openExchanges() === 0 && tries < 100; tries++) await pause(5)
  await company.revokeKey(id)
  socket.write(body.slice(10))
  for (let tries = 0; told === '' && tries < 100; tries++) await pause(10)
  assert.match(told, /^HTTP\/1\.1 403/)
  assert.equal(await seen(), before)
  socket.destroy()
})
