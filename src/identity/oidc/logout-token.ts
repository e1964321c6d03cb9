import type { RemoteJWKSet } from 'jose'
import type { ServerMetadata } from 'openid-client'
import type { Clock } from '#/core/clock.ts'
import { boundFetch, type Fetch } from './bounded-fetch.ts'
import { clockToleranceSeconds, timeoutSeconds } from './discovery.ts'
import { isLoopbackHttp } from './loopback.ts'
import { SignInProblem } from './problem.ts'
import type { SignInProvider } from './provider.ts'
import { signatureAlgorithms } from './token-checks.ts'
import { assertKeyOfIssuer } from './told.ts'

/** Whom a provider signed out: one session of theirs, or the person everywhere. */
export interface LogoutToken {
  readonly issuer: string
  readonly sid: string | undefined
  readonly subject: string | undefined
  /** By which it is known again, and until when it could come, in seconds since 1970. */
  readonly id: { readonly iss: string; readonly jti: string; readonly exp: number }
}

/** A provider signs somebody out now; what is older was kept by somebody. */
const longestAgeSeconds = 300

const event = 'http://schemas.openid.net/event/backchannel-logout'

/** Far above what providers send: a header, a dozen claims, a signature. */
const maxTokenLength = 16_384

export interface LogoutTokenServices {
  readonly provider: SignInProvider
  readonly clock: Clock
  readonly fetch: Fetch
}

/**
 * Reads logout tokens of one provider; that each counts once is for whoever acts on them. Throws `SignInProblem`;
 * `provider-unreachable` when its keys cannot be read.
 * Source: OpenID Connect Back-Channel Logout 1.0, section 2.6.
 */
export function createLogoutTokens({ provider, clock, fetch }: LogoutTokenServices) {
  let keys: { readonly url: string; readonly set: RemoteJWKSet } | undefined

  const keysAt = async (url: string): Promise<RemoteJWKSet> => {
    if (keys?.url === url) return keys.set
    const { createRemoteJWKSet, customFetch } = await import('jose')
    const bounded = boundFetch(fetch)
    const set = createRemoteJWKSet(new URL(url), {
      timeoutDuration: timeoutSeconds * 1_000,
      [customFetch]: (address: string, options: RequestInit) => bounded(address, options),
    })
    keys = { url, set }
    return set
  }

  return async (token: string, metadata: ServerMetadata): Promise<LogoutToken> => {
    if (token.length > maxTokenLength) throw refused('it is too long')
    const { jwks_uri: jwksUri } = metadata
    if (jwksUri === undefined || !(jwksUri.startsWith('https:') || isLoopbackHttp(jwksUri)))
      throw new SignInProblem('provider-refused', 'the provider names no address of keys over https')
    const { jwtVerify } = await import('jose')
    const set = await keysAt(jwksUri)
    const { payload, protectedHeader } = await jwtVerify(token, set, {
      algorithms: [...signatureAlgorithms],
      audience: provider.clientId,
      requiredClaims: ['iss', 'iat', 'jti', 'events'],
      clockTolerance: clockToleranceSeconds,
      maxTokenAge: longestAgeSeconds,
      currentDate: new Date(clock.now()),
    })
    const { iss = '', jti = '', iat = 0, sub, sid, nonce, events } = payload
    assertType(protectedHeader.typ)
    assertIssuer(provider, metadata.issuer, iss)
    assertKeyOfIssuer(set.jwks()?.keys as Keys, protectedHeader.kid, iss)
    if (nonce !== undefined) throw refused('it has a nonce: it is an ID token')
    if (!isObject(events) || !isObject(events[event])) throw refused('it is about something else')
    const id = { iss, jti, exp: iat + longestAgeSeconds + clockToleranceSeconds }
    const about = { issuer: iss, sid: readName(sid, 'sid'), subject: readName(sub, 'sub'), id }
    if (about.sid === undefined && about.subject === undefined) throw refused('it names nobody')
    if (typeof jti !== 'string' || jti === '' || jti.length > 255) throw refused('its jti is no name')
    return about
  }
}

type Keys = readonly Readonly<Record<string, unknown>>[] | undefined

const refused = (why: string): SignInProblem =>
  new SignInProblem('provider-refused', `the logout token is refused: ${why}`)

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Providers from before the type was recommended write `JWT`, or nothing. */
function assertType(type: string | undefined): void {
  if (type !== undefined && !['logout+jwt', 'application/logout+jwt', 'jwt'].includes(type.toLowerCase()))
    throw refused('its type is another one')
}

function assertIssuer({ people, tenants }: SignInProvider, ofDocument: string, told: string): void {
  const isRight = tenants.length === 0 ? told === ofDocument : people.has(URL.parse(told)?.href ?? '')
  if (!isRight) throw refused('its issuer is another one')
}

function readName(told: unknown, name: string): string | undefined {
  if (told === undefined) return undefined
  if (typeof told === 'string' && told.length > 0 && told.length <= 255) return told
  throw refused(`its ${name} is no name`)
}
