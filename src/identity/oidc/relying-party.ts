import type { Configuration, IDToken } from 'openid-client'
import type { Clock } from '#/core/clock.ts'
import type { Claims } from '../people.ts'
import type { SignedIn } from '../sessions/record.ts'
import type { Attempt } from './attempts.ts'

/** The identity provider we rely on. */
export interface Issuer {
  readonly url: string
  readonly clientId: string
  readonly clientSecret: string | undefined
}

export interface RelyingParty {
  /** Where to send the browser. */
  readonly begin: (attempt: Attempt) => Promise<URL>
  /** Exchanges the code of `callback` and reads who it is. Rejects for anything that does not check out. */
  readonly finish: (attempt: Attempt, callback: URL) => Promise<Claims>
}

/** The provider's addresses are asked for again after this, should it move them. */
const discoveryKeptMs = 3_600_000

const timeoutSeconds = 10

/**
 * OpenID Connect code flow with PKCE, state and nonce, by openid-client. The provider is found at the first
 * sign-in, not at start: that it is away must not keep the gate from serving keys.
 */
export function createRelyingParty(
  issuer: () => Issuer,
  redirectUri: () => string,
  clock: Clock,
): RelyingParty {
  let found: { readonly configuration: Configuration; readonly at: number } | undefined

  const discover = async (): Promise<Configuration> => {
    if (found !== undefined && clock.now() - found.at < discoveryKeptMs) return found.configuration
    const { allowInsecureRequests, discovery, enableNonRepudiationChecks } = await import('openid-client')
    const { url, clientId, clientSecret } = issuer()
    const configuration = await discovery(new URL(url), clientId, clientSecret, undefined, {
      timeout: timeoutSeconds,
      // Plain http never leaves this machine: for any other address openid-client insists on https.
      // The signature of the ID token is checked although it comes straight from the provider.
      execute: [enableNonRepudiationChecks, ...(isLoopbackHttp(url) ? [allowInsecureRequests] : [])],
    })
    found = { configuration, at: clock.now() }
    return configuration
  }

  return {
    begin: async (attempt) => {
      const configuration = await discover()
      const { buildAuthorizationUrl, calculatePKCECodeChallenge } = await import('openid-client')
      return buildAuthorizationUrl(configuration, {
        redirect_uri: redirectUri(),
        scope: 'openid email profile',
        state: attempt.state,
        nonce: attempt.nonce,
        code_challenge: await calculatePKCECodeChallenge(attempt.verifier),
        code_challenge_method: 'S256',
        // `prompt=login` makes it ask again, `max_age` makes it say when it did (OpenID Connect Core, 3.1.2.1).
        ...(attempt.isStepUp ? { prompt: 'login', max_age: '0' } : {}),
      })
    },
    finish: async (attempt, callback) => {
      const configuration = await discover()
      const { authorizationCodeGrant, fetchUserInfo } = await import('openid-client')
      const tokens = await authorizationCodeGrant(configuration, callback, {
        pkceCodeVerifier: attempt.verifier,
        expectedState: attempt.state,
        expectedNonce: attempt.nonce,
        idTokenExpected: true,
      })
      const told = tokens.claims()
      if (told === undefined) throw new Error('the provider sent no ID token')
      const mayTellMore =
        told.email === undefined && configuration.serverMetadata().userinfo_endpoint !== undefined
      return {
        ...readClaims(
          told.sub,
          mayTellMore ? await fetchUserInfo(configuration, tokens.access_token, told.sub) : told,
        ),
        signedIn: readSignedIn(told, clock.now()),
      }
    },
  }
}

const readClaims = (subject: string, told: Partial<IDToken>): Claims => {
  if (subject.length === 0 || subject.length > 255)
    throw new Error('the provider sent a subject of the wrong length')
  return {
    subject,
    email: readLine(told.email, 254),
    // Some providers send it as text. Whatever is not said plainly does not count.
    isEmailVerified: told.email_verified === true || told.email_verified === 'true',
    name: readLine(told.name, 200),
  }
}

const maxMethods = 10

/** Only the signed token counts for it. A moment that lies ahead is the provider's clock, and is now. */
export function readSignedIn({ auth_time: time, acr, amr }: Partial<IDToken>, nowMs: number): SignedIn {
  const isTime = typeof time === 'number' && Number.isFinite(time) && time >= 0
  const methods = Array.isArray(amr) ? amr : []
  return {
    atMs: isTime ? Math.min(Math.floor(time * 1_000), nowMs) : undefined,
    acr: typeof acr === 'string' && isWord(acr) ? acr : undefined,
    amr: methods
      .filter((each): each is string => typeof each === 'string' && isWord(each))
      .slice(0, maxMethods),
  }
}

const isWord = (text: string): boolean => /^[\x21-\x7e]{1,200}$/.test(text)

const readLine = (value: unknown, maxLength: number): string | undefined => {
  if (typeof value !== 'string') return undefined
  const line = value
    .replaceAll(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, maxLength)
  return line === '' ? undefined : line
}

const loopbackHosts = /^(localhost|127(\.\d{1,3}){3}|\[::1\]|::1)$/

export const isLoopbackHost = (host: string): boolean => loopbackHosts.test(host)

export const isLoopbackHttp = (url: string): boolean => {
  const read = URL.parse(url)
  return read !== null && read.protocol === 'http:' && isLoopbackHost(read.hostname)
}
