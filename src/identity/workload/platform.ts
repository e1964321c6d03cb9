import type { RemoteJWKSet } from 'jose'
import type { Clock } from '#/core/clock.ts'
import { readAnswer } from '#/core/http/read-answer.ts'
import { readJsonObject } from '#/core/read-json.ts'
import { isLoopbackHttp } from '../oidc/loopback.ts'

/** A token nobody need look at again: `why` is ours, and repeats nothing of it. */
export class TokenRefused extends Error {
  override readonly name = 'TokenRefused'
}

/** The platform does not say its keys: the same token may work later. */
export class PlatformAway extends Error {
  override readonly name = 'PlatformAway'
}

export type Claims = Readonly<Record<string, unknown>>

/** One issuer of workload tokens. */
export interface Platform {
  /** The claims of a token it signed, that is valid now. Rejects with `TokenRefused` and `PlatformAway`. */
  readonly verify: (token: string) => Promise<Claims>
}

/** Signatures only, no shared secrets: with HS256 a public key would do as one. */
const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA']

/** Clocks of two machines differ. */
const toleranceSeconds = 30

/** What lives for longer than a day lies somewhere, and is a stored secret again. */
const longestLifeSeconds = 86_400

const fetchMs = 5_000
const mostBytes = 256 * 1_024
const cooldownMs = 30_000
const jwksKeptMs = 600_000
/** A platform that is away is not asked again with every token somebody sends. */
const againAfterMs = 10_000

export interface PlatformParts {
  readonly issuer: string
  readonly jwksUrl: string | undefined
  readonly clock: Clock
}

export function createPlatform({ issuer, jwksUrl, clock }: PlatformParts): Platform {
  let keys: RemoteJWKSet | undefined
  let awayUntil = 0

  /** Keys that are known go on serving while the platform is away; it is asked again after a while, not for every token. */
  const ask = async (url: string, options: RequestInit): Promise<string> => {
    if (clock.monotonic() < awayUntil) throw new Error('it did not answer a moment ago')
    try {
      return await fetchText(url, options)
    } catch (error) {
      awayUntil = clock.monotonic() + againAfterMs
      throw error
    }
  }
  const openKeys = async (): Promise<RemoteJWKSet> => {
    if (keys !== undefined) return keys
    const url = jwksUrl ?? (await discover(issuer, ask))
    const { createRemoteJWKSet, customFetch } = await import('jose')
    keys ??= createRemoteJWKSet(new URL(url), {
      timeoutDuration: fetchMs,
      cooldownDuration: cooldownMs,
      cacheMaxAge: jwksKeptMs,
      [customFetch]: async (address: string, options: RequestInit) =>
        new Response(await ask(address, options)),
    })
    return keys
  }

  return {
    verify: async (token) => {
      const { header, claims } = readToken(token)
      if (typeof header['alg'] !== 'string' || !algorithms.includes(header['alg']))
        throw new TokenRefused('it is not signed by an algorithm that is taken')
      if (typeof header['kid'] !== 'string') throw new TokenRefused('it does not name its key')
      const { jwtVerify } = await import('jose')
      // Keys come from the place the settings name: jku, jwk and x5u of a token are never looked at.
      try {
        await jwtVerify(token, await openKeys(), {
          algorithms,
          issuer,
          requiredClaims: ['exp', 'iat', 'aud'],
          clockTolerance: toleranceSeconds,
          currentDate: new Date(clock.now()),
        })
      } catch (error) {
        const why = ofToken.get(codeOf(error))
        if (why !== undefined) throw new TokenRefused(why, { cause: error })
        throw new PlatformAway(`${issuer} does not say its keys`, { cause: error })
      }
      assertTimes(claims, clock.now() / 1_000)
      return claims
    },
  }
}

function assertTimes({ iat, exp }: Claims, now: number): void {
  if (typeof iat !== 'number' || typeof exp !== 'number')
    throw new TokenRefused('it does not say when it was made')
  if (iat > now + toleranceSeconds) throw new TokenRefused('it was made in the future')
  if (exp - iat > longestLifeSeconds) throw new TokenRefused('it lives for longer than a day')
}

const longestToken = 16_384

/** Read as strictly as a body is: a name that stands twice would be one thing here and another at the platform. */
export function readToken(token: string): { readonly header: Claims; readonly claims: Claims } {
  const parts = token.split('.')
  if (token.length > longestToken || parts.length !== 3 || !/^[\w-]+\.[\w-]+\.[\w-]+$/.test(token))
    throw new TokenRefused('it is not a signed token')
  try {
    const [header = '', claims = ''] = parts
    return {
      header: readJsonObject(Buffer.from(header, 'base64url'), 5),
      claims: readJsonObject(Buffer.from(claims, 'base64url'), 10),
    }
  } catch (error) {
    throw new TokenRefused('it cannot be read in one way only', { cause: error })
  }
}

const ofToken: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ERR_JWT_EXPIRED: 'it has expired',
    ERR_JWT_CLAIM_VALIDATION_FAILED: 'a claim of it does not fit',
    ERR_JWT_INVALID: 'it is not a token',
    ERR_JWS_INVALID: 'it is not a signed token',
    ERR_JWS_SIGNATURE_VERIFICATION_FAILED: 'its signature is wrong',
    ERR_JWKS_NO_MATCHING_KEY: 'its key is none of the platform’s',
    ERR_JWKS_MULTIPLE_MATCHING_KEYS: 'its key is not clear',
    ERR_JOSE_ALG_NOT_ALLOWED: 'it is not signed by an algorithm that is taken',
    ERR_JOSE_NOT_SUPPORTED: 'it is signed in a way that is not taken',
  }),
)

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''

/** Where the platform's keys lie (OpenID Connect Discovery 1.0, section 4). It must speak for this very issuer. */
async function discover(issuer: string, ask: typeof fetchText): Promise<string> {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`
  const text = await ask(url, { redirect: 'manual', signal: AbortSignal.timeout(fetchMs) })
  const told = readJsonObject(Buffer.from(text), 20)
  const { issuer: said, jwks_uri: jwksUri } = told
  if (said !== issuer) throw new Error('the discovery document speaks for another issuer')
  if (typeof jwksUri !== 'string' || !(jwksUri.startsWith('https://') || isLoopbackHttp(jwksUri)))
    throw new Error('the discovery document names no address of keys over https')
  return jwksUri
}

async function fetchText(url: string, options: RequestInit): Promise<string> {
  const response = await fetch(url, options)
  if (response.status !== 200 || response.body === null) {
    await response.body?.cancel()
    throw new Error(`it answered with status ${response.status}`)
  }
  return String(await readAnswer(response.body, mostBytes))
}
