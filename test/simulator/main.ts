/**
 * A provider for tests, in a process of its own. Speaks OpenAI chat completions and Anthropic messages, whole and
 * streamed, and OpenAI's moderations, and misbehaves on request: the model's name says how. Prints one JSON line with its port.
 *
 *     GET .../models an empty list
 *     GET /seen      the last requests, headers and bodies, newest last
 *     DELETE /seen   forgets them
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { answerAnthropic } from './anthropic.ts'
import { fastAnswer } from './fast.ts'
import { answerModeration } from './moderation.ts'
import { answerOpenai } from './openai.ts'

const keptRequests = 1_000
const seen: {
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: unknown
  readonly text: string
}[] = []

const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
  const pieces: Buffer[] = []
  request.on('data', (piece: Buffer) => pieces.push(piece))
  request.on('end', () => serve(request, Buffer.concat(pieces), response))
})

function serve(request: IncomingMessage, bytes: Buffer, response: ServerResponse): void {
  // The benchmark's model comes first: nothing is parsed or kept for it.
  if (bytes.includes('"sim-fast"')) {
    fastAnswer(response)
    return
  }
  if (request.url === '/seen') {
    serveSeen(request, response)
    return
  }
  if (request.method === 'GET') {
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"object":"list","data":[]}')
    return
  }
  const text = bytes.toString('utf8')
  const body = JSON.parse(text) as { readonly model: string; readonly stream?: boolean }
  if (seen.length >= keptRequests) seen.shift()
  seen.push({ path: request.url ?? '', headers: request.headers, body, text })
  if (request.url?.endsWith('/moderations')) {
    answerModeration(body as never, response)
    return
  }
  const respond = request.url?.includes('/messages') ? answerAnthropic : answerOpenai
  respond(body as never, response).catch((error: unknown) => response.destroy(error as Error))
}

function serveSeen(request: IncomingMessage, response: ServerResponse): void {
  if (request.method === 'DELETE') seen.length = 0
  response.writeHead(200, { 'content-type': 'application/json' })
  response.end(JSON.stringify(seen))
}

const port = Number(process.argv[process.argv.indexOf('--port') + 1] ?? 0)
server.listen(port, '127.0.0.1', () => {
  process.stdout.write(`${JSON.stringify({ port: (server.address() as AddressInfo).port })}\n`)
})
// Ends with whoever started it, also when that was killed.
process.stdin.on('end', () => process.exit(0)).resume()
