import type { Configuration } from 'openid-client'
import type { Told } from './claims.ts'
import { claimAt, isOverage } from './groups.ts'
import { SignInProblem } from './problem.ts'
import type { SignInProvider } from './provider.ts'

/** The development provider's people are kept under a name, because its address changes with the port. */
export function issuerOf(provider: SignInProvider, told: string): string {
  if (provider.people.size === 1) return [...provider.people][0] as string
  return new URL(told).href
}

/** Whether the user info may hold what the ID token lacks. Entra ID says no more there than in the token. */
export function mayTellMore(provider: SignInProvider, configuration: Configuration, told: Told): boolean {
  const { shape, groupsClaim } = provider
  if (shape === 'entra' || configuration.serverMetadata().userinfo_endpoint === undefined) return false
  const lacksGroups =
    groupsClaim !== undefined && claimAt(told, groupsClaim) === undefined && !isOverage(told, groupsClaim)
  return told['email'] === undefined || lacksGroups
}

/**
 * Entra ID has keys that only some tenants' tokens are signed with; such a key says so.
 * Source: https://learn.microsoft.com/entra/identity-platform/access-tokens#validate-the-issuer
 */
export function assertKeyOfIssuer(
  keys: readonly Readonly<Record<string, unknown>>[] | undefined,
  kid: string | undefined,
  issuer: string,
): void {
  for (const key of keys ?? []) {
    if (key['kid'] !== kid || typeof key['issuer'] !== 'string') continue
    const tenant = new URL(issuer).pathname.split('/')[1] ?? ''
    if (key['issuer'].replace('{tenantid}', tenant) !== issuer)
      throw new SignInProblem('provider-refused', 'the key that signed the ID token is another issuer’s')
  }
}
