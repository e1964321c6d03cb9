import type { ProviderShape, SignInProviderSettings } from '#/settings/api.ts'
import type { ProviderSecrets } from '#/settings/credentials.ts'
import { readClientKey } from './client-key.ts'

/** An identity provider we rely on, with its secrets. */
export interface SignInProvider {
  readonly id: string
  readonly name: string
  readonly shape: ProviderShape
  /** The address of the issuer. The development provider's is known once the server listens. */
  readonly url: () => string
  /** The path of the redirect address. */
  readonly callback: string
  readonly clientId: string
  readonly secrets: ProviderSecrets
  readonly clientKeyId: string | undefined
  readonly scopes: readonly string[]
  readonly groupsClaim: string | undefined
  readonly groupsRequired: boolean
  readonly trustEmail: boolean
  readonly domains: readonly string[]
  readonly tenants: readonly string[]
  readonly acr: string | undefined
  /** The issuers its people are kept under: one, or one for each tenant. */
  readonly people: ReadonlySet<string>
}

/** Throws an Error that names the setting when a secret was not handed over, or a key cannot sign. */
export function toProvider(settings: SignInProviderSettings, secrets: ProviderSecrets = {}): SignInProvider {
  for (const key of ['clientSecret', 'clientKey'] as const) {
    if (settings[key] !== undefined && secrets[key] === undefined)
      throw new Error(`${key} of the identity provider ${settings.id} was not resolved: hand it over`)
  }
  if (secrets.clientKey !== undefined) {
    try {
      readClientKey(secrets.clientKey, settings.shape)
    } catch (error) {
      throw new Error(`identity provider ${settings.id}: ${(error as Error).message}`)
    }
  }
  // People are kept under this address, so that one way of writing it stands for all.
  const url = new URL(settings.issuer).href
  return { ...settings, url: () => url, secrets, people: new Set(peopleOf(url, settings.tenants)) }
}

/**
 * What is asked for. Entra ID tells Microsoft Graph by `User.Read` that somebody's own groups may be read, should they
 * not fit into the token.
 */
export const scopesOf = ({ shape, groupsClaim, scopes }: SignInProvider): string => {
  const forGroups = shape === 'entra' && groupsClaim !== undefined ? ['User.Read'] : []
  return [...new Set(['openid', 'email', 'profile', ...forGroups, ...scopes])].join(' ')
}

const peopleOf = (url: string, tenants: readonly string[]): readonly string[] =>
  tenants.length === 0 ? [url] : tenants.map((tenant) => issuerOfTenant(url, tenant))

/** `https://HOST/organizations/v2.0` for all tenants is `https://HOST/TENANT/v2.0` for one. */
export const issuerOfTenant = (url: string, tenant: string): string => new URL(`/${tenant}/v2.0`, url).href
