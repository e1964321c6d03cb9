import type { ProviderShape, SignInProviderSettings } from './api.ts'
import type { OidcFile, ProviderFile } from './sign-in-schema.ts'

/** The id of a provider that stands alone. It is the source of its groups, too: `oidc:7a31...`. */
const onlyId = 'oidc'

/** The providers of the settings, each with everything the file left out. */
export function readProviders(file: OidcFile): readonly SignInProviderSettings[] {
  const { kind: _kind, owners: _owners, providers, issuer, clientId, ...single } = file
  if (providers !== undefined)
    return providers.map((each) => readProvider(each, `/sign-in/callback/${each.id}`))
  if (issuer === undefined || clientId === undefined)
    throw new Error('the settings name no provider, and were not checked')
  return [readProvider({ ...single, id: onlyId, issuer, clientId }, '/sign-in/callback')]
}

/** Where each shape tells groups when nothing else is said. Google tells none, and a generic one is asked to say. */
const usualGroupsClaim: Readonly<Record<ProviderShape, string | undefined>> = {
  generic: undefined,
  entra: 'groups',
  okta: 'groups',
  google: undefined,
  keycloak: 'groups',
}

const readProvider = (file: ProviderFile, callback: string): SignInProviderSettings => {
  const shape = file.shape ?? 'generic'
  return {
    id: file.id,
    name: file.name ?? new URL(file.issuer).hostname,
    shape,
    issuer: file.issuer,
    callback,
    clientId: file.clientId,
    clientSecret: file.clientSecret,
    clientKey: file.clientKey,
    clientKeyId: file.clientKeyId,
    scopes: file.scopes ?? [],
    groupsClaim: file.groupsClaim ?? usualGroupsClaim[shape],
    groupsRequired: file.groupsRequired ?? false,
    trustEmail: file.trustEmail ?? false,
    domains: file.domains ?? [],
    tenants: file.tenants ?? [],
    acr: file.acr,
    renewal: file.renewal ?? (shape === 'google' ? 'none' : 'refresh-token'),
  }
}
