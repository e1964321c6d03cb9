import { AnswerTooLong, readAnswer } from '#/core/http/read-answer.ts'
import { isLoopbackHttp } from './loopback.ts'
import { SignInProblem } from './problem.ts'

/**
 * Far above what providers send: a discovery document is some 5 KB, a list of 11,000 groups of Microsoft Graph 430 KB.
 */
export const maxAnswerBytes = 1_048_576

export type Fetch = (url: string, init?: RequestInit) => Promise<Response>

const withoutBody = new Set([204, 205, 304])

/**
 * `fetch` for what providers answer: https only (http to this machine), no redirects, so many bytes. A failure of the
 * provider's own (5xx) is a silence, not a word about anybody. Throws `SignInProblem`, and what `fetch` throws.
 */
export const boundFetch =
  (fetch: Fetch): Fetch =>
  async (url, init) => {
    if (!url.startsWith('https:') && !isLoopbackHttp(url))
      throw new SignInProblem(
        'provider-refused',
        `the provider names an address that is not https: ${originOf(url)}`,
      )
    const response = await fetch(url, { ...init, redirect: 'manual' })
    if (response.status >= 300 && response.status < 400) {
      await response.body?.cancel()
      throw new SignInProblem(
        'provider-refused',
        `${originOf(url)} redirects elsewhere; redirects are not followed`,
      )
    }
    if (response.status >= 500) {
      await response.body?.cancel()
      throw new SignInProblem(
        'provider-unreachable',
        `${originOf(url)} answers with status ${response.status}`,
      )
    }
    const bytes = await readBounded(response, url)
    const { status, headers } = response
    return new Response(withoutBody.has(status) ? null : bytes, { status, headers })
  }

async function readBounded(response: Response, url: string): Promise<Uint8Array<ArrayBuffer>> {
  if (response.body === null) return new Uint8Array()
  try {
    return new Uint8Array(await readAnswer(response.body, maxAnswerBytes))
  } catch (error) {
    if (error instanceof AnswerTooLong)
      throw new SignInProblem('provider-refused', `${originOf(url)} ${error.message}`)
    throw error
  }
}

const originOf = (url: string): string => URL.parse(url)?.origin ?? 'an address that cannot be read'
