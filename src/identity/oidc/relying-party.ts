import type { Configuration } from 'openid-client'
import type { Clock } from '#/core/clock.ts'
import type { Claims } from '../people.ts'
import type { Attempt } from './attempts.ts'
import type { Fetch } from './bounded-fetch.ts'
import { assertOrganisation, readClaims, type Told } from './claims.ts'
import { createDiscovery } from './discovery.ts'
import { claimAt, isOverage, readGroups } from './groups.ts'
import { SignInProblem } from './problem.ts'
import { type SignInProvider, scopesOf } from './provider.ts'
import { assertStrength, promptFor, strengthParameters } from './strength.ts'
import { checkToken } from './token-checks.ts'

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
}

export interface RelyingParty {
  readonly provider: SignInProvider
  /** Where to send the browser. */
  readonly begin: (attempt: Attempt) => Promise<URL>
  /** Exchanges the code of `callback` and reads who it is. Rejects for anything that does not check out. */
  readonly finish: (attempt: Attempt, callback: URL) => Promise<Confirmed>
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

  return {
    provider,
    begin: async (attempt) => {
      const configuration = await discover()
      const { buildAuthorizationUrl, calculatePKCECodeChallenge } = await import('openid-client')
      const { maxAgeSeconds } = attempt.asked
      const prompt = promptFor(provider, attempt.asked.prompt)
      return buildAuthorizationUrl(configuration, {
        redirect_uri: services.redirectUri(),
        scope: scopesOf(provider),
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
      return {
        provider: provider.id,
        claims: readClaims(provider, issuerOf(provider, claims.iss), told),
        groups: await readGroups(provider, told, accessToken, fetch),
        authenticatedAtMs: claims.auth_time === undefined ? undefined : claims.auth_time * 1_000,
        acr,
        amr: readMethods(claims['amr']),
      }
    },
  }
}

/** The development provider's people are kept under a name, because its address changes with the port. */
function issuerOf(provider: SignInProvider, told: string): string {
  if (provider.people.size === 1) return [...provider.people][0] as string
  return new URL(told).href
}

/** Whether the user info may hold what the ID token lacks. Entra ID says no more there than in the token. */
function mayTellMore(provider: SignInProvider, configuration: Configuration, told: Told): boolean {
  const { shape, groupsClaim } = provider
  if (shape === 'entra' || configuration.serverMetadata().userinfo_endpoint === undefined) return false
  const lacksGroups =
    groupsClaim !== undefined && claimAt(told, groupsClaim) === undefined && !isOverage(told, groupsClaim)
  return told['email'] === undefined || lacksGroups
}

/**
 * Entra ID has keys that only some tenants' tokens are signed with; such a key says so.
 * Source: https://learn.microsoft.com/entra/identity-platform/access-tokens#validate-the-issuer
 */
export function assertKeyOfIssuer(
  keys: readonly Readonly<Record<string, unknown>>[] | undefined,
  kid: string | undefined,
  issuer: string,
): void {
  for (const key of keys ?? []) {
    if (key['kid'] !== kid || typeof key['issuer'] !== 'string') continue
    const tenant = new URL(issuer).pathname.split('/')[1] ?? ''
    if (key['issuer'].replace('{tenantid}', tenant) !== issuer)
      throw new SignInProblem('provider-refused', 'the key that signed the ID token is another issuer’s')
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

/** Names without spaces, as they are registered; what is none is left out. */
export const readMethods = (told: unknown): readonly string[] =>
  (Array.isArray(told) ? told : [])
    .filter((each): each is string => typeof each === 'string' && /^[\x21-\x7e]{1,100}$/.test(each))
    .slice(0, mostMethods)
