import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { newRequestId } from '../id.ts'
import { Refusal } from '../refusal.ts'

/** What Node tells of a request it cannot read; `reason` names the rule that is broken and repeats nothing. */
export interface UnreadableError extends NodeJS.ErrnoException {
  readonly reason?: string
}

interface Told {
  readonly status: number
  readonly problem: string
}

/** What is more than a broken rule, by Node's code. */
const toldOf: ReadonlyMap<string, Told> = new Map([
  ['HPE_HEADER_OVERFLOW', { status: 431, problem: 'its headers are too large' }],
  ['HPE_CHUNK_EXTENSIONS_OVERFLOW', { status: 413, problem: 'what stands beside its chunks is too large' }],
  ['ERR_HTTP_REQUEST_TIMEOUT', { status: 408, problem: 'its head did not arrive in time' }],
])

/**
 * Answers what is no HTTP, such as a line end inside a header, which no route ever sees: with a request id, in words the
 * packages of both dialects show. On a connection that had an answer before, or has one under way, it only closes.
 */
export function answerUnreadable(error: UnreadableError, socket: Duplex): void {
  const hadAnswers = 'bytesWritten' in socket && socket.bytesWritten !== 0
  if (!socket.writable || hadAnswers) {
    socket.destroy(error)
    return
  }
  const { status, problem } = toldOf.get(error.code ?? '') ?? {
    status: 400,
    problem: error.reason ?? 'it cannot be read',
  }
  const requestId = newRequestId()
  const body = JSON.stringify(bodyOf(new Refusal('http-unreadable', { problem }), requestId))
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(body)}`,
    `x-request-id: ${requestId}`,
    'connection: close',
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy())
}

/** Read by the packages of OpenAI and Anthropic alike: nobody can tell which one it was. */
function bodyOf({ code, message, remedies }: Refusal, requestId: string) {
  const ways = remedies.map(({ text }) => text).join(' Or: ')
  return {
    type: 'error',
    error: {
      type: 'invalid_request_error',
      code,
      message: `${message} What works now: ${ways} (request ${requestId})`,
      param: null,
      details: { error_code: code },
      remedies,
      request_id: requestId,
    },
    request_id: requestId,
  }
}
