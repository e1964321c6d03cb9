import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A provider whose answers a test writes itself, event by event, at its own pace. */
export interface HandProvider {
  readonly port: number
  /** What the next requests are answered with; the head of the stream is written before. */
  answering: (response: ServerResponse) => Promise<void>
  readonly stop: () => Promise<void>
}

export async function startHandProvider(): Promise<HandProvider> {
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      void provider.answering(response)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const provider: HandProvider = {
    port: (server.address() as AddressInfo).port,
    answering: async (response) => {
      response.end(handEvent('', 'stop') + handEnd)
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return provider
}

/** An event of a chat completion stream. */
export const handEvent = (content: string, finish: string | null = null): string =>
  `data: ${JSON.stringify({ id: 'x', object: 'chat.completion.chunk', created: 1, model: 'm', choices: [{ index: 0, delta: { content }, finish_reason: finish }] })}\n\n`

export const handEnd = 'data: [DONE]\n\n'
