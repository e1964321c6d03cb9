import type { IdentitySettings } from '#/settings/api.ts'
import type { ScimTokens } from '#/settings/credentials.ts'
import type { SignInProvider } from '../oidc/provider.ts'
import type { ScimClient } from './clients.ts'

/**
 * The directories of `identity.scim` with their tokens. Throws an Error that names the setting and the remedy when it
 * does not say at which provider the people of a directory sign in.
 */
export function readScimClients(
  settings: IdentitySettings['scim'],
  tokens: ReadonlyMap<string, ScimTokens> | undefined,
  providers: readonly Known[],
): readonly ScimClient[] {
  return settings.map(({ id, provider, subjectFrom }) => {
    const read = tokens?.get(id)
    if (read === undefined)
      throw new Error(`identity.scim ${id} token was not resolved: hand the secrets over as scimTokens`)
    return { id, ...providerOf(id, provider, providers), subjectFrom, ...read }
  })
}

type Known = Pick<SignInProvider, 'id' | 'people' | 'domains'>

function providerOf(
  id: string,
  named: string | undefined,
  providers: readonly Known[],
): Pick<ScimClient, 'issuer' | 'domains'> {
  const ids = providers.map((each) => each.id).join(', ')
  // Groups are kept by who told them: two of one name would overwrite what the other said.
  if (providers.some((each) => each.id === id))
    throw new Error(`identity.scim ${id} id is that of a sign-in provider, too: give it one of its own`)
  if (named === undefined && providers.length > 1)
    throw new Error(`identity.scim ${id} provider is missing: name the one its people sign in with: ${ids}`)
  const found = named === undefined ? providers[0] : providers.find((each) => each.id === named)
  if (found === undefined)
    throw new Error(`identity.scim ${id} provider is "${named}", which is not there: name one of ${ids}`)
  const [issuer, ...more] = found.people
  if (issuer === undefined || more.length > 0)
    throw new Error(
      `identity.scim ${id} provider has people of several tenants: give each tenant a provider of its own`,
    )
  return { issuer, domains: found.domains }
}
