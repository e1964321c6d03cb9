import type { SignInAsked } from './attempts.ts'
import type { Told } from './claims.ts'
import { SignInProblem } from './problem.ts'
import type { SignInProvider } from './provider.ts'

/**
 * How to ask for a way to authenticate: `acr_values`, and at Entra ID an authentication context (`c1` to `c99`) as an
 * essential claim.
 * Source: https://learn.microsoft.com/entra/identity-platform/developer-guide-conditional-access-authentication-context
 */
export function strengthParameters(
  { shape }: SignInProvider,
  acr: string | undefined,
): Readonly<Record<string, string>> {
  if (acr === undefined) return {}
  if (shape !== 'entra') return { acr_values: acr }
  return { claims: JSON.stringify({ id_token: { acrs: { essential: true, value: acr } } }) }
}

/**
 * Google knows no `prompt=login`; asked to choose an account, a person is at least there, and `auth_time` must prove the
 * rest. Source: https://dev.to/googleworkspace/google-oidc-and-prompt-login-4d5o
 */
export const promptFor = ({ shape }: SignInProvider, prompt: SignInAsked['prompt']): SignInAsked['prompt'] =>
  shape === 'google' && prompt === 'login' ? 'select_account' : prompt

/** What the provider says of how somebody proved who they are. Throws `SignInProblem` when more was asked for. */
export function assertStrength(
  { shape }: SignInProvider,
  asked: string | undefined,
  told: Told,
): string | undefined {
  const { acr, acrs } = told
  const said = shape === 'entra' && Array.isArray(acrs) ? acrs : [acr]
  if (asked !== undefined && !said.includes(asked))
    throw new SignInProblem('authentication-too-weak', `${asked} was asked for, and something else was told`)
  return asked ?? (typeof acr === 'string' ? acr.slice(0, 200) : undefined)
}
