import type { Claims } from '../people.ts'
import { SignInProblem } from './problem.ts'
import type { SignInProvider } from './provider.ts'

/** What the provider told: claims of the ID token, and where that lacks some, of its user info. */
export type Told = Readonly<Record<string, unknown>>

/**
 * Who somebody is, by the shape of the provider. `issuer` is the one people are kept under.
 * Throws `SignInProblem`.
 */
export function readClaims(provider: SignInProvider, issuer: string, told: Told): Claims {
  const { email, isVerified } = readEmail(provider, told)
  return {
    issuer,
    subject: readSubject(provider, told),
    email,
    isEmailVerified: isVerified && isVouchedFor(email, provider.domains),
    name: readLine(told['name'], 200),
  }
}

/**
 * At Entra ID `sub` is another one for every application registered, and `oid` stays: it is what SCIM and Microsoft
 * Graph call the person, too, and registering Sallyport anew makes nobody a stranger. It is unique within its tenant,
 * which the issuer names.
 * Source: https://learn.microsoft.com/entra/identity-platform/id-token-claims-reference
 */
function readSubject({ shape }: SignInProvider, told: Told): string {
  const subject = shape === 'entra' ? told['oid'] : told['sub']
  if (typeof subject === 'string' && subject.length > 0 && subject.length <= 255) return subject
  const claim = shape === 'entra' ? 'oid' : 'sub'
  throw new SignInProblem('provider-refused', `the claim ${claim} is missing, or of the wrong length`)
}

function readEmail(
  { shape, trustEmail }: SignInProvider,
  told: Told,
): { readonly email: string | undefined; readonly isVerified: boolean } {
  const email = readLine(told['email'], 254)
  if (email !== undefined) {
    const said =
      told[shape === 'entra' && told['email_verified'] === undefined ? 'xms_edov' : 'email_verified']
    return { email, isVerified: isTrue(said, shape) || (trustEmail && !isFalse(said)) }
  }
  if (shape !== 'entra') return { email: undefined, isVerified: false }
  // A user principal name looks like an address and need not be one; only who set up the tenant can tell.
  return { email: readLine(told['preferred_username'] ?? told['upn'], 254), isVerified: trustEmail }
}

// Some providers send it as text, Entra ID as 1. Whatever is not said plainly does not count.
const isTrue = (said: unknown, shape: string): boolean =>
  said === true || said === 'true' || (shape === 'entra' && (said === 1 || said === '1'))
const isFalse = (said: unknown): boolean => said === false || said === 'false' || said === 0 || said === '0'

/** A provider may vouch for addresses of its own domains only, when the settings name them. */
export const isVouchedFor = (email: string | undefined, domains: readonly string[]): boolean =>
  domains.length === 0 || domains.includes((email ?? '').toLowerCase().split('@').at(-1) ?? '')

/**
 * Whether the organisation is one that may sign in: at Google its domain, at Entra ID its tenant. Throws
 * `SignInProblem`. Google: an account without `hd` is a private one, whatever its address looks like.
 * Source: https://developers.google.com/identity/openid-connect/openid-connect#validatinganidtoken
 */
export function assertOrganisation(
  { shape, domains, tenants }: SignInProvider,
  told: Told,
  issuer: string,
): void {
  const { hd } = told
  if (shape === 'google' && !(typeof hd === 'string' && domains.includes(hd.toLowerCase())))
    throw new SignInProblem('tenant-refused', 'hd is missing, or not one of the domains of the settings')
  if (shape !== 'entra') return
  const tenant = told['tid']
  if (typeof tenant !== 'string' || new URL(issuer).pathname.split('/')[1] !== tenant)
    throw new SignInProblem('provider-refused', 'tid is missing, or not the tenant of the issuer')
  if (tenants.length > 0 && !tenants.includes(tenant))
    throw new SignInProblem('tenant-refused', `the tenant ${tenant.slice(0, 40)} is not one of the settings`)
}

const readLine = (value: unknown, maxLength: number): string | undefined => {
  if (typeof value !== 'string') return undefined
  const line = value
    .replaceAll(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, maxLength)
  return line === '' ? undefined : line
}
