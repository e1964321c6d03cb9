import { request as overHttp } from 'node:http'
import { request as overHttps } from 'node:https'
import { readAnswer } from './read-answer.ts'

export interface Call {
  readonly url: URL
  readonly method: 'GET' | 'POST'
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  /** From the first byte out to the last one in. */
  readonly limitMs: number
  /** PEM. Certificates to trust instead of the system's. */
  readonly ca?: string
}

export interface Answer {
  readonly status: number
  /** Undefined when the body is empty or no JSON. */
  readonly json: unknown
}

/** A key or a secret and some words about it: what is longer is no such answer. */
const answerMaxBytes = 64 * 1_024

/**
 * One call of a service that keeps keys or secrets. A redirect is an answer like any other: secrets do not travel to where it points.
 * Rejects with an `Error` that names the host and what is wrong, never a header or a body.
 */
export function callService(call: Call): Promise<Answer> {
  const { url, method, headers, body, limitMs, ca } = call
  const host = url.host
  return new Promise((resolve, reject) => {
    const fail = (reason: string, cause?: unknown): void =>
      reject(new Error(`${host} ${reason}`, cause === undefined ? undefined : { cause }))
    const send = url.protocol === 'https:' ? overHttps : overHttp
    const request = send(url, {
      method,
      headers: { ...headers, ...(body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }) },
      agent: false,
      signal: AbortSignal.timeout(limitMs),
      ...(ca === undefined ? {} : { ca }),
    })
    request.once('error', (error: NodeJS.ErrnoException) => {
      if (error.name === 'AbortError') fail(`did not answer within ${limitMs} ms`)
      else fail(`cannot be reached (${error.code ?? error.message})`)
    })
    request.once('response', (response) => {
      readAnswer(response, answerMaxBytes).then(
        (bytes) => resolve({ status: response.statusCode ?? 0, json: parse(String(bytes)) }),
        (error: Error) => {
          request.destroy()
          fail(error.name === 'AbortError' ? `did not answer within ${limitMs} ms` : error.message)
        },
      )
    })
    request.end(body)
  })
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // An error page of a proxy: its status says what there is to say.
    return undefined
  }
}
