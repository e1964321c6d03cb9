/** A stand-in for Splunk's collector, as its documentation describes it, that can be told to misbehave. */
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import { createServer as createTls } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { TestContext } from 'node:test'
import { gunzipSync } from 'node:zlib'
import type { Certified } from '#/core/test-certificates.ts'

export interface CollectedEvent {
  readonly time: number
  readonly source: string
  readonly sourcetype: string
  readonly index?: string
  readonly fields: { readonly id: string }
  readonly event: unknown
}

export interface Answer {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
  /** Nothing is kept. */
  readonly isDropped?: boolean
  /** Kept, and the connection cut instead of an answer. */
  readonly isCut?: boolean
}

export class TestCollector {
  readonly events: CollectedEvent[] = []
  readonly requests: { readonly path: string; readonly headers: IncomingHttpHeaders }[] = []
  /** What to answer to these events; undefined for the usual success. */
  misbehave: (events: readonly CollectedEvent[]) => Answer | undefined = () => undefined
  /** Answers with an id for each request, and says so only once these are acknowledged. */
  acknowledges = false
  readonly acknowledged = new Set<number>()
  url = ''
  #server: Server | undefined
  #lastAckId = -1

  async listen(context: TestContext, certified?: Certified): Promise<void> {
    const handle: Parameters<typeof createServer>[1] = (request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        this.requests.push({ path: request.url ?? '', headers: request.headers })
        const bytes = Buffer.concat(chunks)
        const text = (request.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes).toString()
        const answer = request.url?.startsWith('/services/collector/ack')
          ? this.#answerAck(text)
          : this.#answer(text)
        if (answer.isCut) request.socket.destroy()
        else
          response
            .writeHead(answer.status ?? 200, answer.headers)
            .end(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body))
      })
    }
    this.#server =
      certified === undefined
        ? createServer(handle)
        : createTls({ cert: certified.certificate, key: certified.privateKey }, handle)
    this.#server.listen(0, '127.0.0.1')
    await once(this.#server, 'listening')
    this.url = `http${certified === undefined ? '' : 's'}://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
    context.after(() => this.close())
  }

  close(): void {
    this.#server?.closeAllConnections()
    this.#server?.close()
  }

  #answer(text: string): Answer {
    const events = text.split('\n').map((line) => JSON.parse(line) as CollectedEvent)
    const answer = this.misbehave(events)
    if (answer === undefined || !answer.isDropped) this.events.push(...events)
    if (answer !== undefined) return answer
    return { body: { text: 'Success', code: 0, ...(this.acknowledges ? { ackId: ++this.#lastAckId } : {}) } }
  }

  #answerAck(text: string): Answer {
    const { acks } = JSON.parse(text) as { acks: number[] }
    return { body: { acks: Object.fromEntries(acks.map((id) => [id, this.acknowledged.has(id)])) } }
  }
}
