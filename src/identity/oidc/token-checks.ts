import { hash } from 'node:crypto'
import type { IDToken } from 'openid-client'
import { clockToleranceSeconds } from './discovery.ts'
import { SignInProblem } from './problem.ts'

/** What ID tokens may be signed with. The signature itself, and HMAC and none, are openid-client's to refuse. */
export const signatureAlgorithms = ['RS256', 'PS256', 'ES256', 'EdDSA', 'Ed25519'] as const

/** A token with a few hundred groups has some 16 KB; a header line of ours would not be longer either. */
const maxTokenBytes = 65_536

export interface TokenParts {
  readonly idToken: string
  readonly accessToken: string
  readonly claims: IDToken
  /** Milliseconds since 1970. */
  readonly now: number
}

interface Header {
  readonly alg: string
  readonly kid: string | undefined
}

/**
 * What openid-client leaves to us, of a token whose signature, issuer, audience, nonce and end it has checked: the
 * algorithm is one of ours, it is not from the future, and it belongs to the access token that came with it.
 * Throws `SignInProblem`.
 */
export function checkToken({ idToken, accessToken, claims, now }: TokenParts): Header {
  const header = readHeader(idToken)
  if (!(signatureAlgorithms as readonly string[]).includes(header.alg))
    throw new SignInProblem('provider-refused', `the ID token is signed with ${header.alg.slice(0, 20)}`)
  const ahead = claims.iat - now / 1_000
  if (ahead > clockToleranceSeconds)
    throw new SignInProblem(
      'clock-differs',
      `the ID token is from ${Math.round(ahead)} seconds in the future`,
    )
  const { at_hash: told } = claims
  if (told !== undefined && told !== accessTokenHash(accessToken, header.alg))
    throw new SignInProblem('provider-refused', 'the ID token does not belong to the access token')
  return header
}

function readHeader(idToken: string): Header {
  if (idToken.length > maxTokenBytes)
    throw new SignInProblem('provider-refused', `the ID token is larger than ${maxTokenBytes} bytes`)
  // Read by openid-client before this, so that it is JSON.
  const header = JSON.parse(Buffer.from(idToken.split('.')[0] ?? '', 'base64url').toString()) as {
    readonly alg?: unknown
    readonly kid?: unknown
  }
  return { alg: String(header.alg), kid: typeof header.kid === 'string' ? header.kid : undefined }
}

/** OpenID Connect Core 1.0, section 3.1.3.6: the left half of the digest that belongs to the algorithm. */
const accessTokenHash = (accessToken: string, algorithm: string): string => {
  const digest = hash(algorithm.startsWith('Ed') ? 'sha512' : 'sha256', accessToken, 'buffer')
  return digest.subarray(0, digest.length / 2).toString('base64url')
}
