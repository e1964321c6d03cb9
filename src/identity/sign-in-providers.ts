import type { Settings } from '#/settings/api.ts'
import type { ProviderSecrets } from '#/settings/credentials.ts'
import { embeddedClientId, embeddedClientSecret } from './embedded/provider.ts'
import { isLoopbackHost, isLoopbackHttp } from './oidc/loopback.ts'
import { noSecrets, type SignInProvider, toProvider } from './oidc/provider.ts'

/**
 * Those people may sign in with; the development provider is one by itself. Throws an Error that names the setting and
 * the remedy: the development provider off loopback, no provider at all, an issuer that is not https.
 */
export function readSignInProviders(
  settings: Pick<Settings, 'identity' | 'host' | 'publicUrl'>,
  secrets: () => ReadonlyMap<string, ProviderSecrets>,
  publicUrl: () => string,
): readonly SignInProvider[] {
  const { kind, providers } = settings.identity
  if (kind === 'embedded') {
    assertLoopback('host', settings.host)
    if (settings.publicUrl !== undefined) assertLoopback('publicUrl', new URL(settings.publicUrl).hostname)
    return [embeddedProvider(publicUrl)]
  }
  if (providers.length === 0)
    throw new Error('identity.issuer is missing: give the address of your identity provider')
  for (const { issuer } of providers) {
    if (URL.parse(issuer)?.protocol !== 'https:' && !isLoopbackHttp(issuer))
      throw new Error(`the issuer of an identity provider is "${issuer}": it must be an https address`)
  }
  return providers.map((each) => toProvider(each, () => secrets().get(each.id) ?? noSecrets))
}

const embeddedSecrets: ProviderSecrets = { clientSecret: embeddedClientSecret }

const embeddedProvider = (publicUrl: () => string): SignInProvider => ({
  id: 'embedded',
  name: 'Development provider',
  shape: 'generic',
  url: () => `${publicUrl()}/oidc`,
  callback: '/sign-in/callback',
  clientId: embeddedClientId,
  secrets: () => embeddedSecrets,
  clientKeyId: undefined,
  scopes: [],
  groupsClaim: undefined,
  groupsRequired: false,
  trustEmail: false,
  domains: [],
  tenants: [],
  acr: undefined,
  renewal: 'refresh-token',
  isDevelopment: true,
  // Its address changes with the port; its people stay the same.
  people: new Set(['embedded']),
})

/** Its one password is printed on a terminal: good enough on the machine of a developer, and nowhere else. */
function assertLoopback(field: string, host: string): void {
  if (isLoopbackHost(host)) return
  throw new Error(
    `${field} is "${host}", but the development identity provider serves on this machine only: ` +
      'set identity.kind to "oidc" with an issuer, or host to 127.0.0.1',
  )
}
