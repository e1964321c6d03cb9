import type { JsonObject } from '#/core/json.ts'
import type { ClientPeople } from './client-people.ts'
import type { Filter } from './filter.ts'
import { matches } from './match.ts'
import { isWanted, project, type Query } from './query.ts'
import type { ScimGroup, ScimUser } from './records.ts'
import { readableGroup, readableUser, showGroup, showUser } from './show.ts'

export const listUrn = 'urn:ietf:params:scim:api:messages:2.0:ListResponse'

/** A page holds no more members than this altogether: the rest of the groups comes with the next page. */
const maxMembersPerPage = 20_000

export function listUsers(people: ClientPeople, query: Query, base: string): JsonObject {
  const { filter, wants } = query
  const quick = filter === undefined ? undefined : findUser(filter, people)
  const found =
    quick?.found ??
    (filter === undefined
      ? [...people.users.values()]
      : [...people.users.values()].filter((user) => matches(filter, readableUser(user, people))))
  const page = found.slice(query.startIndex - 1, query.startIndex - 1 + query.count)
  return answer(
    found.length,
    query,
    page.map((user) => project(showUser(user, people, base), wants)),
  )
}

export function listGroups(people: ClientPeople, query: Query, base: string): JsonObject {
  const { filter, wants } = query
  const quick = filter === undefined ? undefined : findGroup(filter, people)
  const found =
    quick?.found ??
    (filter === undefined
      ? [...people.groups.values()]
      : [...people.groups.values()].filter((group) => matches(filter, readableGroup(group))))
  const withMembers = isWanted(wants, 'members')
  const page: JsonObject[] = []
  let members = 0
  for (const group of found.slice(query.startIndex - 1, query.startIndex - 1 + query.count)) {
    members += withMembers ? group.members.size : 0
    if (page.length > 0 && members > maxMembersPerPage) break
    page.push(project(showGroup(group, people, base, withMembers), wants))
  }
  return answer(found.length, query, page)
}

const answer = (total: number, { startIndex }: Query, page: readonly JsonObject[]): JsonObject => ({
  schemas: [listUrn],
  totalResults: total,
  startIndex,
  itemsPerPage: page.length,
  Resources: [...page],
})

interface Quick<T> {
  readonly found: readonly T[]
}

const some = <T>(found: T | undefined): Quick<T> => ({ found: found === undefined ? [] : [found] })

/** What a directory asks for each person before it makes one is looked up instead of searched. */
function findUser(filter: Filter, people: ClientPeople): Quick<ScimUser> | undefined {
  const asked = equals(filter)
  if (asked?.name === 'userName') return some(people.userByName(asked.value))
  if (asked?.name === 'externalId') return some(people.userByExternalId(asked.value))
  if (asked?.name === 'id') return some(people.users.get(asked.value))
  return undefined
}

function findGroup(filter: Filter, people: ClientPeople): Quick<ScimGroup> | undefined {
  const asked = equals(filter)
  if (asked?.name === 'displayName') return some(people.groupByName(asked.value))
  if (asked?.name === 'externalId') return some(people.groupByExternalId(asked.value))
  if (asked?.name === 'id') return some(people.groups.get(asked.value))
  return undefined
}

const equals = (filter: Filter): { readonly name: string; readonly value: string } | undefined =>
  filter.kind === 'compare' &&
  filter.comparison === 'eq' &&
  filter.place.sub === undefined &&
  !filter.place.isExtension &&
  typeof filter.value === 'string'
    ? { name: filter.place.attribute.name, value: filter.value }
    : undefined
