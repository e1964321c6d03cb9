import type { IncomingMessage } from 'node:http'
import type { Clock } from '#/core/clock.ts'
import type { Asked, Reply, Route } from '#/core/http/route.ts'
import { route } from '#/core/http/route.ts'
import { Refusal } from '#/core/refusal.ts'
import type { Person } from '#/core/role.ts'
import type { WriteEntry } from '../entry.ts'
import { failureReply } from '../pages/page.ts'
import type { People } from '../people.ts'
import { clearCookie, readCookie, writeCookie } from '../sessions/cookie.ts'
import type { OpenSession } from '../sessions/open-session.ts'
import type { SignedIn } from '../sessions/record.ts'
import { attemptMs } from './attempts.ts'
import { choicePage, lastProviderCookie, lastProviderSeconds, readLastProvider } from './choice-page.ts'
import { readNextPath } from './next-path.ts'
import { problemCodeOf, type SignInProblemCode, signInProblems } from './problem.ts'
import type { Confirmed } from './relying-party.ts'
import type { Finished, SignIn } from './sign-in.ts'

export const attemptCookie = 'sallyport_attempt'

export interface SignInRouteServices {
  readonly publicUrl: () => string
  readonly signIn: SignIn
  readonly people: People
  /** Whoever is signed in with the browser of a request. */
  readonly signedInWith: (request: IncomingMessage) => Person | undefined
  /** Gives the cookie of a session for whoever has just signed in. */
  readonly openSession: OpenSession
  readonly clock: Clock
  readonly writeEntry: WriteEntry
  readonly writeFailure: (reason: string) => Promise<void>
  readonly onError: (error: unknown) => void
}

export const signInRoutes = (services: SignInRouteServices): readonly Route[] => {
  const callback = (path: string): Route =>
    route({
      method: 'GET',
      path,
      need: 'anyone',
      reads: 'nothing',
      handle: (asked) => finish(asked, services),
    })
  return [
    route({
      method: 'GET',
      path: '/sign-in',
      need: 'anyone',
      reads: 'nothing',
      handle: (asked) => begin(asked, services),
    }),
    callback('/sign-in/callback'),
    callback('/sign-in/callback/:provider'),
  ]
}

async function begin(asked: Asked<unknown>, services: SignInRouteServices): Promise<Reply> {
  const { request, url } = asked
  const { providers } = services.signIn
  const next = readNextPath(url.searchParams.get('next'))
  const wanted = url.searchParams.get('provider') ?? undefined
  const isStepUp = url.searchParams.get('step-up') === '1'
  const home = new URL(services.publicUrl())
  // Cookies belong to a host name: who came by another name of this server would lose them on the way back.
  if (request.headers.host !== home.host) {
    const question = new URLSearchParams({
      next,
      ...(wanted === undefined ? {} : { provider: wanted }),
      ...(isStepUp ? { 'step-up': '1' } : {}),
    })
    return goTo(`${home.origin}/sign-in?${question}`)
  }
  const isHttps = home.protocol === 'https:'
  const known = isStepUp ? services.signedInWith(request) : undefined
  const own = known === undefined ? undefined : services.signIn.providerOf(known.issuer)?.id
  const provider = wanted ?? own ?? (providers.length === 1 ? providers[0]?.id : undefined)
  if (provider === undefined)
    return choicePage(providers, readLastProvider(request, providers, isHttps), next)
  try {
    const asked = { provider, next, ...(isStepUp ? stepUp : {}) }
    const begun = await services.signIn.begin(asked, readCookie(request, attemptCookie, isHttps))
    return goTo(begun.location.href, [writeCookie(attemptCookie, begun.browser, attemptMs / 1_000, isHttps)])
  } catch (error) {
    return failWith(error, asked, services)
  }
}

async function finish(asked: Asked<unknown>, services: SignInRouteServices): Promise<Reply> {
  const { request, url } = asked
  const isHttps = services.publicUrl().startsWith('https:')
  let finished: Finished
  try {
    finished = await services.signIn.finish(
      new URL(`${services.publicUrl()}${url.pathname}${url.search}`),
      readCookie(request, attemptCookie, isHttps),
    )
  } catch (error) {
    return failWith(error, asked, services)
  }
  const person = await admit(finished, services.people)
  if (person === undefined) return fail('account-ended', asked, services)
  const kind = finished.asked.purpose === stepUp.purpose ? 'step-up' : 'sign-in'
  await services.writeEntry({ kind, subject: person.id, facts: {} })
  const cookie = await services.openSession(
    request,
    person,
    signedInBy(finished, services.clock.now()),
    finished,
  )
  return goTo(finished.asked.next, [
    cookie,
    clearCookie(attemptCookie, isHttps),
    ...(services.signIn.providers.length === 1
      ? []
      : [writeCookie(lastProviderCookie, finished.provider, lastProviderSeconds, isHttps)]),
  ])
}

/**
 * A fresh sign-in: the provider asks again, whoever is signed in there, and says when it did (`auth_time`, OpenID Connect
 * Core 1.0, 3.1.2.1). A minute, and not none: with a consent to give, the way back takes longer than an answer.
 */
const stepUp = { purpose: 'step-up', prompt: 'login', maxAgeSeconds: 60 } as const

/** A moment that lies ahead is the provider's clock, and is now. */
const signedInBy = ({ authenticatedAtMs: atMs, acr, amr }: Finished, nowMs: number): SignedIn => ({
  atMs: atMs === undefined ? undefined : Math.min(atMs, nowMs),
  acr,
  amr,
})

/** The person a provider confirmed, with the groups it told; undefined when the account is ended. */
export async function admit(
  { claims, groups, provider }: Confirmed,
  people: People,
): Promise<Person | undefined> {
  try {
    const { id } = await people.signIn(claims)
    await people.setGroups(id, provider, groups)
    return people.findCurrent(id)
  } catch (error) {
    if (error instanceof Refusal && error.code === 'account-ended') return undefined
    throw error
  }
}

const goTo = (location: string, cookies: readonly string[] = []): Reply => ({
  status: 302,
  headers: { location, ...(cookies.length === 0 ? {} : { 'set-cookie': cookies }) },
})

/** The operator is told what happened, the person a sentence of ours. */
function failWith(error: unknown, asked: Asked<unknown>, services: SignInRouteServices): Promise<Reply> {
  const code = problemCodeOf(error)
  // Whoever comes back with a state that is over needs no line in the log of the process.
  if (code !== 'attempt-unknown') services.onError(error)
  return fail(code, asked, services)
}

async function fail(
  code: SignInProblemCode,
  { requestId }: Asked<unknown>,
  services: SignInRouteServices,
): Promise<Reply> {
  await services.writeFailure(code)
  const { status, sentence } = signInProblems[code]
  return failureReply(sentence, requestId, status)
}
