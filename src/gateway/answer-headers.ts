import type { UsableUseCase } from '#/policy/api.ts'
import { standingHeaders } from './claude-code/limit-headers.ts'
import type { Intended } from './stages/intend.ts'

/** What whoever uses the answer must know. A header takes ASCII only, so the notice is percent-encoded UTF-8. */
const termHeaders = ({ needsReview, notice }: UsableUseCase): Record<string, string> => ({
  ...(needsReview ? { 'x-sallyport-human-review': 'before-use' } : {}),
  ...(notice === undefined ? {} : { 'x-sallyport-notice': encodeURIComponent(notice) }),
})

/** Headers of an answer: ours only. What the provider sent in headers goes nowhere. */
export function answerHeaders(
  { transformed, appended, reservation }: Intended,
  contentType: string,
): Record<string, string> {
  const { decision, inspected } = transformed.decided
  const { requestId, dialect } = inspected.read.admitted.identified.received
  return {
    'content-type': contentType,
    'cache-control': 'no-store',
    'x-request-id': requestId,
    'request-id': requestId,
    'x-sallyport-receipt': appended.receipt,
    'x-sallyport-class': decision.class,
    'x-sallyport-offering': decision.offering.id,
    'x-sallyport-changed': String(transformed.changedValues),
    ...termHeaders(decision.useCase),
    ...(dialect.name === 'anthropic-messages' ? standingHeaders(reservation?.standing()) : {}),
  }
}
