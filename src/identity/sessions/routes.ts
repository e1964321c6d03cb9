import type { IncomingMessage } from 'node:http'
import type { Asked, Reply, Route } from '#/core/http/route.ts'
import { route } from '#/core/http/route.ts'
import type { WriteEntry } from '../entry.ts'
import { clearCookie, sessionCookie } from './cookie.ts'
import type { Session } from './sessions.ts'

export interface SessionRouteServices {
  /** The session of a request, by its cookie. */
  readonly sessionOf: (request: IncomingMessage) => (Session & { readonly token: string }) | undefined
  readonly end: (token: string) => Promise<void>
  readonly writeEntry: WriteEntry
  readonly isHttps: () => boolean
  readonly isDevelopment: boolean
  /** Accounts of the development provider, to help a newcomer; undefined with any other. */
  readonly accounts: readonly string[] | undefined
}

/** Who am I, and goodbye. */
export const sessionRoutes = (services: SessionRouteServices): readonly Route[] => [
  route({
    method: 'GET',
    path: '/api/session',
    need: 'anyone',
    reads: 'nothing',
    handle: ({ request }) => describeSession(services.sessionOf(request), services),
  }),
  route({
    method: 'POST',
    path: '/api/sign-out',
    need: 'person',
    reads: 'nothing',
    handle: (asked) => signOut(asked, services),
  }),
]

const describeSession = (session: Session | undefined, services: SessionRouteServices): Reply => ({
  json: {
    person:
      session === undefined
        ? null
        : {
            id: session.person.id,
            email: session.person.email,
            name: session.person.name,
            roles: session.person.roles,
          },
    csrf: session?.csrf ?? null,
    isDevelopment: services.isDevelopment,
    ...(services.accounts === undefined ? {} : { accounts: services.accounts }),
  },
})

/** Ends first and writes after: signing out must work although the log cannot be written. */
async function signOut({ request }: Asked<unknown>, services: SessionRouteServices): Promise<Reply> {
  const session = services.sessionOf(request)
  if (session !== undefined) {
    await services.end(session.token)
    await services.writeEntry({ kind: 'sign-out', subject: session.person.id, facts: {} })
  }
  return { status: 204, headers: { 'set-cookie': clearCookie(sessionCookie, services.isHttps()) } }
}
