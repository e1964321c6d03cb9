import { request as overHttp } from 'node:http'
import { request as overHttps } from 'node:https'
import type { ReachMeasured } from './api.ts'

export interface ReachAsked {
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly limitMs: number
  /** PEM. Certificates to trust instead of the system's. */
  readonly ca?: string | undefined
  readonly monotonic: () => number
}

/** The provider knows nothing at that path, and said so: it is there. */
const answersAnyway = new Set([404, 405])

/**
 * One GET without a body; only the head of the answer is read. A redirect is an answer and is not followed: the credential does
 * not travel to where it points. Gives why nothing came, which is no defect of ours.
 */
export function measureReach({ url, headers, limitMs, ca, monotonic }: ReachAsked): Promise<{
  readonly reach: ReachMeasured
  readonly problem: string | undefined
}> {
  return new Promise((resolve) => {
    const from = monotonic()
    const send = url.protocol === 'https:' ? overHttps : overHttp
    const request = send(url, {
      method: 'GET',
      headers,
      agent: false,
      signal: AbortSignal.timeout(limitMs),
      ...(ca === undefined ? {} : { ca }),
    })
    request.once('response', (response) => {
      const status = response.statusCode ?? 0
      const latencyMs = Math.round(monotonic() - from)
      response.on('error', () => undefined)
      response.destroy()
      const isAvailable = (status >= 200 && status < 400) || answersAnyway.has(status)
      const problem = isAvailable ? undefined : `the provider answered the request with ${status}`
      resolve({ reach: { isAvailable, status, latencyMs }, problem })
    })
    request.on('error', (error: NodeJS.ErrnoException) => {
      const why = error.name === 'AbortError' ? `within ${limitMs} ms` : `(${error.code ?? 'no code'})`
      resolve({
        reach: { isAvailable: false, status: undefined, latencyMs: undefined },
        problem: `the provider did not answer ${why}`,
      })
    })
    request.end()
  })
}
