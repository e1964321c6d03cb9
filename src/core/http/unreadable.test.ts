import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { after, test } from 'node:test'
import { answerUnreadable } from './unreadable.ts'

const server = createServer((_request, response) => void response.end('fine'))
server.on('clientError', answerUnreadable)
server.listen(0, '127.0.0.1')
await once(server, 'listening')
after(() => server.close())

/** Everything that comes back until the connection closes; each part is written once an answer to the one before has come. */
async function exchange(...parts: readonly string[]): Promise<string> {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  let came = ''
  socket.on('data', (data) => {
    came += String(data)
  })
  for (const [index, part] of parts.entries()) {
    if (index > 0) await once(socket, 'data')
    socket.write(part)
  }
  await once(socket, 'close')
  return came
}

test('a line end inside a header is told with a request id, in words of both dialects', async () => {
  for (const header of ['x-request-id: a\rb', 'x-request-id: a\nEvil b', 'x-sallyport-use-case: a\r\n b']) {
    const answer = await exchange(`POST /v1/messages HTTP/1.1\r\nhost: here\r\n${header}\r\n\r\n`)
    const [head = '', body = ''] = answer.split('\r\n\r\n')
    assert.match(head, /^HTTP\/1\.1 400 Bad Request\r\n/, header)
    const { type, error, request_id } = JSON.parse(body)
    assert.deepEqual([type, error.type, error.code], ['error', 'invalid_request_error', 'http-unreadable'])
    assert.ok(error.message.includes(request_id) && head.includes(`x-request-id: ${request_id}`))
    assert.equal(answer.includes('Evil'), false)
  }
})

test('headers that are too large, and what is no HTTP at all, are told as such', async () => {
  const large = await exchange(`GET / HTTP/1.1\r\nhost: here\r\nx: ${'a'.repeat(70_000)}\r\n\r\n`)
  assert.match(large, /^HTTP\/1\.1 431 [\s\S]*its headers are too large/)
  assert.match(await exchange('garbage\r\n\r\n'), /^HTTP\/1\.1 400 [\s\S]*"http-unreadable"/)
})

test('behind an answer nothing is written that could be taken for a part of it', async () => {
  const answer = await exchange('GET / HTTP/1.1\r\nhost: here\r\n\r\n', 'garbage\r\n\r\n')
  assert.match(answer, /fine/)
  assert.equal(answer.includes('http-unreadable'), false)
})
