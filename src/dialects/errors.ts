import type { ErrorFacts } from '#/chat/api.ts'

/** The message a person reads in any client: the sentence, and what works now. */
export function messageOf({ message, remedies, requestId }: ErrorFacts): string {
  const works =
    remedies.length === 0 ? '' : ` What works now: ${remedies.map(({ text }) => text).join(' Or: ')}`
  return `${message}${works} (request ${requestId})`
}

/** What may be tried again as it is: money, rates, and what failed on the way. A decision of policy may not, nor what we do not do. */
const mayRetry = (status: number): boolean =>
  status === 408 || status === 429 || (status >= 500 && status !== 501)

/**
 * The status the client must get for its user to see the message. Measured (protocols research, section 2.3): after a
 * 400 `claude-cli` posts six shapes of the request before it shows anything; a 429 that says not to retry is
 * shown at once. A budget is a 429 in its gateway protocol, too ("Usage-limit headers"). A prompt that is too long it
 * knows by a 400 alone; then it posts nothing else and shortens the conversation (2.1.332).
 */
export function statusFor({ status, code, userAgent }: ErrorFacts): number {
  if (!userAgent.startsWith('claude-cli/') || code === 'provider-too-long') return status
  return status === 400 || status === 402 ? 429 : status
}

export function retryHeaders({
  status,
  code,
  retryAfterSeconds,
}: ErrorFacts): Readonly<Record<string, string>> {
  if (!mayRetry(status) || endTomorrow.has(code)) return { 'x-should-retry': 'false' }
  return retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }
}

/** Limits of a day: a client that tries again for minutes only keeps its user from reading why. */
const endTomorrow: ReadonlySet<string> = new Set(['key-budget-spent', 'log-quota-spent'])
