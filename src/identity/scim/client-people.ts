import { externalIdOf, groupKey, isActive, type ScimGroup, type ScimUser, userNameOf } from './records.ts'

/** What one directory told, in memory, with the ways to find it. Only this changes it; nothing here writes. */
export interface ClientPeople {
  readonly users: ReadonlyMap<string, ScimUser>
  /** Deleted ones, the oldest first. */
  readonly deleted: ReadonlyMap<string, ScimUser>
  readonly groups: ReadonlyMap<string, ScimGroup>
  readonly userByName: (userName: string) => ScimUser | undefined
  readonly userByExternalId: (externalId: string) => ScimUser | undefined
  readonly userOf: (personId: string) => ScimUser | undefined
  readonly groupByName: (displayName: string) => ScimGroup | undefined
  readonly groupByExternalId: (externalId: string) => ScimGroup | undefined
  readonly groupsOf: (userId: string) => readonly ScimGroup[]
  /** Keys of the person's groups, as a mapping to roles names them. */
  readonly groupKeysOf: (userId: string) => readonly string[]
  readonly activeCount: () => number
  readonly putUser: (user: ScimUser) => void
  readonly forgetDeleted: (id: string) => void
  readonly putGroup: (group: ScimGroup) => void
  readonly dropGroup: (id: string) => void
}

/** RFC 7643, section 4.1.1: a user name is compared without regard to case; so is the name of a group here. */
const fold = (name: string): string => name.toLowerCase()

export function createClientPeople(): ClientPeople {
  const users = new Map<string, ScimUser>()
  const deleted = new Map<string, ScimUser>()
  const groups = new Map<string, ScimGroup>()
  const byName = new Map<string, string>()
  const byExternalId = new Map<string, string>()
  const byPerson = new Map<string, string>()
  const groupByName = new Map<string, string>()
  const groupByExternalId = new Map<string, string>()
  const groupIdsOf = new Map<string, Set<string>>()
  let active = 0

  const found = <T>(all: ReadonlyMap<string, T>, id: string | undefined): T | undefined =>
    id === undefined ? undefined : all.get(id)
  const groupsOf = (userId: string): readonly ScimGroup[] =>
    [...(groupIdsOf.get(userId) ?? [])].flatMap((id) => groups.get(id) ?? [])

  const unlistUser = (user: ScimUser): void => {
    byName.delete(fold(userNameOf(user)))
    const externalId = externalIdOf(user)
    if (externalId !== undefined) byExternalId.delete(externalId)
    byPerson.delete(user.personId)
    if (isActive(user)) active--
  }
  const listUser = (user: ScimUser): void => {
    byName.set(fold(userNameOf(user)), user.id)
    const externalId = externalIdOf(user)
    if (externalId !== undefined) byExternalId.set(externalId, user.id)
    byPerson.set(user.personId, user.id)
    if (isActive(user)) active++
  }
  const unlistGroup = (group: ScimGroup): void => {
    groupByName.delete(fold(group.displayName))
    if (group.externalId !== undefined) groupByExternalId.delete(group.externalId)
  }

  return {
    users,
    deleted,
    groups,
    userByName: (name) => found(users, byName.get(fold(name))),
    userByExternalId: (id) => found(users, byExternalId.get(id)),
    userOf: (personId) => found(users, byPerson.get(personId)),
    groupByName: (name) => found(groups, groupByName.get(fold(name))),
    groupByExternalId: (id) => found(groups, groupByExternalId.get(id)),
    groupsOf,
    groupKeysOf: (userId) => groupsOf(userId).map(groupKey),
    activeCount: () => active,
    putUser: (user) => {
      const before = users.get(user.id)
      if (before !== undefined) unlistUser(before)
      if (user.deletedAt === undefined) {
        users.set(user.id, user)
        listUser(user)
        return
      }
      users.delete(user.id)
      deleted.set(user.id, user)
      for (const group of groupsOf(user.id)) {
        const members = new Set(group.members)
        members.delete(user.id)
        groups.set(group.id, { ...group, members })
      }
      groupIdsOf.delete(user.id)
    },
    forgetDeleted: (id) => deleted.delete(id),
    putGroup: (group) => {
      const before = groups.get(group.id)
      if (before !== undefined) unlistGroup(before)
      const old = before?.members ?? new Set<string>()
      for (const gone of old.difference(group.members)) groupIdsOf.get(gone)?.delete(group.id)
      for (const fresh of group.members.difference(old)) {
        const mine = groupIdsOf.get(fresh)
        if (mine === undefined) groupIdsOf.set(fresh, new Set([group.id]))
        else mine.add(group.id)
      }
      groups.set(group.id, group)
      groupByName.set(fold(group.displayName), group.id)
      if (group.externalId !== undefined) groupByExternalId.set(group.externalId, group.id)
    },
    dropGroup: (id) => {
      const group = groups.get(id)
      if (group === undefined) return
      unlistGroup(group)
      for (const member of group.members) groupIdsOf.get(member)?.delete(id)
      groups.delete(id)
    },
  }
}
