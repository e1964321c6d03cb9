import type { ErrorFacts, ModelListing, WireError } from '#/chat/api.ts'
import type { JsonObject } from '#/core/json.ts'
import { messageOf, retryHeaders, statusFor } from '../errors.ts'

/** Anthropic's envelope; `error.details.error_code` is its stable code, `remedies` and `findings` are ours. */
const envelope = (facts: ErrorFacts) => ({
  type: 'error',
  error: {
    type: typeOf(facts.status),
    message: messageOf(facts),
    details: { error_code: facts.code },
    ...(facts.field === undefined ? {} : { field: facts.field }),
    remedies: facts.remedies,
    findings: facts.findings,
  },
  request_id: facts.requestId,
})

const types: Readonly<Record<number, string>> = {
  401: 'authentication_error',
  402: 'billing_error',
  403: 'permission_error',
  404: 'not_found_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
  501: 'not_supported',
  504: 'timeout_error',
  529: 'overloaded_error',
}

const typeOf = (status: number): string =>
  types[status] ?? (status >= 500 ? 'api_error' : 'invalid_request_error')

export const writeError = (facts: ErrorFacts): WireError => ({
  status: statusFor(facts),
  headers: { 'x-request-id': facts.requestId, 'request-id': facts.requestId, ...retryHeaders(facts) },
  body: JSON.stringify(envelope(facts)),
})

/** After status 200: the `error` event its clients know, and no `message_stop`. */
export const writeStreamError = (facts: ErrorFacts): string =>
  `event: error\ndata: ${JSON.stringify(envelope(facts))}\n\n`

export const writeModel = ({ id, createdAtMs }: ModelListing): JsonObject => ({
  type: 'model',
  id,
  display_name: id,
  created_at: new Date(createdAtMs).toISOString(),
})

export const writeModels = (models: readonly ModelListing[]): JsonObject => ({
  data: models.map(writeModel),
  has_more: false,
  first_id: models[0]?.id ?? null,
  last_id: models.at(-1)?.id ?? null,
})
