import type { UsableUseCase } from '#/policy/api.ts'
import { standingHeaders } from './claude-code/limit-headers.ts'
import type { Intended } from './stages/intend.ts'

const termsByUseCase = new WeakMap<UsableUseCase, Readonly<Record<string, string>> | 'none'>()

/** What whoever uses the answer must know. A header takes ASCII only, so the notice is percent-encoded UTF-8. */
function termHeaders(useCase: UsableUseCase): Readonly<Record<string, string>> | 'none' {
  let terms = termsByUseCase.get(useCase)
  if (terms === undefined) {
    const { needsReview, notice } = useCase
    const told = {
      ...(needsReview ? { 'x-sallyport-human-review': 'before-use' } : {}),
      ...(notice === undefined ? {} : { 'x-sallyport-notice': encodeURIComponent(notice) }),
    }
    terms = Object.keys(told).length === 0 ? 'none' : told
    termsByUseCase.set(useCase, terms)
  }
  return terms
}

/** Headers of an answer: ours only. What the provider sent in headers goes nowhere. */
export function answerHeaders(
  { transformed, appended, reservation }: Intended,
  contentType: string,
): Record<string, string> {
  const { decision, inspected } = transformed.decided
  const { requestId, dialect } = inspected.read.admitted.identified.received
  const headers: Record<string, string> = {
    'content-type': contentType,
    'cache-control': 'no-store',
    'x-request-id': requestId,
    'request-id': requestId,
    'x-sallyport-receipt': appended.receipt,
    'x-sallyport-class': decision.class,
    'x-sallyport-offering': decision.offering.id,
    'x-sallyport-changed': String(transformed.changedValues),
  }
  if (dialect.name === 'anthropic-messages') Object.assign(headers, standingHeaders(reservation?.standing()))
  const terms = termHeaders(decision.useCase)
  return terms === 'none' ? headers : Object.assign(headers, terms)
}
