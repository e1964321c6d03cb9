import type { ServerMetadata } from 'openid-client'
import { boundFetch, type Fetch } from '../bounded-fetch.ts'
import { clockToleranceSeconds, timeoutSeconds } from '../discovery.ts'
import { isLoopbackHttp } from '../loopback.ts'
import { problemCodeOf } from '../problem.ts'
import type { SignInProvider } from '../provider.ts'
import { signatureAlgorithms } from '../token-checks.ts'
import { type Finding, note, ok, problem, warning } from './finding.ts'

/** Why the discovery document could not be had, or is not one we may go by. */
export function explainDiscovery(error: unknown, provider: SignInProvider): Finding {
  const address = `${provider.url().replace(/\/$/, '')}/.well-known/openid-configuration`
  if (problemCodeOf(error) === 'provider-unreachable')
    return problem(
      'discovery',
      `${address} cannot be reached (${reasonOf(error)}): check the address, the way out of this network, and NODE_EXTRA_CA_CERTS where certificates are the company's own`,
    )
  const told = issuerTold(error)
  if (told !== undefined)
    return problem(
      'issuer',
      `the provider calls itself ${told}: set issuer to exactly that, if it is the one you mean`,
    )
  return problem(
    'discovery',
    `${address} holds no discovery document Sallyport can go by: ${reasonOf(error)}`,
  )
}

function reasonOf(error: unknown): string {
  const reasons: string[] = []
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth++) {
    const { code } = cause as { readonly code?: unknown }
    reasons.push(typeof code === 'string' && cause.message === '' ? code : cause.message)
  }
  return reasons.join(': ').slice(0, 300)
}

function issuerTold(error: unknown): string | undefined {
  const { cause } = error as { readonly cause?: { readonly body?: { readonly issuer?: unknown } } }
  const issuer = cause?.body?.issuer
  return typeof issuer === 'string' ? issuer.slice(0, 300) : undefined
}

/** A difference a person would not notice is told from here on. */
const noticeableSeconds = 10

/** The clock of the provider is known to the second, from the head of its answer. */
export function checkClock(date: string | null, answeredAt: number | undefined): readonly Finding[] {
  const told = date === null ? Number.NaN : Date.parse(date)
  if (Number.isNaN(told) || answeredAt === undefined)
    return [note('clock', 'the provider does not say what time it is, so that the clocks were not compared')]
  const seconds = Math.round((answeredAt - told) / 1_000)
  const difference = `the clock here is ${Math.abs(seconds)} seconds ${seconds < 0 ? 'behind' : 'ahead'}`
  if (Math.abs(seconds) > clockToleranceSeconds)
    return [
      problem(
        'clock',
        `${difference}, and ${clockToleranceSeconds} are allowed: let both follow a time server`,
      ),
    ]
  if (Math.abs(seconds) > noticeableSeconds)
    return [warning('clock', `${difference}: let both follow a time server`)]
  return [ok('clock', 'the clocks agree')]
}

/** What the discovery document promises. */
export function checkDocument(metadata: ServerMetadata, provider: SignInProvider): readonly Finding[] {
  const endpoints = ['authorization_endpoint', 'token_endpoint', 'jwks_uri'] as const
  const unsafe = endpoints.filter((name) => !isSafe(metadata[name]))
  const algorithms = metadata.id_token_signing_alg_values_supported ?? ['RS256']
  const usable = algorithms.filter((name) => (signatureAlgorithms as readonly string[]).includes(name))
  const { code_challenge_methods_supported: challenges, scopes_supported: scopes } = metadata
  const wanted = ['openid', 'email', 'profile', ...provider.scopes]
  const unknown = scopes === undefined ? [] : wanted.filter((scope) => !scopes.includes(scope))
  return [
    unsafe.length === 0
      ? ok('endpoints', 'its addresses are there and https')
      : problem('endpoints', `missing, or not https: ${unsafe.join(', ')}`),
    usable.length === 0
      ? problem(
          'algorithms',
          `it signs with ${algorithms.join(', ')}, and Sallyport takes ${signatureAlgorithms.join(', ')}: choose one of these for the client`,
        )
      : ok('algorithms', `it signs with ${usable.join(', ')}`),
    ...(challenges === undefined
      ? [note('pkce', 'it does not say whether it checks PKCE; Sallyport sends it all the same')]
      : challenges.includes('S256')
        ? [ok('pkce', 'it checks PKCE with S256')]
        : [problem('pkce', 'it does not take PKCE with S256')]),
    ...(unknown.length === 0
      ? []
      : [warning('scopes', `it does not list the scopes ${unknown.join(', ')}, and may refuse them`)]),
    ...(provider.acr !== undefined && isUnknownAcr(metadata, provider)
      ? [warning('acr', `it does not list ${provider.acr} among the ways to authenticate`)]
      : []),
  ]
}

const isSafe = (url: unknown): boolean =>
  typeof url === 'string' && (URL.parse(url)?.protocol === 'https:' || isLoopbackHttp(url))

const isUnknownAcr = (metadata: ServerMetadata, { acr, shape }: SignInProvider): boolean => {
  const { acr_values_supported: known } = metadata
  return shape !== 'entra' && Array.isArray(known) && !known.includes(acr as string)
}

/** Whether there is a key to check signatures with. */
export async function checkKeys({ jwks_uri: url }: ServerMetadata, fetch: Fetch): Promise<Finding> {
  if (!isSafe(url)) return problem('keys', 'there is no address to get keys from')
  try {
    const response = await boundFetch(fetch)(url as string, {
      signal: AbortSignal.timeout(timeoutSeconds * 1_000),
    })
    const { keys } = (await response.json()) as { readonly keys?: readonly { readonly use?: unknown }[] }
    const count = keys?.filter(({ use }) => use === undefined || use === 'sig').length ?? 0
    return count === 0
      ? problem('keys', 'it names no key that signatures could be checked with')
      : ok('keys', `${count} keys to check signatures with`)
  } catch (error) {
    return problem('keys', `its keys cannot be read: ${reasonOf(error)}`)
  }
}
