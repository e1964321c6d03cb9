import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { test } from 'node:test'
import { endAnswer } from './linger.ts'

/** A server that answers every request at once, whatever of its body still comes. */
async function refusing(context: { after: (end: () => void) => void }): Promise<number> {
  const server = createServer((request, response) => {
    response.writeHead(413, { 'content-length': 7, connection: 'close' })
    endAnswer(request, response, 'too big')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  context.after(() => {
    server.closeAllConnections()
    server.close()
  })
  return (server.address() as AddressInfo).port
}

test('a client that goes on sending reads the whole answer, every time', async (context) => {
  const port = await refusing(context)
  for (let round = 0; round < 20; round++) {
    const socket = connect(port, '127.0.0.1')
    let heard = ''
    socket.on('data', (data) => {
      heard += data
    })
    const closed = once(socket, 'close')
    socket.on('error', (error) => assert.fail(`round ${round}: ${error.message}, after: ${heard}`))
    socket.write('POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 4000000\r\n\r\n')
    for (let sent = 0; sent < 4; sent++) socket.write('y'.repeat(1_000_000))
    await closed
    assert.match(heard, /^HTTP\/1\.1 413 [\s\S]*too big$/)
  }
})

test('a client that never ends its body is let go', async (context) => {
  const port = await refusing(context)
  const socket = connect(port, '127.0.0.1')
  const startedAt = performance.now()
  socket.write('POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 4000000\r\n\r\n')
  socket.resume()
  await once(socket, 'close')
  const tookMs = performance.now() - startedAt
  assert.ok(tookMs > 1_000 && tookMs < 10_000, `${tookMs}`)
})

test('a request that came whole is answered as usual', async (context) => {
  const port = await refusing(context)
  const response = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: 'small' })
  assert.equal(response.status, 413)
  assert.equal(await response.text(), 'too big')
})
