import type { Clock } from '#/core/clock.ts'
import { type Attempt, createAttempts, type SignInAsked } from './attempts.ts'
import type { Fetch } from './bounded-fetch.ts'
import { SignInProblem } from './problem.ts'
import type { SignInProvider } from './provider.ts'
import { type Confirmed, createRelyingParty, type RelyingParty } from './relying-party.ts'

/** Where a browser is sent to sign in, and the token it must bring back. */
export interface Begun {
  readonly location: URL
  /** For the cookie `attemptCookie`. */
  readonly browser: string
}

export interface Finished extends Confirmed {
  readonly asked: SignInAsked
}

/** The flow with whichever provider: what sessions, renewal and step-up begin and finish. */
export interface SignIn {
  readonly providers: readonly SignInProvider[]
  readonly find: (id: string) => SignInProvider | undefined
  readonly partyOf: (id: string) => RelyingParty | undefined
  /** The provider that calls itself so in its tokens. */
  readonly partyOfIssuer: (issuer: string) => RelyingParty | undefined
  /** The provider that vouches for people of this issuer; undefined for one no longer configured. */
  readonly providerOf: (issuer: string) => SignInProvider | undefined
  /** `browser`: the token of the cookie, when the browser has one. Throws `SignInProblem`, and what the provider causes. */
  readonly begin: (asked: SignInAsked, browser: string | undefined) => Promise<Begun>
  /** `callback`: the address the browser came back to, as people see it. Throws as `begin`. */
  readonly finish: (callback: URL, browser: string | undefined) => Promise<Finished>
}

export interface SignInServices {
  readonly providers: readonly SignInProvider[]
  /** Without a slash at the end. */
  readonly publicUrl: () => string
  readonly clock: Clock
  readonly fetch: Fetch
}

export function createSignIn({ providers, publicUrl, clock, fetch }: SignInServices): SignIn {
  const attempts = createAttempts(clock)
  const parties = new Map<string, RelyingParty>()
  for (const provider of providers) {
    const redirectUri = (): string => `${publicUrl()}${provider.callback}`
    parties.set(provider.id, createRelyingParty({ provider, redirectUri, clock, fetch }))
  }
  const partyOf = (id: string): RelyingParty => {
    const party = parties.get(id)
    if (party === undefined) throw new SignInProblem('provider-unknown', 'no provider has this id')
    return party
  }

  return {
    providers,
    find: (id) => parties.get(id)?.provider,
    partyOf: (id) => parties.get(id),
    partyOfIssuer: (issuer) =>
      [...parties.values()].find(({ provider }) => isIssuerOf(provider, URL.parse(issuer)?.href)),
    providerOf: (issuer) => providers.find(({ people }) => people.has(issuer)),
    begin: async (asked, browser) => {
      const party = partyOf(asked.provider)
      const attempt = attempts.begin(browser, withStrength(asked, party.provider))
      return { location: await party.begin(attempt), browser: attempt.browser }
    },
    finish: async (callback, browser) => {
      const attempt = attempts.take(callback.searchParams.get('state') ?? '', browser)
      if (attempt === undefined)
        throw new SignInProblem('attempt-unknown', 'no browser began this, or it is over')
      const party = partyOf(attempt.asked.provider)
      assertOwnCallback(attempt, party.provider, callback)
      return { ...(await party.finish(attempt, callback)), asked: attempt.asked }
    },
  }
}

const isIssuerOf = ({ tenants, people, url }: SignInProvider, href: string | undefined): boolean =>
  href !== undefined && (tenants.length === 0 ? new URL(url()).href === href : people.has(href))

/** Whoever proves once more who they are is asked for it as the settings of the provider say. */
const withStrength = (asked: SignInAsked, { acr }: SignInProvider): SignInAsked =>
  asked.purpose === 'step-up' && asked.acr === undefined && acr !== undefined ? { ...asked, acr } : asked

/**
 * Each provider has a redirect address of its own, and only the one a sign-in began with finishes it: a provider that
 * sends people on to another one must not be handed that one's code.
 * Source: RFC 9700, section 4.4.2 (mix-up); openid-client checks `iss` of RFC 9207 besides.
 */
function assertOwnCallback(attempt: Attempt, provider: SignInProvider, callback: URL): void {
  if (callback.pathname === provider.callback) return
  throw new SignInProblem('provider-mismatch', `begun with ${attempt.asked.provider}, and answered elsewhere`)
}
