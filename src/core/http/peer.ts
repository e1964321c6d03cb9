import type { IncomingMessage } from 'node:http'

/**
 * The address a request came from, as one text: IPv4 also where the socket says it in IPv6. Empty once the
 * connection is gone. This is the only place that knows; no header is believed.
 */
export const peerOf = (request: IncomingMessage): string => {
  const address = request.socket.remoteAddress ?? ''
  return address.startsWith('::ffff:') && address.includes('.') ? address.slice(7) : address
}
