import type { IncomingMessage, ServerResponse } from 'node:http'
import { Refusal } from '../refusal.ts'
import { endAnswer } from './linger.ts'
import type { Reply } from './route.ts'

/** Headers every answer of the control plane carries. The page needs nothing from anywhere else. */
const guards: Readonly<Record<string, string>> = {
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
}

/** With `request`, what is left of its body is thrown away before the connection closes. */
export function writeReply(
  response: ServerResponse,
  reply: Reply,
  requestId: string,
  request?: IncomingMessage,
): void {
  const [type, body] = content(reply)
  response.writeHead(reply.status ?? (body.length === 0 ? 204 : 200), {
    ...guards,
    'x-request-id': requestId,
    ...(body.length === 0 ? {} : { 'content-type': type, 'content-length': Buffer.byteLength(body) }),
    ...reply.headers,
  })
  if (request === undefined) response.end(body)
  else endAnswer(request, response, body)
}

function content(reply: Reply): [type: string, body: string | Uint8Array] {
  if (reply.json !== undefined) return ['application/json; charset=utf-8', JSON.stringify(reply.json)]
  if (reply.html !== undefined) return ['text/html; charset=utf-8', reply.html]
  if (reply.bytes !== undefined) return ['application/octet-stream', reply.bytes]
  return ['text/plain; charset=utf-8', reply.text ?? '']
}

/** A refusal in the envelope of `/api`. */
export function refusalReply(refusal: Refusal, requestId: string): Reply {
  const { findings, field, retryAfterSeconds } = refusal.facts as Readonly<Record<string, unknown>>
  const retry = typeof retryAfterSeconds === 'number' ? { 'retry-after': String(retryAfterSeconds) } : {}
  return {
    status: refusal.status,
    headers: { ...refusalHeaders(refusal), ...retry },
    json: {
      error: {
        code: refusal.code,
        message: refusal.message,
        ...(field === undefined ? {} : { field }),
        ...(findings === undefined ? {} : { findings }),
        ...asksOf(refusal),
        remedies: refusal.remedies,
        requestId,
      },
    },
  }
}

/** What rules ask before it goes, for a page that asks it. */
function asksOf({ code, facts }: Refusal) {
  if (code !== 'justification-needed' && code !== 'acknowledgement-needed') return {}
  const { acknowledge = [], notices = [] } = facts as {
    readonly acknowledge?: readonly string[]
    readonly notices?: readonly string[]
  }
  return {
    asks: {
      wantsReason: code === 'justification-needed',
      notices: acknowledge.map((rule, index) => ({ rule, text: notices[index] })),
    },
  }
}

/** What a refusal says in headers, in whatever shape its body is. */
export function refusalHeaders({ status, code, facts }: Refusal): Readonly<Record<string, string>> {
  if (code === 'method-refused') return { allow: (facts['allowed'] as readonly string[]).join(', ') }
  if (status === 401) return { 'x-should-retry': 'false' }
  return code === 'proof-pending' ? { 'retry-after': '1' } : {}
}

/** What a caller is told of an error: a refusal as it is; anything else is a defect of ours and says nothing. */
export const asRefusal = (error: unknown): Refusal =>
  error instanceof Refusal ? error : new Refusal('defect', {}, { cause: error })
