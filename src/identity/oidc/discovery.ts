import type { ClientAuth, Configuration, CustomFetchOptions } from 'openid-client'
import type { Clock } from '#/core/clock.ts'
import type { ProviderSecrets } from '#/settings/credentials.ts'
import { isOfManyTenants } from '#/settings/sign-in-schema.ts'
import { boundFetch, type Fetch } from './bounded-fetch.ts'
import { importClientKey, readClientKey } from './client-key.ts'
import { isLoopbackHttp } from './loopback.ts'
import { SignInProblem } from './problem.ts'
import type { SignInProvider } from './provider.ts'

/** The provider's addresses are asked for again after this, should it move them. */
export const discoveryKeptMs = 3_600_000

/** While it does not answer that, those known serve so much longer: its other addresses may well answer. */
export const discoveryStaleMs = 24 * 3_600_000

/** Whoever begins to sign in while it is away waits for one attempt, not each for one of their own. */
const failureKeptMs = 5_000

/** For each request to the provider, its answer included. */
export const timeoutSeconds = 10

/** How far the clocks of the provider and of this machine may be apart. */
export const clockToleranceSeconds = 60

export interface DiscoveryServices {
  readonly provider: SignInProvider
  readonly clock: Clock
  readonly fetch: Fetch
}

interface Found {
  readonly configuration: Configuration
  readonly at: number
  /** What the configuration proves itself with: with new ones it is made anew. */
  readonly secrets: ProviderSecrets
}

/** Finds the provider at the first sign-in, not at start: that it is away must not keep the gate from serving keys. */
export function createDiscovery(services: DiscoveryServices): () => Promise<Configuration> {
  const { monotonic } = services.clock
  let found: Found | undefined
  let failed: { readonly error: unknown; readonly at: number } | undefined
  let underWay: Promise<Configuration> | undefined

  const known = (keptMs: number): Configuration | undefined =>
    found !== undefined && monotonic() - found.at < keptMs && found.secrets === services.provider.secrets()
      ? found.configuration
      : undefined
  const ask = async (): Promise<Configuration> => {
    const secrets = services.provider.secrets()
    try {
      found = { configuration: await discover(services, secrets), at: monotonic(), secrets }
      failed = undefined
      return found.configuration
    } catch (error) {
      failed = { error, at: monotonic() }
      throw error
    } finally {
      underWay = undefined
    }
  }
  return async () => {
    const fresh = known(discoveryKeptMs)
    if (fresh !== undefined) return fresh
    const stale = known(discoveryStaleMs)
    const failedNow = failed !== undefined && monotonic() - failed.at < failureKeptMs
    if (failedNow && stale === undefined) throw failed?.error
    if (failedNow && stale !== undefined) return stale
    underWay ??= ask()
    return stale === undefined ? underWay : underWay.catch(() => stale)
  }
}

async function discover(
  { provider, fetch }: DiscoveryServices,
  secrets: ProviderSecrets,
): Promise<Configuration> {
  const { allowInsecureRequests, clockTolerance, customFetch, discovery, enableNonRepudiationChecks } =
    await import('openid-client')
  const url = provider.url()
  const bounded = boundFetch(fetch)
  const configuration = await discovery(
    new URL(url),
    provider.clientId,
    { [clockTolerance]: clockToleranceSeconds },
    await authenticate(provider, secrets),
    {
      timeout: timeoutSeconds,
      [customFetch]: (address: string, options: CustomFetchOptions) =>
        bounded(address, options as RequestInit),
      // Plain http never leaves this machine: for any other address openid-client insists on https.
      // The signature of the ID token is checked although it comes straight from the provider.
      execute: [enableNonRepudiationChecks, ...(isLoopbackHttp(url) ? [allowInsecureRequests] : [])],
    },
  )
  assertIssuer(configuration.serverMetadata().issuer, url)
  return configuration
}

/**
 * openid-client takes any issuer at login.microsoftonline.com, because of those that stand for many tenants. Here it
 * must be the one of the settings; of many tenants, the template for them.
 */
function assertIssuer(told: string, url: string): void {
  const wanted = isOfManyTenants(url) ? new URL('/{tenantid}/v2.0', url).href : new URL(url).href
  if (new URL(told).href === wanted) return
  throw new SignInProblem(
    'provider-refused',
    `the provider calls itself ${new URL(told).href.slice(0, 200)}, and the settings ${url}`,
  )
}

/** How Sallyport proves itself: a signature, else the secret in the way the provider names, else nothing. */
async function authenticate(
  { clientKeyId, shape }: SignInProvider,
  secrets: ProviderSecrets,
): Promise<ClientAuth> {
  const { ClientSecretBasic, ClientSecretPost, modifyAssertion, None, PrivateKeyJwt } = await import(
    'openid-client'
  )
  if (secrets.clientKey !== undefined) {
    const read = readClientKey(secrets.clientKey, shape)
    const { thumbprint } = read
    const key = await importClientKey(read)
    return PrivateKeyJwt(clientKeyId === undefined ? key : { key, kid: clientKeyId }, {
      [modifyAssertion]: (header: Record<string, unknown>) => {
        if (thumbprint !== undefined) header['x5t#S256'] = thumbprint
      },
    })
  }
  const { clientSecret } = secrets
  if (clientSecret === undefined) return None()
  const [post, basic] = [ClientSecretPost(clientSecret), ClientSecretBasic(clientSecret)]
  return (server, client, body, headers) => {
    const methods = server.token_endpoint_auth_methods_supported
    const takesPost = methods === undefined || methods.includes('client_secret_post')
    return (takesPost ? post : basic)(server, client, body, headers)
  }
}
