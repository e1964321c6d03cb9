import type { ErrorFacts } from '#/chat/api.ts'
import type { Refusal } from '#/core/refusal.ts'
import type { Received } from './stages/receive.ts'

/** A refusal as a dialect needs it to write its own kind of error. */
export function errorFacts(
  refusal: Refusal,
  { requestId, request }: Pick<Received, 'requestId' | 'request'>,
): ErrorFacts {
  const field = refusal.facts['field']
  return {
    status: refusal.status,
    code: refusal.code,
    message: refusal.message,
    field: typeof field === 'string' ? field : undefined,
    remedies: refusal.remedies,
    requestId,
    userAgent: request.headers['user-agent'] ?? '',
  }
}
