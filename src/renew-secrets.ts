import type { WriteLine } from '#/core/log-line.ts'
import { assertSecrets } from '#/identity/oidc/provider.ts'
import type { Settings } from '#/settings/api.ts'
import {
  type Environment,
  type ProviderSecrets,
  resolveConnectionSecrets,
  resolveScimTokens,
  resolveSignInSecrets,
  type ScimTokens,
} from '#/settings/credentials.ts'
import { describeProblems } from '#/settings/problem.ts'

export interface SecretRenewalServices {
  readonly settings: Pick<Settings, 'identity' | 'connections'>
  readonly environment: Environment
  /** Those that were read at start. */
  readonly signIn: ReadonlyMap<string, ProviderSecrets>
  readonly connections: ReadonlyMap<string, string | undefined>
  readonly writeLine: WriteLine
}

export interface SecretRenewal {
  /** What Sallyport proves itself with to the providers people sign in with, by their ids. */
  readonly signIn: () => ReadonlyMap<string, ProviderSecrets>
  /** What connections show their providers, by their ids; undefined for one that is in a vault or has none. */
  readonly connections: () => ReadonlyMap<string, string | undefined>
  /** Reads them and the tokens of directories again; what cannot be used leaves the former ones in place, and is told. */
  readonly now: (renewScimTokens: (tokens: ReadonlyMap<string, ScimTokens>) => void) => void
}

/** Client secrets, client keys, SCIM tokens and credentials of connections in files change while Sallyport runs. All of them, or none. */
export function createSecretRenewal(services: SecretRenewalServices): SecretRenewal {
  const { settings, environment, writeLine } = services
  let { signIn, connections } = services
  return {
    signIn: () => signIn,
    connections: () => connections,
    now: (renewScimTokens) => {
      try {
        const read = resolveSignInSecrets(settings, environment)
        for (const provider of settings.identity.providers)
          assertSecrets(provider, read.get(provider.id) ?? {})
        const tokens = resolveScimTokens(settings, environment)
        const shown = resolveConnectionSecrets(settings, environment)
        signIn = read
        connections = shown
        renewScimTokens(tokens)
        const shownCount = [...shown.values()].filter((each) => each !== undefined).length
        if (read.size + tokens.size + shownCount === 0) return
        writeLine({
          level: 'info',
          what: `secrets are read again: ${read.size} of sign-in, ${tokens.size} of directories, ${shownCount} of connections`,
        })
      } catch (error) {
        writeLine({
          level: 'error',
          what: 'secrets cannot be renewed; the former ones go on serving',
          problem: describeProblems(error),
        })
      }
    },
  }
}
