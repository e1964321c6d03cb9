import type { IdentitySettings } from '#/settings/api.ts'
import type { ScimTokens } from '#/settings/credentials.ts'
import type { ScimClient } from './clients.ts'

/**
 * The directories of `identity.scim` with their tokens. Throws an Error that names the setting and the remedy when a
 * directory names a provider that is not there.
 */
export function readScimClients(
  settings: IdentitySettings['scim'],
  tokens: ReadonlyMap<string, ScimTokens> | undefined,
  issuer: string,
): readonly ScimClient[] {
  return settings.map(({ id, provider, subjectFrom }) => {
    if (provider !== undefined)
      throw new Error(
        `identity.scim ${id} provider is "${provider}", but there is only one provider: leave it out`,
      )
    const read = tokens?.get(id)
    if (read === undefined)
      throw new Error(`identity.scim ${id} token was not resolved: hand the secrets over as scimTokens`)
    return { id, issuer, subjectFrom, ...read }
  })
}
