import type { ErrorFacts } from '#/chat/api.ts'
import type { Evidence, Refusal } from '#/core/refusal.ts'
import type { Received } from './stages/receive.ts'

/** A refusal as a dialect needs it to write its own kind of error. */
export function errorFacts(
  refusal: Refusal,
  { requestId, request }: Pick<Received, 'requestId' | 'request'>,
): ErrorFacts {
  const { field, findings, retryAfterSeconds } = refusal.facts
  return {
    status: refusal.status,
    code: refusal.code,
    message: refusal.message,
    field: typeof field === 'string' ? field : undefined,
    remedies: refusal.remedies,
    findings: findings as readonly Evidence[] | undefined,
    retryAfterSeconds: typeof retryAfterSeconds === 'number' ? retryAfterSeconds : undefined,
    requestId,
    userAgent: request.headers['user-agent'] ?? '',
  }
}
