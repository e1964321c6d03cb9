import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { Refusal } from '../refusal.ts'
import { isGzip, readGzipBody } from './gzip-body.ts'

const limits = { bodyMaxBytes: 1_000, bodyMaxMs: 60_000 }
const server = createServer((request, response) => {
  if (!isGzip(request)) {
    response.end('plain')
    return
  }
  readGzipBody(request, limits).then(
    (body) => response.end(body),
    (error: unknown) => response.end(error instanceof Refusal ? error.code : String(error)),
  )
}).listen(0, '127.0.0.1')
await new Promise((resolve) => server.once('listening', resolve))
after(() => server.close())
after(() => server.closeAllConnections())

const send = async (body: Uint8Array<ArrayBuffer> | string, encoding = 'gzip'): Promise<string> => {
  const { port } = server.address() as AddressInfo
  const headers = { 'content-encoding': encoding }
  return (await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body, headers })).text()
}

test('a packed body is unpacked, whatever the capitals of its coding, also when it comes in two parts', async () => {
  const text = 'Grüße '.repeat(50)
  assert.equal(await send(gzipSync(text)), text)
  assert.equal(await send(gzipSync(text), 'GZIP'), text)
  assert.equal(await send(Buffer.concat([gzipSync('one '), gzipSync('two')])), 'one two')
  assert.equal(await send(gzipSync('')), '')
})

test('only gzip is', async () => {
  for (const encoding of ['deflate', 'br', 'zstd', 'gzip, gzip', 'identity'])
    assert.equal(await send('x', encoding), 'plain', encoding)
})

test('what unpacks to more than a body may have is refused, however short it comes', async () => {
  assert.equal(await send(gzipSync('a'.repeat(1_000))), 'a'.repeat(1_000))
  assert.equal(await send(gzipSync('a'.repeat(1_001))), 'body-too-large')
  assert.equal(await send(gzipSync('a'.repeat(500_000)).subarray(0, 400)), 'body-too-large')
})

test('what is no gzip, or only a part of one, is refused', async () => {
  const packed = gzipSync('Write to me. '.repeat(9))
  for (const body of ['{"model":"auto"}', packed.subarray(0, -4), packed.subarray(3), ''])
    assert.equal(await send(body), 'request-invalid')
})
