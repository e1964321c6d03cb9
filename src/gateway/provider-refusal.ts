import { Refusal } from '#/core/refusal.ts'
import { wordsOf } from './provider-words.ts'
import type { UpstreamHead } from './upstream.ts'

/**
 * How providers say that a conversation does not fit the model. Coding agents shorten it by themselves once they are told.
 * Sources: Anthropic and OpenAI, API errors; vLLM and llama.cpp, their servers.
 */
const tooLong =
  /prompt is too long|exceed context limit|context_length_exceeded|maximum context length|context window|available context size/i

/**
 * What a caller is told when a provider does not answer with success. The provider's own words (`said`) may repeat the
 * prompt or a key, so they stay in the sealed log and never reach the caller, but for those everybody knows.
 */
export function refusalForStatus(
  { status, retryAfterSeconds }: Pick<UpstreamHead, 'status' | 'retryAfterSeconds'>,
  offering: string,
  said: string,
): Refusal {
  if (status === 429 || status === 529)
    return new Refusal('provider-busy', { offering, status, retryAfterSeconds, words: wordsOf(said) })
  if (status === 413 || (status === 400 && tooLong.test(said)))
    return new Refusal('provider-too-long', { offering, status })
  // 401 and 403 are about our credential, not about the caller's.
  const isCallersFault = status >= 400 && status < 500 && status !== 401 && status !== 403 && status !== 408
  if (!isCallersFault) return new Refusal('provider-error', { offering, status })
  return new Refusal('provider-refused', { offering, status, words: wordsOf(said) })
}

const timeouts = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'UND_ERR_CONNECT_TIMEOUT'])

/** What a caller is told when the connection to a provider fails. */
export function refusalForFailure(
  error: Error & { readonly code?: string },
  facts: { readonly offering: string; readonly silenceLimitMs: number; readonly hasBegun: boolean },
): Refusal {
  const { offering, silenceLimitMs, hasBegun } = facts
  const options = { cause: error }
  if (error.code !== undefined && timeouts.has(error.code)) {
    return new Refusal('provider-timeout', { offering, limitMs: silenceLimitMs }, options)
  }
  return new Refusal(hasBegun ? 'provider-cut' : 'provider-unreachable', { offering }, options)
}
