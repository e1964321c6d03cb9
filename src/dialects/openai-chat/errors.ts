import type { ErrorFacts, ModelListing, WireError } from '#/chat/api.ts'
import type { JsonObject } from '#/core/json.ts'
import { messageOf, retryHeaders, statusFor } from '../errors.ts'

/** OpenAI's envelope; `remedies`, `findings` and `request_id` are ours and are ignored by its clients. */
const envelope = (facts: ErrorFacts) => ({
  error: {
    message: messageOf(facts),
    type: typeOf(facts.status),
    param: facts.field ?? null,
    code: facts.code,
    remedies: facts.remedies,
    findings: facts.findings,
    request_id: facts.requestId,
  },
})

function typeOf(status: number): string {
  if (status === 401) return 'authentication_error'
  if (status === 403) return 'permission_error'
  if (status === 429) return 'rate_limit_error'
  return status >= 500 ? 'api_error' : 'invalid_request_error'
}

export const writeError = (facts: ErrorFacts): WireError => ({
  status: statusFor(facts),
  headers: { 'x-request-id': facts.requestId, ...retryHeaders(facts) },
  body: JSON.stringify(envelope(facts)),
})

/** After status 200: an event with the error, and no `[DONE]`, so that nobody takes the answer for complete. */
export const writeStreamError = (facts: ErrorFacts): string => `data: ${JSON.stringify(envelope(facts))}\n\n`

export const writeModel = ({ id, createdAtMs, ownedBy }: ModelListing): JsonObject => ({
  id,
  object: 'model',
  created: Math.floor(createdAtMs / 1_000),
  owned_by: ownedBy,
})

export const writeModels = (models: readonly ModelListing[]): JsonObject => ({
  object: 'list',
  data: models.map(writeModel),
})
