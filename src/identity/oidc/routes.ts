import type { Asked, Reply, Route } from '#/core/http/route.ts'
import { route } from '#/core/http/route.ts'
import { Refusal } from '#/core/refusal.ts'
import type { Person } from '#/core/role.ts'
import type { WriteEntry } from '../entry.ts'
import { failureReply } from '../pages/page.ts'
import type { Claims, People } from '../people.ts'
import { clearCookie, readCookie, writeCookie } from '../sessions/cookie.ts'
import type { OpenSession } from '../sessions/open-session.ts'
import type { SignedIn } from '../sessions/record.ts'
import { type Attempt, type Attempts, attemptMs } from './attempts.ts'
import { readNextPath } from './next-path.ts'
import type { RelyingParty } from './relying-party.ts'

const attemptCookie = 'sallyport_attempt'

export interface SignInServices {
  readonly publicUrl: () => string
  readonly relyingParty: RelyingParty
  readonly attempts: Attempts
  readonly people: People
  /** Gives the cookie of a session for whoever has just signed in. */
  readonly openSession: OpenSession
  readonly writeEntry: WriteEntry
  readonly writeFailure: (reason: string) => Promise<void>
  readonly onError: (error: unknown) => void
}

export const signInRoutes = (services: SignInServices): readonly Route[] => [
  route({
    method: 'GET',
    path: '/sign-in',
    need: 'anyone',
    reads: 'nothing',
    handle: (asked) => begin(asked, services),
  }),
  route({
    method: 'GET',
    path: '/sign-in/callback',
    need: 'anyone',
    reads: 'nothing',
    handle: (asked) => finish(asked, services),
  }),
]

async function begin({ request, url, requestId }: Asked<unknown>, services: SignInServices): Promise<Reply> {
  const next = readNextPath(url.searchParams.get('next'))
  const isStepUp = url.searchParams.get('step-up') === '1'
  const home = new URL(services.publicUrl())
  // Cookies belong to a host name: who came by another name of this server would lose them on the way back.
  if (request.headers.host !== home.host)
    return goTo(
      `${home.origin}/sign-in?${new URLSearchParams({ next, ...(isStepUp ? { 'step-up': '1' } : {}) })}`,
    )
  const isHttps = home.protocol === 'https:'
  const attempt = services.attempts.begin(readCookie(request, attemptCookie, isHttps), next, isStepUp)
  try {
    const there = await services.relyingParty.begin(attempt)
    return goTo(there.href, [writeCookie(attemptCookie, attempt.browser, attemptMs / 1_000, isHttps)])
  } catch (error) {
    services.onError(error)
    return fail(
      'The identity provider cannot be reached. Try again in a moment.',
      'provider-unreachable',
      requestId,
      services,
    )
  }
}

async function finish({ request, url, requestId }: Asked<unknown>, services: SignInServices): Promise<Reply> {
  const isHttps = services.publicUrl().startsWith('https:')
  const attempt = services.attempts.take(
    url.searchParams.get('state') ?? '',
    readCookie(request, attemptCookie, isHttps),
  )
  if (attempt === undefined) {
    return fail(
      'This sign-in is not one this browser began, or it was used already.',
      'attempt-unknown',
      requestId,
      services,
    )
  }
  const claims = await exchange(attempt, url, services)
  if (claims === undefined) {
    return fail('The identity provider did not confirm who you are.', 'provider-refused', requestId, services)
  }
  if (attempt.isStepUp && !isFresh(claims, attempt)) {
    return fail(
      'The identity provider did not say that you showed who you are just now, so this cannot go on.',
      'step-up-unproven',
      requestId,
      services,
    )
  }
  const person = await signInUnlessEnded(claims, services)
  if (person === undefined) {
    return fail('This account has been ended. Ask your IT department.', 'account-ended', requestId, services)
  }
  await services.writeEntry({
    kind: attempt.isStepUp ? 'step-up' : 'sign-in',
    subject: person.id,
    facts: {},
  })
  const cookie = await services.openSession(request, person, claims.signedIn ?? unsaid)
  return goTo(attempt.next, [cookie, clearCookie(attemptCookie, isHttps)])
}

const unsaid: SignedIn = { atMs: undefined, acr: undefined, amr: [] }

/** How far the provider's clock may be behind ours. */
const skewMs = 60_000

/** Asked again means: after this sign-in was begun. What a provider leaves out proves nothing. */
const isFresh = ({ signedIn }: Claims, { begunAtMs }: Attempt): boolean =>
  signedIn?.atMs !== undefined && signedIn.atMs >= begunAtMs - skewMs

async function signInUnlessEnded(claims: Claims, { people }: SignInServices): Promise<Person | undefined> {
  try {
    return await people.signIn(claims)
  } catch (error) {
    if (error instanceof Refusal && error.code === 'account-ended') return undefined
    throw error
  }
}

async function exchange(attempt: Attempt, url: URL, services: SignInServices): Promise<Claims | undefined> {
  try {
    return await services.relyingParty.finish(
      attempt,
      new URL(`${services.publicUrl()}${url.pathname}${url.search}`),
    )
  } catch (error) {
    services.onError(error)
    return undefined
  }
}

const goTo = (location: string, cookies: readonly string[] = []): Reply => ({
  status: 302,
  headers: { location, ...(cookies.length === 0 ? {} : { 'set-cookie': cookies }) },
})

async function fail(
  sentence: string,
  code: string,
  requestId: string,
  services: SignInServices,
): Promise<Reply> {
  await services.writeFailure(code)
  return failureReply(sentence, requestId)
}
