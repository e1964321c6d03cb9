import type { IdentitySettings, ProviderShape, SignInProviderSettings } from './api.ts'
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

/**
 * Groups somebody is to get roles by that nobody can ever tell of: a name that is mistyped, or that of a provider which
 * is gone and whose last word would count on. `key` is dotted.
 */
export function findGroupConflicts({
  kind,
  groups,
  providers,
  scim,
}: Pick<IdentitySettings, 'kind' | 'groups' | 'providers' | 'scim'>): readonly {
  readonly key: string
  readonly problem: string
}[] {
  // The development provider tells no groups: whoever tries out a file without its providers is not kept from it.
  if (kind === 'embedded') return []
  const telling = [...providers.filter(({ groupsClaim }) => groupsClaim !== undefined), ...scim].map(
    ({ id }) => id,
  )
  return groups.flatMap(({ group }, index) => {
    const source = group.slice(0, group.indexOf(':'))
    if (telling.includes(source)) return []
    const there =
      telling.length === 0 ? 'No provider here tells groups' : `Groups are told by ${telling.join(', ')}`
    return [
      { key: `identity.groups.${index}.group`, problem: `is of ${source}, which tells no groups. ${there}` },
    ]
  })
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
  }
}
