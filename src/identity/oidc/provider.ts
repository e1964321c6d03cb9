import type { ServerMetadata } from 'openid-client'
import type { ProviderShape, SessionRenewal, SignInProviderSettings } from '#/settings/api.ts'
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
  /** Those of now: a new one may be put in place while Sallyport runs. */
  readonly secrets: () => ProviderSecrets
  readonly clientKeyId: string | undefined
  readonly scopes: readonly string[]
  readonly groupsClaim: string | undefined
  readonly groupsRequired: boolean
  readonly trustEmail: boolean
  readonly domains: readonly string[]
  readonly tenants: readonly string[]
  readonly acr: string | undefined
  readonly renewal: SessionRenewal
  /** The development provider keeps no sign-in, forgets at a restart, and gives refresh tokens unasked. */
  readonly isDevelopment: boolean
  /** The issuers its people are kept under: one, or one for each tenant. */
  readonly people: ReadonlySet<string>
}

// One object: what compares equal is not new.
export const noSecrets: ProviderSecrets = {}

/** Throws an Error that names the setting when a secret was not handed over, or a key cannot sign. */
export function toProvider(
  settings: SignInProviderSettings,
  secrets: () => ProviderSecrets = () => noSecrets,
): SignInProvider {
  assertSecrets(settings, secrets())
  // People are kept under this address, so that one way of writing it stands for all.
  const url = new URL(settings.issuer).href
  return {
    ...settings,
    url: () => url,
    secrets,
    isDevelopment: false,
    people: new Set(peopleOf(url, settings.tenants)),
  }
}

/** Throws as `toProvider`. */
export function assertSecrets(settings: SignInProviderSettings, secrets: ProviderSecrets): void {
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
}

/**
 * What is asked for. Entra ID tells Microsoft Graph by `User.Read` that somebody's own groups may be read, should they
 * not fit into the token.
 */
export const scopesOf = (provider: SignInProvider, metadata: ServerMetadata): string => {
  const { shape, groupsClaim, scopes } = provider
  const forGroups = shape === 'entra' && groupsClaim !== undefined ? ['User.Read'] : []
  const forRenewal = asksForRefresh(provider, metadata) ? [offlineAccess] : []
  return [...new Set(['openid', 'email', 'profile', ...forGroups, ...scopes, ...forRenewal])].join(' ')
}

const offlineAccess = 'offline_access'

/** Whether a refresh token is asked for: only of a provider that names the scope, since others may refuse a sign-in for it. */
export const asksForRefresh = ({ renewal }: SignInProvider, metadata: ServerMetadata): boolean =>
  renewal === 'refresh-token' && metadata.scopes_supported?.includes(offlineAccess) === true

/**
 * Whether a refresh token lives on by itself. One that came without `offline_access` ends with the session at the provider,
 * often after half an hour without use, and would end ours with it. Entra ID does not name the scope in its answer.
 * Source: OpenID Connect Core 1.0, section 11.
 */
export function livesOn(
  provider: SignInProvider,
  metadata: ServerMetadata,
  granted: string | undefined,
): boolean {
  if (provider.isDevelopment) return provider.renewal === 'refresh-token'
  if (!asksForRefresh(provider, metadata)) return false
  return provider.shape === 'entra' || granted === undefined || granted.split(' ').includes(offlineAccess)
}

const peopleOf = (url: string, tenants: readonly string[]): readonly string[] =>
  tenants.length === 0 ? [url] : tenants.map((tenant) => issuerOfTenant(url, tenant))

/** `https://HOST/organizations/v2.0` for all tenants is `https://HOST/TENANT/v2.0` for one. */
const issuerOfTenant = (url: string, tenant: string): string => new URL(`/${tenant}/v2.0`, url).href
