import type { Dispatcher } from 'undici'
import type { Provider, VendorRequest } from '#/providers/api.ts'
import type { Line } from './services.ts'

/** What an exchange hears from a provider, in this order: one head, any number of pieces, one end or one failure. */
export interface Upstream {
  readonly onHead: (head: UpstreamHead) => void
  readonly onData: (piece: Buffer) => void
  readonly onEnd: () => void
  readonly onFailure: (error: Error) => void
}

/** What is read of the head of an answer; the provider's other headers go nowhere. */
export interface UpstreamHead {
  readonly status: number
  readonly contentType: string
  /** After how many seconds the provider wants to be asked again. */
  readonly retryAfterSeconds: number | undefined
}

/** Before anything came. */
export const noHead: UpstreamHead = { status: 0, contentType: '', retryAfterSeconds: undefined }

/** The provider's answer under way. */
export interface UpstreamCall {
  /** Stops the provider; nothing is heard afterwards. */
  readonly abort: () => void
  readonly pause: () => void
  readonly resume: () => void
}

/** A provider that is reached over HTTP. */
export type HttpProvider = Extract<Provider, { passes: readonly string[] }>

/**
 * Sends one request over the line's pool and reports what comes back. Plain dispatch: the promise API costs a third
 * more, and a web stream between undici and a response takes the whole process down when a client disconnects.
 */
export function callUpstream(line: Line, vendor: VendorRequest, upstream: Upstream): UpstreamCall {
  if (line.pool === undefined) throw new Error(`the connection ${line.connection.id} has no pool`)
  const handler = new Handler(upstream)
  line.pool.dispatch(
    { method: 'POST', path: line.basePath + vendor.path, headers: vendor.headers, body: vendor.body },
    handler,
  )
  return handler
}

class Handler implements Dispatcher.DispatchHandler, UpstreamCall {
  readonly #upstream: Upstream
  #controller: Dispatcher.DispatchController | undefined
  #isOver = false

  constructor(upstream: Upstream) {
    this.#upstream = upstream
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller
    if (this.#isOver) controller.abort(new Error('the exchange was ended'))
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number, headers: Record<string, unknown>): void {
    // Informational heads (1xx) come before the real one.
    if (this.#isOver || status < 200) return
    const contentType = String(headers['content-type'] ?? '')
    this.#upstream.onHead({ status, contentType, retryAfterSeconds: readSeconds(headers['retry-after']) })
  }

  onResponseData(_: Dispatcher.DispatchController, chunk: Buffer): void {
    if (!this.#isOver) this.#upstream.onData(chunk)
  }

  onResponseEnd(): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#upstream.onEnd()
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#upstream.onFailure(error)
  }

  abort(): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#controller?.abort(new Error('the exchange was ended'))
  }

  pause(): void {
    this.#controller?.pause()
  }

  resume(): void {
    this.#controller?.resume()
  }
}

/** A day at most: a longer number says nothing about when to ask again. The other form, a date, no vendor sends. */
const readSeconds = (header: unknown): number | undefined =>
  typeof header === 'string' && /^\d{1,5}$/.test(header) && Number(header) <= 86_400
    ? Number(header)
    : undefined
