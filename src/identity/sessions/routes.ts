import { type Asked, personIn, type Reply, type Route, route } from '#/core/http/route.ts'
import { Refusal } from '#/core/refusal.ts'
import type { SessionSettings } from '#/settings/api.ts'
import type { Door, OpenSession } from '../door.ts'
import type { WriteEntry } from '../entry.ts'
import type { People } from '../people.ts'
import type { SessionsView, SessionView } from './api.ts'
import { clearCookie, sessionCookie } from './cookie.ts'
import { sessionCookieOf } from './open-session.ts'
import type { ListedSession, Sessions } from './sessions.ts'

export interface SessionRouteServices {
  readonly door: Pick<Door, 'sessionOf' | 'glanceAt'>
  readonly sessions: Sessions
  readonly people: Pick<People, 'find'>
  /** Signs out every tool of a person. */
  readonly endTools: (personId: string) => Promise<void>
  readonly settings: SessionSettings
  readonly writeEntry: WriteEntry
  readonly isHttps: () => boolean
  readonly isDevelopment: boolean
  /** Accounts of the development provider, to help a newcomer; undefined with any other. */
  readonly accounts: readonly string[] | undefined
  /** The name of the provider a session came from, where one can sign out, too. */
  readonly signOutAt: (session: string) => string | undefined
  /** Gives how to go on there, to be called when the sessions here are over; undefined where it offers nothing. */
  readonly readEndSession: (session: string) => Promise<() => Promise<URL | undefined>>
}

/** Who am I, where am I signed in, and goodbye. */
export const sessionRoutes = (services: SessionRouteServices): readonly Route[] => [
  route({
    method: 'GET',
    path: '/api/session',
    need: 'anyone',
    reads: 'nothing',
    handle: (asked) => tellSession(asked, services),
  }),
  route({
    method: 'POST',
    path: '/api/sign-out',
    need: 'person',
    reads: 'nothing',
    handle: (asked) => signOut(asked, services),
  }),
  route({
    method: 'GET',
    path: '/api/sessions',
    need: 'person',
    reads: 'nothing',
    handle: (asked) => ({ json: listOwn(asked, services) }),
  }),
  route({
    method: 'DELETE',
    path: '/api/sessions',
    need: 'person',
    reads: 'nothing',
    handle: (asked) => signOutEverywhere(asked, services),
  }),
  route({
    method: 'DELETE',
    path: '/api/sessions/:id',
    need: 'person',
    reads: 'nothing',
    handle: (asked) => endOne(asked, services),
  }),
  route({
    method: 'DELETE',
    path: '/api/people/:id/sessions',
    need: ['security', 'owner'],
    reads: 'nothing',
    fresh: true,
    handle: (asked) => endAllOf(asked, services),
  }),
]

/**
 * The page asks this when it opens and while somebody works in it, which counts as use and renews the token when it is
 * time. With `?quietly` it only looks, so that an open page nobody works in ends all the same.
 */
async function tellSession(
  { request, url }: Asked<unknown>,
  { door, sessions, settings, isHttps, isDevelopment, accounts }: SessionRouteServices,
): Promise<Reply> {
  const isQuiet = url.searchParams.has('quietly')
  const session = isQuiet ? door.glanceAt(request) : door.sessionOf(request)
  const renewed = session === undefined || isQuiet ? undefined : await sessions.renew(session.token)
  return {
    ...(renewed === undefined
      ? {}
      : { headers: { 'set-cookie': sessionCookieOf(renewed, settings, isHttps()) } }),
    json: {
      ...describe(session),
      isDevelopment,
      ...(accounts === undefined ? {} : { accounts }),
    },
  }
}

function describe(session: OpenSession | undefined) {
  if (session === undefined) return { person: null, csrf: null }
  const { id, email, name, roles } = session.person
  return { person: { id, email, name, roles }, csrf: session.csrf, endsInMs: Math.ceil(session.endsInMs) }
}

/** Ends first and writes after: signing out must work although the log cannot be written. */
async function signOut({ request }: Asked<unknown>, services: SessionRouteServices): Promise<Reply> {
  const session = services.door.sessionOf(request)
  if (session !== undefined) {
    await services.sessions.signOut(session.id)
    await services.writeEntry({ kind: 'sign-out', subject: session.person.id, facts: {} })
  }
  return signedOut(services)
}

async function signOutEverywhere(asked: Asked<unknown>, services: SessionRouteServices): Promise<Reply> {
  const { id } = personIn(asked)
  const current = services.door.glanceAt(asked.request)?.id
  const isThereToo = asked.url.searchParams.has('at-provider') && current !== undefined
  // What the provider is told is forgotten with the session.
  const endSession = isThereToo ? await services.readEndSession(current) : undefined
  await services.sessions.endAllOf(id, { by: id, reason: 'everywhere' })
  await services.endTools(id)
  const reply = signedOut(services)
  return endSession === undefined
    ? reply
    : { ...reply, status: 200, json: { continueAt: (await endSession())?.href ?? null } }
}

const signedOut = ({ isHttps }: SessionRouteServices): Reply => ({
  status: 204,
  headers: { 'set-cookie': clearCookie(sessionCookie, isHttps()) },
})

function listOwn(asked: Asked<unknown>, { door, sessions, signOutAt }: SessionRouteServices): SessionsView {
  const current = door.glanceAt(asked.request)?.id
  return {
    sessions: sessions
      .list(personIn(asked).id)
      .toReversed()
      .map((session) => viewOf(session, session.id === current)),
    signOutAt: (current && signOutAt(current)) ?? null,
  }
}

const viewOf = (session: ListedSession, isCurrent: boolean): SessionView => ({
  id: session.id,
  browser: session.browser,
  network: session.network,
  signedInAt: timeOf(session.createdAt),
  seenAt: timeOf(session.seenAt),
  methods: session.signedIn.amr,
  isCurrent,
})

const timeOf = (atMs: number): string => new Date(atMs).toISOString()

/** Somebody else's is not there, for whoever asks. */
async function endOne(asked: Asked<unknown>, { sessions }: SessionRouteServices): Promise<Reply> {
  const { id } = personIn(asked)
  const own = sessions.list(id).find((session) => session.id === asked.parameters['id'])
  if (own === undefined) throw new Refusal('not-found', { what: 'session' })
  await sessions.end([own.id], { by: id, reason: 'by-person' })
  return { status: 204 }
}

async function endAllOf(asked: Asked<unknown>, { sessions, people }: SessionRouteServices): Promise<Reply> {
  const person = people.find(asked.parameters['id'] ?? '')
  if (person === undefined) throw new Refusal('not-found', { what: 'person' })
  const ended = await sessions.endAllOf(person.id, { by: personIn(asked).id, reason: 'by-office' })
  return { json: { ended } }
}
