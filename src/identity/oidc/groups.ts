import { maxGroups } from '../people.ts'
import { boundFetch, type Fetch } from './bounded-fetch.ts'
import type { Told } from './claims.ts'
import { timeoutSeconds } from './discovery.ts'
import { SignInProblem } from './problem.ts'
import type { SignInProvider } from './provider.ts'

/** As long as the longest path of groups anybody has; an id has 36 characters. */
const maxGroupLength = 512

/** The value of the claim: under its whole name, else along its dots, as `realm_access.roles`. */
export function claimAt(told: Told, name: string): unknown {
  if (Object.hasOwn(told, name)) return told[name]
  let value: unknown = told
  for (const step of name.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined
    value = (value as Told)[step]
  }
  return value
}

/** Entra ID leaves the groups out of a token that would have more than 200, and says where they are instead. */
export const isOverage = (told: Told, claim: string): boolean =>
  typeof told['_claim_names'] === 'object' && told['_claim_names'] !== null
    ? Object.hasOwn(told['_claim_names'], claim)
    : told['hasgroups'] === true || told['hasgroups'] === 'true'

/**
 * The groups the provider told; none when the settings want none from it. Nothing told counts as no group, unless
 * the settings say that this cannot be. Throws `SignInProblem` for groups that cannot be read or are too many:
 * somebody whose groups are known in part could do what a group denies.
 */
export async function readGroups(
  provider: SignInProvider,
  told: Told,
  accessToken: string,
  fetch: Fetch,
): Promise<readonly string[]> {
  const { groupsClaim, groupsRequired, shape } = provider
  if (groupsClaim === undefined) return []
  const value = claimAt(told, groupsClaim)
  if (value === undefined && shape === 'entra' && isOverage(told, groupsClaim))
    return assertGroups(await askGraph(provider, accessToken, fetch))
  if (value === undefined && groupsRequired)
    throw new SignInProblem('groups-unknown', `there is no claim ${groupsClaim}, and groupsRequired is set`)
  if (value === undefined) return []
  // Okta and others send one group as a text of its own.
  return assertGroups(typeof value === 'string' ? [value] : value)
}

function assertGroups(value: unknown): readonly string[] {
  const isRight =
    Array.isArray(value) &&
    value.every((group) => typeof group === 'string' && group.length > 0 && group.length <= maxGroupLength)
  if (!isRight) throw new SignInProblem('groups-unknown', 'the groups are not a list of names or ids')
  if (value.length > maxGroups)
    throw new SignInProblem(
      'groups-unknown',
      `there are ${value.length} groups, and ${maxGroups} can be kept`,
    )
  return value as readonly string[]
}

/** Microsoft Graph of the cloud a tenant lives in. Source: https://learn.microsoft.com/graph/deployments */
const graphs: Readonly<Record<string, string>> = {
  'login.microsoftonline.com': 'https://graph.microsoft.com',
  'login.microsoftonline.us': 'https://graph.microsoft.us',
  'login.partner.microsoftonline.cn': 'https://microsoftgraph.chinacloudapi.cn',
}

/**
 * All groups of whoever the access token belongs to, one request, at most 11,000 ids. The address in the token is not
 * followed: it is that of a service which has ended, and whoever writes tokens must not choose what is called.
 * Source: https://learn.microsoft.com/graph/api/directoryobject-getmemberobjects
 */
async function askGraph(provider: SignInProvider, accessToken: string, fetch: Fetch): Promise<unknown> {
  const url = new URL(provider.url())
  const graph = graphs[url.hostname] ?? url.origin
  try {
    const response = await boundFetch(fetch)(`${graph}/v1.0/me/getMemberObjects`, {
      method: 'POST',
      headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ securityEnabledOnly: false }),
      signal: AbortSignal.timeout(timeoutSeconds * 1_000),
    })
    if (response.status !== 200) throw new Error(`status ${response.status}`)
    return ((await response.json()) as { readonly value?: unknown }).value
  } catch (error) {
    throw new SignInProblem(
      'groups-unknown',
      'Microsoft Graph did not tell the groups of somebody who has more than fit into a token; it needs the delegated permission User.Read',
      { cause: error },
    )
  }
}
