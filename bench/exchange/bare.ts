/**
 * The bare pass-through everything is compared with: `node:http` and undici's `pool.dispatch`, bodies buffered
 * both ways, nothing read or checked. `node bench/exchange/bare.ts UPSTREAM_PORT` prints one JSON line with its port.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Pool } from 'undici'

const pool = new Pool(`http://127.0.0.1:${process.argv[2]}`, {
  connections: 64,
  pipelining: 1,
  allowH2: false,
})

const server = createServer((request, response) => {
  const sent: Buffer[] = []
  request.on('data', (piece: Buffer) => sent.push(piece))
  request.on('end', () => {
    const received: Buffer[] = []
    let status = 0
    pool.dispatch(
      {
        method: 'POST',
        path: request.url ?? '/',
        headers: { 'content-type': 'application/json', authorization: 'Bearer none' },
        body: Buffer.concat(sent),
      },
      {
        onRequestStart: () => undefined,
        onResponseStart: (_, code) => {
          status = code
        },
        onResponseData: (_, piece) => void received.push(piece),
        onResponseEnd: () => {
          const body = Buffer.concat(received)
          response.writeHead(status, { 'content-type': 'application/json', 'content-length': body.length })
          response.end(body)
        },
        onResponseError: (_, error) => response.destroy(error),
      },
    )
  })
})
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${JSON.stringify({ port: (server.address() as AddressInfo).port })}\n`)
})
