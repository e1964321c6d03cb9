import type { JsonObject } from '#/core/json.ts'
import type { ClientPeople } from './client-people.ts'
import type { Readable } from './match.ts'
import { type ScimGroup, type ScimUser, userNameOf } from './records.ts'
import { type Attribute, enterpriseUrn, groupUrn, userUrn } from './schema.ts'

export const etagOf = ({ version }: { readonly version: number }): string => `W/"${version}"`

interface Kept {
  readonly id: string
  readonly version: number
  readonly createdAt: number
  readonly changedAt: number
}

const metaOf = (kind: 'User' | 'Group', kept: Kept, base: string): JsonObject => ({
  resourceType: kind,
  created: new Date(kept.createdAt).toISOString(),
  lastModified: new Date(kept.changedAt).toISOString(),
  location: `${base}/${kind}s/${kept.id}`,
  version: etagOf(kept),
})

/** A user as a directory is shown it. `base` is the address of `/scim/v2`. */
export const showUser = (user: ScimUser, people: ClientPeople, base: string): JsonObject => ({
  schemas: [userUrn, ...(user.body[enterpriseUrn] === undefined ? [] : [enterpriseUrn])],
  id: user.id,
  ...user.body,
  groups: people.groupsOf(user.id).map(({ id, displayName }) => ({
    value: id,
    $ref: `${base}/Groups/${id}`,
    display: displayName,
    type: 'direct',
  })),
  meta: metaOf('User', user, base),
})

/** A group as a directory is shown it; members only when they are asked for, since there may be thousands. */
export const showGroup = (
  group: ScimGroup,
  people: ClientPeople,
  base: string,
  withMembers: boolean,
): JsonObject => ({
  schemas: [groupUrn],
  id: group.id,
  ...(group.externalId === undefined ? {} : { externalId: group.externalId }),
  displayName: group.displayName,
  ...(withMembers ? { members: [...group.members].map((id) => showMember(id, people, base)) } : {}),
  meta: metaOf('Group', group, base),
})

function showMember(id: string, people: ClientPeople, base: string): JsonObject {
  const user = people.users.get(id)
  return {
    value: id,
    $ref: `${base}/Users/${id}`,
    ...(user === undefined ? {} : { display: user.body['displayName'] ?? userNameOf(user) }),
    type: 'User',
  }
}

/** For filters: nothing is put together that the filter does not ask for. */
export const readableUser = (user: ScimUser, people: ClientPeople): Readable => ({
  read: ({ name }, isExtension) => {
    if (isExtension) {
      const inside = user.body[enterpriseUrn]
      return typeof inside === 'object' && inside !== null && !Array.isArray(inside)
        ? inside[name]
        : undefined
    }
    if (name === 'id') return user.id
    if (name === 'meta') return metaOf('User', user, '')
    if (name === 'groups')
      return people.groupsOf(user.id).map(({ id, displayName }) => ({ value: id, display: displayName }))
    return user.body[name]
  },
})

export const readableGroup = (group: ScimGroup): Readable => ({
  read: ({ name }: Attribute) => {
    if (name === 'id') return group.id
    if (name === 'externalId') return group.externalId
    if (name === 'displayName') return group.displayName
    if (name === 'meta') return metaOf('Group', group, '')
    return [...group.members].map((value) => ({ value, type: 'User' }))
  },
  hasMember: (id) => group.members.has(id),
})
