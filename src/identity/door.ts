import type { IncomingMessage } from 'node:http'
import { ownOriginOf, peerOf } from '#/core/http/peer.ts'
import { Refusal } from '#/core/refusal.ts'
import type { Caller } from '#/core/role.ts'
import type { Identity } from './api.ts'
import type { Devices } from './devices/devices.ts'
import { looksLikeAccessToken } from './devices/token-text.ts'
import { readKey } from './keys/key-header.ts'
import type { Keys } from './keys/keys.ts'
import { readCookie, sessionCookie } from './sessions/cookie.ts'
import { assertOwnPage } from './sessions/guard.ts'
import type { Session, Sessions } from './sessions/sessions.ts'

/** Who a request comes from. */
export interface Door extends Pick<Identity, 'identify' | 'personOf'> {
  /** The session of a request by its cookie alone: for reading only, since a foreign page can cause it. */
  readonly sessionOf: (request: IncomingMessage) => OpenSession | undefined
  /** The same without counting it as use. */
  readonly glanceAt: (request: IncomingMessage) => OpenSession | undefined
}

export type OpenSession = Session & { readonly token: string }

/** `publicUrl` is the origin people use. */
export function createDoor(
  keys: Keys,
  devices: Pick<Devices, 'find'>,
  sessions: Sessions,
  publicUrl: () => string,
): Door {
  const openBy =
    (find: Sessions['find']): Door['sessionOf'] =>
    (request) => {
      const token = readCookie(request, sessionCookie, publicUrl().startsWith('https:'))
      const session = token === undefined ? undefined : find(token)
      return token === undefined || session === undefined ? undefined : { ...session, token }
    }
  const sessionOf = openBy(sessions.find)
  const ownSessionOf = (request: IncomingMessage): Session | undefined => {
    const session = sessionOf(request)
    if (session !== undefined) assertOwnPage(request, session.csrf, ownOriginOf(request) ?? publicUrl())
    return session
  }
  /** Wrong tokens count as wrong keys do: trying them fills no log either. */
  const identifyDevice = (token: string, request: IncomingMessage): Caller => {
    const caller = devices.find(token)
    if (caller !== undefined) return caller
    throw new Refusal(keys.isTooMany(peerOf(request)) ? 'too-many-wrong-keys' : 'device-ended')
  }
  return {
    sessionOf,
    glanceAt: openBy(sessions.look),
    personOf: (request) => ownSessionOf(request)?.person,
    identify: (request) => {
      const key = readKey(request.headers)
      if (key !== undefined)
        return looksLikeAccessToken(key) ? identifyDevice(key, request) : keys.identify(key, peerOf(request))
      const session = ownSessionOf(request)
      if (session !== undefined) return { person: session.person, sessionId: session.id }
      // A program is told to send a key, the page to sign in.
      throw new Refusal(request.url?.startsWith('/api/') ? 'sign-in-needed' : 'key-missing')
    },
  }
}
