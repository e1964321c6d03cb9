import type { SignInProvider } from '../provider.ts'
import { type Finding, note, ok, warning } from './finding.ts'

/** What only a person can see to, at this kind of provider. */
export const adviseFor = (provider: SignInProvider, providers: number): readonly Finding[] => [
  adviseGroups(provider),
  adviseEmail(provider),
  ...(providers > 1 && provider.domains.length === 0
    ? [
        warning(
          'domains',
          'it may vouch for every address, and there are other providers: whoever is named by e-mail, owners too, becomes the first who signs in with that address anywhere. List its domains',
        ),
      ]
    : []),
]

const groupsAt: Readonly<Record<SignInProvider['shape'], string>> = {
  generic: 'name the claim the groups stand in as groupsClaim, if there is one',
  entra:
    'add the groups claim (Token configuration) as Group ID; whoever is in more than 200 groups needs the delegated permission User.Read of Microsoft Graph, which new registrations have',
  okta: 'add a groups claim to the ID token; an org authorization server needs scopes: [groups] besides',
  google: 'Google tells no groups; they come from SCIM, or roles are given one by one',
  keycloak:
    'add a Group Membership mapper to the client, in the ID token; it tells paths, which change when a group is renamed',
}

function adviseGroups({ shape, groupsClaim, groupsRequired }: SignInProvider): Finding {
  if (groupsClaim === undefined) return note('groups', `no groups are read: ${groupsAt[shape]}`)
  const required = groupsRequired ? ' Nobody signs in without it.' : ''
  return note('groups', `groups are read from ${groupsClaim}: ${groupsAt[shape]}.${required}`)
}

function adviseEmail({ shape, trustEmail, domains }: SignInProvider): Finding {
  const of = domains.length === 0 ? 'every address' : `addresses of ${domains.join(', ')}`
  if (trustEmail) return note('email', `${of} counts as verified, although the provider may not say so`)
  if (shape === 'entra')
    return note(
      'email',
      'an address counts as verified when the optional claim xms_edov says so; without it nobody named by e-mail is found',
    )
  return ok('email', `${of} counts when the provider says email_verified`)
}
