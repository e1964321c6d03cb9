import type { Configuration } from 'openid-client'
import type { Clock } from '#/core/clock.ts'
import type { Claims } from '../people.ts'
import type { Fetch } from './bounded-fetch.ts'
import { assertOrganisation, readClaims, type Told } from './claims.ts'
import { claimAt, isOverage, readGroups } from './groups.ts'
import { problemCodeOf, SignInProblem } from './problem.ts'
import type { SignInProvider } from './provider.ts'
import { checkToken } from './token-checks.ts'
import { assertKeyOfIssuer, issuerOf, mayTellMore } from './told.ts'

/** Of the ID token the session began with. */
export interface RefreshKnown {
  readonly issuer: string
  readonly subject: string
}

/** What a provider says of somebody who signed in a while ago. */
export type Refreshed =
  | {
      readonly is: 'confirmed'
      readonly claims: Claims
      /** Undefined when it says nothing of groups now, and does at a sign-in: what it said then still counts. */
      readonly groups: readonly string[] | undefined
      /** The next one; the one that was sent stays when there is none. */
      readonly refreshToken: string | undefined
      readonly idToken: string | undefined
    }
  /** It does not know the person any more, or not the token. */
  | { readonly is: 'refused'; readonly why: string }
  /** It wants to see the person. */
  | { readonly is: 'needs-person'; readonly why: string }
  /** It did not answer, or answered something that says nothing of the person. */
  | {
      readonly is: 'away' | 'failed'
      readonly error: unknown
      /** Whether it may have taken the token all the same; one that is refused for another reason stays good. */
      readonly mayBeTaken: boolean
    }

export interface RefreshServices {
  readonly provider: SignInProvider
  readonly configuration: Configuration
  readonly clock: Clock
  readonly fetch: Fetch
}

/**
 * Refreshes, and reads who it is as strictly as at a sign-in. Source: OpenID Connect Core 1.0, section 12.2: issuer and
 * subject stay; an ID token may be missing, and then the user info says who it is.
 */
export async function refreshAt(
  { provider, configuration, clock, fetch }: RefreshServices,
  refreshToken: string,
  known: RefreshKnown,
): Promise<Refreshed> {
  const { fetchUserInfo, getJwksCache, refreshTokenGrant } = await import('openid-client')
  const tokens = await refreshTokenGrant(configuration, refreshToken)
  const { access_token: accessToken, id_token: idToken } = tokens
  const claims = idToken === undefined ? undefined : tokens.claims()
  const askMore = (): Promise<Told> => fetchUserInfo(configuration, accessToken, known.subject)
  let told: Told
  if (claims === undefined || idToken === undefined) {
    if (provider.shape === 'entra') throw new SignInProblem('provider-refused', 'no ID token was sent')
    told = await askMore()
  } else {
    const { kid } = checkToken({ idToken, accessToken, claims, now: clock.now() })
    assertKeyOfIssuer(getJwksCache(configuration)?.jwks.keys, kid, claims.iss)
    if (claims.iss !== known.issuer || claims.sub !== known.subject)
      return { is: 'refused', why: 'the provider speaks of somebody else' }
    assertOrganisation(provider, claims, claims.iss)
    told = mayTellMore(provider, configuration, claims) ? { ...(await askMore()), ...claims } : claims
  }
  return {
    is: 'confirmed',
    claims: readClaims(provider, issuerOf(provider, known.issuer), told),
    groups: tellsGroups(provider, told) ? await readGroups(provider, told, accessToken, fetch) : undefined,
    refreshToken: tokens.refresh_token,
    idToken,
  }
}

function tellsGroups({ groupsClaim, shape }: SignInProvider, told: Told): boolean {
  if (groupsClaim === undefined) return true
  return claimAt(told, groupsClaim) !== undefined || (shape === 'entra' && isOverage(told, groupsClaim))
}

/** Source: OpenID Connect Core 1.0, section 3.1.2.6; Entra ID answers a refresh with the first. */
const wantsPerson = new Set([
  'interaction_required',
  'login_required',
  'consent_required',
  'account_selection_required',
])

/** Overloaded, or not ready: nothing is said of the person. RFC 6749, section 4.1.2.1, and what gateways add. */
const later = new Set(['temporarily_unavailable', 'server_error', 'slow_down'])

export function readRefreshError(error: unknown): Refreshed {
  if (error instanceof SignInProblem && error.code === 'tenant-refused')
    return { is: 'refused', why: error.message }
  const { error: said, status } = error as { readonly error?: unknown; readonly status?: unknown }
  if (said === 'invalid_grant') return { is: 'refused', why: said }
  if (typeof said === 'string' && wantsPerson.has(said)) return { is: 'needs-person', why: said }
  const isAway =
    status === 429 ||
    (typeof said === 'string' && later.has(said)) ||
    problemCodeOf(error) === 'provider-unreachable'
  return { is: isAway ? 'away' : 'failed', error, mayBeTaken: typeof said !== 'string' && status !== 429 }
}
