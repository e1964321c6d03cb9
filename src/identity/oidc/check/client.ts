import type { Configuration } from 'openid-client'
import { Pieces } from '#/core/http/body.ts'
import type { Fetch } from '../bounded-fetch.ts'
import { timeoutSeconds } from '../discovery.ts'
import { type SignInProvider, scopesOf } from '../provider.ts'
import { type Finding, note, ok, problem, warning } from './finding.ts'

/** No provider ever gave this code, so that the answer is about the client alone. */
const madeUpCode = 'sallyport-check'

/**
 * Sends a code nobody was given: a provider that takes the client's proof says that the code is wrong, and one that
 * does not says so first (RFC 6749, section 5.2).
 */
export async function checkClient(
  configuration: Configuration,
  provider: SignInProvider,
  redirectUri: string,
): Promise<Finding> {
  const { genericGrantRequest, randomPKCECodeVerifier } = await import('openid-client')
  const secrets = provider.secrets()
  const kind =
    secrets.clientKey !== undefined ? 'key' : secrets.clientSecret !== undefined ? 'secret' : undefined
  try {
    await genericGrantRequest(configuration, 'authorization_code', {
      code: madeUpCode,
      redirect_uri: redirectUri,
      code_verifier: randomPKCECodeVerifier(),
    })
    return problem('client', 'the provider gave tokens for a code that nobody was given: do not use it')
  } catch (error) {
    const { error: said } = error as { readonly error?: unknown }
    if (said === 'invalid_grant')
      return kind === undefined
        ? warning(
            'client',
            'the provider knows the client, which proves itself with nothing: give it a secret',
          )
        : ok('client', `the provider takes the client id and its ${kind}`)
    if (said === 'invalid_client' || said === 'unauthorized_client')
      return problem(
        'client',
        `the provider does not take the client id or its ${kind ?? 'missing secret'} (${said}): compare both with what is registered; a secret may have ended`,
      )
    return warning(
      'client',
      `whether the provider takes the client id and its ${kind ?? 'missing secret'} is not known; it said ${
        typeof said === 'string' ? said.slice(0, 100) : 'nothing that can be read'
      }`,
    )
  }
}

/** A page of an error is small; more is not looked at. */
const maxPageBytes = 262_144

/** Begins a sign-in as a browser would, and looks no further than the first answer. */
export async function checkRedirect(
  configuration: Configuration,
  provider: SignInProvider,
  redirectUri: string,
  fetch: Fetch,
): Promise<Finding> {
  const {
    buildAuthorizationUrl,
    calculatePKCECodeChallenge,
    randomNonce,
    randomPKCECodeVerifier,
    randomState,
  } = await import('openid-client')
  const url = buildAuthorizationUrl(configuration, {
    redirect_uri: redirectUri,
    scope: scopesOf(provider, configuration.serverMetadata()),
    state: randomState(),
    nonce: randomNonce(),
    code_challenge: await calculatePKCECodeChallenge(randomPKCECodeVerifier()),
    code_challenge_method: 'S256',
  })
  const refused = (why: string): Finding =>
    problem(
      'sign-in',
      why === 'invalid_scope'
        ? 'the provider refuses a scope (invalid_scope): allow the client offline_access and the others of the settings, or set renewal: none'
        : `the provider refuses to begin a sign-in (${why}): check that the client id is right and exactly ${redirectUri} is registered`,
    )
  try {
    const response = await fetch(url.href, {
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutSeconds * 1_000),
    })
    const { said, isSure } = readRefusal(response, await readStart(response), redirectUri)
    if (said !== undefined) return refused(said)
    return isSure
      ? ok('sign-in', 'the provider begins a sign-in that comes back to this Sallyport')
      : note(
          'sign-in',
          'the provider shows a page to sign in; whether it knows the redirect address is seen at the first sign-in',
        )
  } catch (error) {
    return warning(
      'sign-in',
      `whether a sign-in begins is not known: ${(error as Error).message.slice(0, 200)}`,
    )
  }
}

/** Entra ID and Google answer what is wrong with a page that looks like any other, or send to one. */
function readRefusal(
  response: Response,
  page: string,
  redirectUri: string,
): { readonly said: string | undefined; readonly isSure: boolean } {
  const { status } = response
  if (status >= 400) return { said: `status ${status}`, isSure: true }
  const location = response.headers.get('location') ?? ''
  const there = URL.parse(location, response.url || redirectUri)
  const error = there?.searchParams.get('error')
  if (error !== null && error !== undefined) return { said: error.slice(0, 100), isSure: true }
  if (there !== null && location !== '' && /\/error\b/.test(there.pathname))
    return { said: 'it sends to a page of an error', isSure: true }
  const entra = /AADSTS\d{4,8}/.exec(page)?.[0]
  if (entra !== undefined) return { said: entra, isSure: true }
  return { said: undefined, isSure: status >= 300 }
}

async function readStart(response: Response): Promise<string> {
  const pieces = new Pieces()
  for await (const piece of response.body ?? []) {
    pieces.add(Buffer.from(piece))
    if (pieces.bytes > maxPageBytes) break
  }
  return String(pieces.joined())
}
