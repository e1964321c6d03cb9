import assert from 'node:assert/strict'
import { EventEmitter, once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { after, test } from 'node:test'
import { Refusal } from '../refusal.ts'
import { ClientGone, Pieces, readBody, takeBody } from './body.ts'

const limits = { bodyMaxBytes: 10, bodyMaxMs: 60_000 }

let heard: (request: IncomingMessage) => void = () => undefined
const server = createServer((request) => heard(request)).listen(0, '127.0.0.1')
after(() => server.closeAllConnections())
after(() => server.close())

/** What a server hears once the event loop has read what there is to read. */
async function ask(head: string, body: string): Promise<{ request: IncomingMessage; socket: Socket }> {
  if (!server.listening) await once(server, 'listening')
  const came = new Promise<IncomingMessage>((resolve) => {
    heard = (request) => setImmediate(resolve, request)
  })
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  socket.on('error', () => undefined)
  socket.write(`POST / HTTP/1.1\r\nhost: a.example.com\r\n${head}\r\n\r\n${body}`)
  return { request: await came, socket }
}

test('a body that is all there is taken at once, also one without a byte', async () => {
  const short = await ask('content-length: 5', 'hello')
  assert.equal(String(takeBody(short.request, limits)), 'hello')
  const chunked = await ask('transfer-encoding: chunked', '2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n')
  assert.equal(String(takeBody(chunked.request, limits)), 'hello')
  const empty = await ask('content-length: 0', '')
  assert.equal(takeBody(empty.request, limits)?.length, 0)
})

test('one that is still on its way is waited for', async () => {
  const { request, socket } = await ask('content-length: 5', 'he')
  assert.equal(takeBody(request, limits), undefined)
  const bytes = readBody(request, limits)
  socket.write('llo')
  assert.equal(String(await bytes), 'hello')
})

test('one that is too long or coded is refused at once', async () => {
  const isRefusal = (code: string) => (error: unknown) => error instanceof Refusal && error.code === code
  const long = await ask('content-length: 11', 'hello world')
  assert.throws(() => takeBody(long.request, limits), isRefusal('body-too-large'))
  const chunked = await ask('transfer-encoding: chunked', 'b\r\nhello world\r\n0\r\n\r\n')
  assert.throws(() => takeBody(chunked.request, limits), isRefusal('body-too-large'))
  const coded = await ask('content-encoding: gzip\r\ncontent-length: 5', 'hello')
  assert.throws(() => takeBody(coded.request, limits), isRefusal('encoding-refused'))
})

test('whoever left before their body was asked for is gone, and nobody waits for the rest', async () => {
  for (const body of ['he', 'hello']) {
    const { request, socket } = await ask('content-length: 5', body)
    socket.destroy()
    await new Promise((resolve) => request.once('close', resolve))
    await assert.rejects(
      async () => takeBody(request, limits) ?? (await readBody(request, limits)),
      ClientGone,
    )
  }
})

test('a body in very many short pieces is put together as it comes, in order, and keeps none of them', async () => {
  const came = Object.assign(new EventEmitter(), { headers: {}, complete: true, destroyed: false })
  const read = readBody(came as unknown as IncomingMessage, { ...limits, bodyMaxBytes: 1_000_000 })
  let expected = ''
  const pieces = Array.from({ length: 30_000 }, (_, at) => {
    const text = at % 500 === 499 ? String(at % 10).repeat(5_000) : `${at},`
    expected += text
    const piece = Buffer.allocUnsafeSlow(text.length)
    piece.write(text)
    came.emit('data', piece)
    // What was copied may change; what is kept until the end may not.
    if (at >= 100 && text.length < 5_000) piece.fill(0)
    return piece
  })
  came.emit('end')
  assert.equal(String(await read), expected)
  assert.ok(pieces.every(({ length }, at) => at < 100 || length === 0 || length < 5_000))
})

test("an answer in very many short pieces is put together as it comes, and what may be somebody else's stays", () => {
  const pieces = new Pieces()
  const long = Buffer.alloc(5_000, 'l')
  pieces.add(long)
  for (let at = 0; at < 200; at++) {
    const piece = Buffer.alloc(1_000, 's')
    pieces.add(piece)
    if (at >= 100) piece.fill(0)
  }
  assert.equal(String(pieces.joined()), 'l'.repeat(5_000) + 's'.repeat(200_000))
  assert.equal(long.length, 5_000)
})
