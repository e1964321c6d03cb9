import type { Clock } from '#/core/clock.ts'
import type { Claims } from '../people.ts'
import type { Attempt } from './attempts.ts'
import type { Fetch } from './bounded-fetch.ts'
import { assertOrganisation, readClaims } from './claims.ts'
import { createDiscovery } from './discovery.ts'
import { readGroups } from './groups.ts'
import { createLogoutTokens, type LogoutToken } from './logout-token.ts'
import { SignInProblem } from './problem.ts'
import { livesOn, type SignInProvider, scopesOf } from './provider.ts'
import { type Refreshed, type RefreshKnown, readRefreshError, refreshAt } from './refresh.ts'
import { assertStrength, promptFor, strengthParameters } from './strength.ts'
import { checkToken } from './token-checks.ts'
import { assertKeyOfIssuer, issuerOf, mayTellMore } from './told.ts'

/** What a provider confirmed. */
export interface Confirmed {
  readonly claims: Claims
  /** The id of the provider. */
  readonly provider: string
  /** By their ids; none when this provider is not asked for groups. */
  readonly groups: readonly string[]
  /** When the person last proved who they are, where the provider says so. */
  readonly authenticatedAtMs: number | undefined
  /** How strongly, in the provider's words. */
  readonly acr: string | undefined
  /** By which means: `pwd`, `mfa`; RFC 8176. */
  readonly amr: readonly string[]
  readonly provided: Provided
}

/** What a sign-in leaves for later: to ask whether the person is still there, and to sign out at the provider. */
export interface Provided {
  /** `iss`, `sub` and `sid` of the ID token, as the provider writes them. */
  readonly issuer: string
  readonly subject: string
  readonly sid: string | undefined
  readonly idToken: string
  /** Only one that lives on by itself. */
  readonly refreshToken: string | undefined
}

export interface RelyingParty {
  readonly provider: SignInProvider
  /** Where to send the browser. */
  readonly begin: (attempt: Attempt) => Promise<URL>
  /** Exchanges the code of `callback` and reads who it is. Rejects for anything that does not check out. */
  readonly finish: (attempt: Attempt, callback: URL) => Promise<Confirmed>
  /** Asks whether a person is still there. Never rejects: whatever is wrong is an answer. */
  readonly refresh: (refreshToken: string, known: RefreshKnown) => Promise<Refreshed>
  /** RFC 7009, where the provider offers it. */
  readonly revoke: (refreshToken: string) => Promise<void>
  /** Where the browser is sent to sign out there, too; undefined when the provider offers none. */
  readonly endSession: (idToken: string | undefined, back: string) => Promise<URL | undefined>
  /** Whom a logout token of this provider is about. Throws `SignInProblem`. */
  readonly readLogoutToken: (token: string) => Promise<LogoutToken>
}

export interface RelyingPartyServices {
  readonly provider: SignInProvider
  readonly redirectUri: () => string
  readonly clock: Clock
  readonly fetch: Fetch
}

/** OpenID Connect code flow with PKCE, state and nonce, by openid-client, with one provider. */
export function createRelyingParty(services: RelyingPartyServices): RelyingParty {
  const { provider, clock, fetch } = services
  const discover = createDiscovery(services)
  const readLogout = createLogoutTokens({ provider, clock, fetch })

  return {
    provider,
    begin: async (attempt) => {
      const configuration = await discover()
      const { buildAuthorizationUrl, calculatePKCECodeChallenge } = await import('openid-client')
      const { maxAgeSeconds } = attempt.asked
      const prompt = promptFor(provider, attempt.asked.prompt)
      return buildAuthorizationUrl(configuration, {
        redirect_uri: services.redirectUri(),
        scope: scopesOf(provider, configuration.serverMetadata()),
        state: attempt.state,
        nonce: attempt.nonce,
        code_challenge: await calculatePKCECodeChallenge(attempt.verifier),
        code_challenge_method: 'S256',
        ...(prompt === undefined ? {} : { prompt }),
        ...(maxAgeSeconds === undefined ? {} : { max_age: String(maxAgeSeconds) }),
        ...strengthParameters(provider, attempt.asked.acr),
        // Spares people the choice among private accounts; what comes back is checked all the same.
        ...(provider.shape === 'google' && provider.domains.length === 1 ? { hd: provider.domains[0] } : {}),
      } as Record<string, string>)
    },
    finish: async (attempt, callback) => {
      const configuration = await discover()
      const { authorizationCodeGrant, fetchUserInfo, getJwksCache } = await import('openid-client')
      const { maxAgeSeconds } = attempt.asked
      assertScopes(callback)
      const tokens = await authorizationCodeGrant(configuration, callback, {
        pkceCodeVerifier: attempt.verifier,
        expectedState: attempt.state,
        expectedNonce: attempt.nonce,
        idTokenExpected: true,
        ...(maxAgeSeconds === undefined ? {} : { maxAge: maxAgeSeconds }),
      }).catch(tellTooOld)
      const { access_token: accessToken, id_token: idToken } = tokens
      const claims = tokens.claims()
      if (claims === undefined || idToken === undefined)
        throw new SignInProblem('provider-refused', 'the provider sent no ID token')
      const { kid } = checkToken({ idToken, accessToken, claims, now: clock.now() })
      assertKeyOfIssuer(getJwksCache(configuration)?.jwks.keys, kid, claims.iss)
      assertOrganisation(provider, claims, claims.iss)
      const acr = assertStrength(provider, attempt.asked.acr, claims)
      const told = mayTellMore(provider, configuration, claims)
        ? { ...(await fetchUserInfo(configuration, accessToken, claims.sub)), ...claims }
        : claims
      const isKept = livesOn(provider, configuration.serverMetadata(), tokens.scope)
      return {
        provider: provider.id,
        claims: readClaims(provider, issuerOf(provider, claims.iss), told),
        groups: await readGroups(provider, told, accessToken, fetch),
        authenticatedAtMs: claims.auth_time === undefined ? undefined : claims.auth_time * 1_000,
        acr,
        amr: readMethods(claims['amr']),
        provided: {
          issuer: claims.iss,
          subject: claims.sub,
          sid: readSid(claims['sid']),
          idToken,
          refreshToken: isKept ? tokens.refresh_token : undefined,
        },
      }
    },
    refresh: async (refreshToken, known) => {
      try {
        return await refreshAt(
          { provider, configuration: await discover(), clock, fetch },
          refreshToken,
          known,
        )
      } catch (error) {
        return readRefreshError(error)
      }
    },
    revoke: async (refreshToken) => {
      const configuration = await discover()
      if (configuration.serverMetadata().revocation_endpoint === undefined) return
      const { tokenRevocation } = await import('openid-client')
      await tokenRevocation(configuration, refreshToken, { token_type_hint: 'refresh_token' })
    },
    endSession: async (idToken, back) => {
      const configuration = await discover()
      if (configuration.serverMetadata().end_session_endpoint === undefined) return undefined
      const { buildEndSessionUrl } = await import('openid-client')
      return buildEndSessionUrl(configuration, {
        post_logout_redirect_uri: back,
        ...(idToken === undefined ? {} : { id_token_hint: idToken }),
      })
    },
    readLogoutToken: async (token) => readLogout(token, (await discover()).serverMetadata()),
  }
}

/** The person is told that they were not asked again, rather than that nobody knows them. */
function tellTooOld(error: unknown): never {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth++)
    if (/"auth_time"|last End-User authentication/.test(cause.message))
      throw new SignInProblem('authentication-too-weak', 'auth_time does not prove that it was just now', {
        cause: error,
      })
  throw error
}

const mostMethods = 10

/** Said so that whoever operates this knows which one: it is the only one that is asked for unasked. */
function assertScopes(callback: URL): void {
  if (callback.searchParams.get('error') !== 'invalid_scope') return
  throw new SignInProblem(
    'provider-refused',
    'the provider refuses a scope that is asked for (invalid_scope): allow the client offline_access, or set renewal: none for this provider',
  )
}

/** At most 255 characters of ASCII, as a subject (OpenID Connect Front-Channel Logout 1.0, section 3). */
const readSid = (told: unknown): string | undefined =>
  typeof told === 'string' && /^[\x20-\x7e]{1,255}$/.test(told) ? told : undefined

/** Names without spaces, as they are registered; what is none is left out. */
export const readMethods = (told: unknown): readonly string[] =>
  (Array.isArray(told) ? told : [])
    .filter((each): each is string => typeof each === 'string' && /^[\x21-\x7e]{1,100}$/.test(each))
    .slice(0, mostMethods)
