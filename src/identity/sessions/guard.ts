import { timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { Refusal } from '#/core/refusal.ts'

const reading = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * A write that comes with a session's cookie must come from our own page: the browser's word (Origin) and the
 * page's (the session's CSRF token) are both asked for. Throws `origin-refused` naming the header that is wrong.
 */
export function assertOwnPage(request: IncomingMessage, csrf: string, ownOrigin: string): void {
  if (reading.has(request.method ?? 'GET')) return
  if (request.headers.origin !== ownOrigin) throw new Refusal('origin-refused', { header: 'Origin' })
  const given = request.headers['x-sallyport-csrf']
  if (typeof given !== 'string' || !isSame(given, csrf)) {
    throw new Refusal('origin-refused', { header: 'x-sallyport-csrf' })
  }
}

/** The same for a form of a page without script: its hidden field holds the token. */
export function assertOwnForm(
  request: IncomingMessage,
  given: string,
  csrf: string,
  ownOrigin: string,
): void {
  if (request.headers.origin !== ownOrigin) throw new Refusal('origin-refused', { header: 'Origin' })
  if (!isSame(given, csrf)) throw new Refusal('origin-refused', { header: 'csrf' })
}

const isSame = (given: string, wanted: string): boolean => {
  const [one, other] = [Buffer.from(given), Buffer.from(wanted)]
  return one.length === other.length && timingSafeEqual(one, other)
}
