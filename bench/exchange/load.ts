/**
 * The load, in a process of its own, over plain sockets: a client that costs little leaves the cores to what is
 * measured. Reads jobs from its parent by IPC and sends back one result each.
 */
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { Worker } from 'node:worker_threads'
import { quantile } from '../figure.ts'
import { bodyOf } from './bodies.ts'
import type { Pace } from './pace.ts'

export interface Job {
  readonly kind: 'closed' | 'open' | 'first-token'
  readonly port: number
  readonly path: string
  readonly authorization: string
  readonly model: string
  readonly connections: number
  readonly seconds: number
  /** Only for 'open'. */
  readonly perSecond: number
  /** First body's number: no two jobs of a run send the same body. */
  readonly from: number
}

export interface Result {
  readonly requests: number
  readonly failures: number
  readonly seconds: number
  readonly p50Ms: number
  readonly p99Ms: number
}

/** One connection that sends a request and waits for its whole answer, by content-length or chunked. */
class Client {
  readonly #socket: Socket
  #buffered = ''
  #settle: ((isGood: boolean) => void) | undefined
  #firstToken: number | undefined
  #wantsToken = false

  constructor(port: number) {
    this.#socket = connect({ port, host: '127.0.0.1', noDelay: true })
    this.#socket.setEncoding('latin1')
    this.#socket.on('data', (piece: string) => this.#take(piece))
    this.#socket.on('error', () => this.#finish(false))
    this.#socket.on('close', () => this.#finish(false))
  }

  close(): void {
    this.#socket.destroy()
  }

  get firstTokenAt(): number | undefined {
    return this.#firstToken
  }

  send(head: string, body: string, wantsToken = false): Promise<boolean> {
    this.#buffered = ''
    this.#firstToken = undefined
    this.#wantsToken = wantsToken
    return new Promise((resolve) => {
      this.#settle = resolve
      this.#socket.write(`${head}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`)
    })
  }

  #take(piece: string): void {
    this.#buffered += piece
    if (this.#wantsToken && this.#firstToken === undefined && /"content":"[^"]/.test(this.#buffered)) {
      this.#firstToken = performance.now()
    }
    const head = this.#buffered.indexOf('\r\n\r\n')
    if (head === -1) return
    const length = /content-length: (\d+)/i.exec(this.#buffered.slice(0, head))?.[1]
    const isWhole =
      length === undefined
        ? this.#buffered.endsWith('\r\n0\r\n\r\n')
        : this.#buffered.length >= head + 4 + Number(length)
    if (isWhole) this.#finish(this.#buffered.startsWith('HTTP/1.1 200'))
  }

  #finish(isGood: boolean): void {
    const settle = this.#settle
    this.#settle = undefined
    settle?.(isGood)
  }
}

const headOf = ({ path, port, authorization }: Job): string =>
  `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\nauthorization: ${authorization}\r\ncontent-type: application/json\r\n`

function summarise(latencies: number[], failures: number, seconds: number): Result {
  latencies.sort((one, other) => one - other)
  return {
    requests: latencies.length,
    failures,
    seconds,
    p50Ms: quantile(latencies, 0.5),
    p99Ms: quantile(latencies, 0.99),
  }
}

/** Every connection sends its next request as soon as it has its answer. */
async function runClosed(job: Job): Promise<Result> {
  const head = headOf(job)
  const latencies: number[] = []
  let failures = 0
  let next = job.from
  const startedAt = performance.now()
  const until = startedAt + job.seconds * 1_000
  await Promise.all(
    Array.from({ length: job.connections }, async () => {
      const client = new Client(job.port)
      while (performance.now() < until) {
        const body = bodyOf(next++, job.model, false)
        const sentAt = performance.now()
        if (await client.send(head, body)) latencies.push(performance.now() - sentAt)
        else {
          failures++
          break
        }
      }
      client.close()
    }),
  )
  return summarise(latencies, failures, (performance.now() - startedAt) / 1_000)
}

/** Requests leave by the clock, whether earlier ones were answered or not; latency counts from when each was due. */
async function runOpen(job: Job): Promise<Result> {
  const head = headOf(job)
  const idle = Array.from({ length: job.connections }, () => new Client(job.port))
  const latencies: number[] = []
  let failures = 0
  const total = job.perSecond * job.seconds
  const startedAt = performance.now() + startsAfterMs
  const under: Promise<void>[] = []
  const send = (index: number): void => {
    const dueAt = startedAt + (index * 1_000) / job.perSecond
    const body = bodyOf(job.from + index, job.model, false)
    const client = idle.pop() ?? new Client(job.port)
    under.push(
      client.send(head, body).then((isGood) => {
        if (isGood) latencies.push(performance.now() - dueAt)
        else failures++
        idle.push(client)
      }),
    )
  }
  const pace: Pace = { perSecond: job.perSecond, total, startsAt: performance.timeOrigin + startedAt }
  const pacer = new Worker(new URL('./pace.ts', import.meta.url), { workerData: pace })
  pacer.on('message', send)
  await once(pacer, 'exit')
  await Promise.all(under)
  for (const client of idle) client.close()
  return summarise(latencies, failures, (performance.now() - startedAt) / 1_000)
}

/** Until then the thread that keeps the time is there. */
const startsAfterMs = 200

/** Streams one after another on each connection; the latency is the time to the first piece of text. */
async function runFirstToken(job: Job): Promise<Result> {
  const head = headOf(job)
  const latencies: number[] = []
  let failures = 0
  let next = job.from
  const startedAt = performance.now()
  const until = startedAt + job.seconds * 1_000
  await Promise.all(
    Array.from({ length: job.connections }, async () => {
      const client = new Client(job.port)
      while (performance.now() < until) {
        const body = bodyOf(next++, job.model, true)
        const sentAt = performance.now()
        const isGood = await client.send(head, body, true)
        if (isGood && client.firstTokenAt !== undefined) latencies.push(client.firstTokenAt - sentAt)
        else {
          failures++
          break
        }
      }
      client.close()
    }),
  )
  return summarise(latencies, failures, (performance.now() - startedAt) / 1_000)
}

const run = { closed: runClosed, open: runOpen, 'first-token': runFirstToken }

process.on('message', (job: Job) => {
  run[job.kind](job).then(
    (result) => process.send?.({ result }),
    (error: unknown) => process.send?.({ problem: String(error) }),
  )
})
