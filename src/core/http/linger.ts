import type { IncomingMessage, ServerResponse } from 'node:http'
import { deadlines } from '../deadlines.ts'

/** How long what is left of a body is read and thrown away before the connection closes. */
const lingerMs = 2_000

/**
 * Ends an answer whose head is written. While the client still sends, the answer goes out first and what still comes is
 * thrown away, for two seconds at most: closing at once resets the connection, and a client loses an answer it has
 * not read yet. The head says `connection: close` then.
 * Source: RFC 9112, section 9.6.
 */
export function endAnswer(
  request: IncomingMessage,
  response: ServerResponse,
  body: string | Uint8Array,
): void {
  if (request.complete || request.destroyed) {
    response.end(body)
    return
  }
  const end = (): void => {
    deadlines.met(deadline)
    request.removeListener('end', end)
    request.removeListener('close', end)
    response.end()
  }
  const deadline = deadlines.add(lingerMs, end)
  request.once('end', end)
  request.once('close', end)
  response.write(body)
  request.resume()
}
