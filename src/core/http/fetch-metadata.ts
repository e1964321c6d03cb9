import type { IncomingMessage } from 'node:http'
import { Refusal } from '../refusal.ts'

/** Nobody goes to these with a link: what a foreign link asked there would be done, and logged, as asked by the person. */
const interfaces = /^\/(api|v1|tasks|scim|oauth)(\/|\?|$)/

/**
 * What a browser says of where a request comes from: a foreign page may lead people here by a link, and nothing else. A
 * program says nothing of the sort; a request with a key was made by somebody who knows the key. Throws
 * `origin-refused`.
 * Source: https://www.w3.org/TR/fetch-metadata/.
 */
export function assertOwnFetch({ headers, method, url }: IncomingMessage): void {
  const site = headers['sec-fetch-site']
  if (site === undefined || site === 'same-origin' || site === 'none') return
  if (headers.authorization !== undefined || headers['x-api-key'] !== undefined) return
  const isLink =
    method === 'GET' && headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document'
  if (!isLink || interfaces.test(url ?? '')) throw new Refusal('origin-refused', { header: 'Sec-Fetch-Site' })
}
