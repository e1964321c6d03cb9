import type { IncomingMessage } from 'node:http'
import type { Person } from '#/core/role.ts'
import type { SessionSettings } from '#/settings/api.ts'
import type { Confirmed } from '../oidc/relying-party.ts'
import type { ProviderSessions } from '../provider-sessions/provider-sessions.ts'
import { cameFrom } from './came-from.ts'
import { readCookie, sessionCookie, writeCookie } from './cookie.ts'
import type { SignedIn } from './record.ts'
import type { Sessions } from './sessions.ts'

/** Gives the `set-cookie` of the session a person has from now on in the browser a request came from. */
export type OpenSession = (
  request: IncomingMessage,
  person: Person,
  signedIn: SignedIn,
  came: CameBy,
) => Promise<string>

/** Which provider vouched, and what it left for later. */
type CameBy = Pick<Confirmed, 'provider' | 'provided'>

/**
 * The same person's session goes on, so that answers under way and other tabs do; its token is a new one. Somebody
 * else's that stood in this browser is ended.
 */
export function createOpenSession(
  sessions: Sessions,
  keepProvided: ProviderSessions['keep'],
  settings: SessionSettings,
  isHttps: () => boolean,
): OpenSession {
  const keep = async (token: string, person: Person, came: CameBy): Promise<string> => {
    const id = sessions.look(token)?.id
    if (id !== undefined) await keepProvided(id, person.id, came)
    return sessionCookieOf(token, settings, isHttps())
  }
  return async (request, person, signedIn, came) => {
    const token = readCookie(request, sessionCookie, isHttps())
    const before = token === undefined ? undefined : sessions.look(token)
    const from = cameFrom(request)
    if (before?.person.id === person.id)
      return keep(await sessions.signInAgain(before.id, signedIn, from), person, came)
    if (before !== undefined) await sessions.end([before.id], { by: person.id, reason: 'replaced' })
    return keep(await sessions.start(person.id, signedIn, from), person, came)
  }
}

/** Kept by the browser as long as the session can last at most; the server decides when it ends. */
export const sessionCookieOf = (
  token: string,
  { absoluteHours }: SessionSettings,
  isHttps: boolean,
): string => writeCookie(sessionCookie, token, absoluteHours * 3_600, isHttps)
