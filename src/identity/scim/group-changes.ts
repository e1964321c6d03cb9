import type { Clock } from '#/core/clock.ts'
import { randomId } from '#/core/id.ts'
import type { WriteEntry } from '../entry.ts'
import { maxGroups as maxGroupsOfPerson, type People } from '../people.ts'
import type { ClientPeople } from './client-people.ts'
import type { ScimClient } from './clients.ts'
import type { GroupBody } from './patch-group.ts'
import { groupKey, type ScimGroup } from './records.ts'
import { ScimError, wrong } from './scim-error.ts'
import type { ScimStore } from './store.ts'

/** Groups of one directory. */
export const maxGroups = 20_000

export interface GroupServices {
  readonly client: ScimClient
  readonly state: ClientPeople
  readonly store: ScimStore
  readonly people: People
  readonly writeEntry: WriteEntry
  readonly clock: Clock
  /** Whether a denial stands on this group, `SOURCE:ID`. */
  readonly isDenied: (group: string) => boolean
}

export async function createGroup(services: GroupServices, body: GroupBody): Promise<ScimGroup> {
  const { client, state, clock } = services
  if (state.groups.size >= maxGroups)
    throw new ScimError(507, `This directory has ${maxGroups} groups already.`)
  const now = clock.now()
  const empty: ScimGroup = {
    id: `group_${randomId(16)}`,
    client: client.id,
    displayName: '',
    externalId: undefined,
    members: new Set(),
    version: 0,
    createdAt: now,
    changedAt: now,
  }
  return save(services, empty, body, 'group created')
}

export async function changeGroup(
  services: GroupServices,
  id: string,
  change: (group: ScimGroup) => GroupBody,
): Promise<ScimGroup> {
  const before = find(services, id)
  return save(services, before, change(before), 'group changed')
}

export async function removeGroup(
  services: GroupServices,
  id: string,
  check: (group: ScimGroup) => void,
): Promise<void> {
  const { client, state, store, people, writeEntry } = services
  const group = find(services, id)
  check(group)
  assertNotDenied(services, group)
  await write(writeEntry, client, id, 'group deleted', 0, group.members.size)
  await store.deleteGroup(id)
  state.dropGroup(id)
  await people.setGroupsOf(client.id, keysOf(services, group.members))
}

function find({ state }: GroupServices, id: string): ScimGroup {
  const group = state.groups.get(id)
  if (group === undefined) throw new ScimError(404, 'There is no such group.')
  return group
}

async function save(
  services: GroupServices,
  before: ScimGroup,
  body: GroupBody,
  decision: string,
): Promise<ScimGroup> {
  const { client, state, store, people, writeEntry, clock } = services
  const { displayName, externalId, members } = body
  if (displayName === undefined || displayName.trim() === '')
    throw wrong('invalidValue', 'displayName is missing')
  // A mapping of groups to roles in the settings takes no other ids.
  if (externalId !== undefined && !/^[^\s\p{Cc}]{1,200}$/u.test(externalId))
    throw wrong('invalidValue', 'the externalId of a group must be at most 200 characters without blanks')
  assertUnique(services, before, displayName, externalId)
  const added = [...members.difference(before.members)]
  const removed = [...before.members.difference(members)]
  const isSame =
    before.version > 0 &&
    before.displayName === displayName &&
    before.externalId === externalId &&
    added.length === 0 &&
    removed.length === 0
  if (isSame) return before
  assertMembers(services, added)
  const isRenamed = groupKey(before) !== groupKey({ id: before.id, externalId }) && before.version > 0
  if (isRenamed) assertNotDenied(services, before)
  const group: ScimGroup = {
    ...before,
    displayName,
    externalId,
    members,
    version: before.version + 1,
    changedAt: clock.now(),
  }
  await write(writeEntry, client, group.id, decision, added.length, removed.length)
  await store.saveGroup({ group, added, removed })
  state.putGroup(group)
  await people.setGroupsOf(
    client.id,
    keysOf(services, isRenamed ? before.members.union(members) : [...added, ...removed]),
  )
  return group
}

/** What a mapping names must not slide from one group to another: a name may change, the directory's id may not. */
function assertUnique(
  { state }: GroupServices,
  before: ScimGroup,
  displayName: string,
  externalId: string | undefined,
): void {
  const sameName = state.groupByName(displayName)
  if (sameName !== undefined && sameName.id !== before.id)
    throw wrong('uniqueness', 'displayName is taken by another group')
  if (before.externalId !== undefined && before.externalId !== externalId)
    throw wrong(
      'mutability',
      'the externalId of a group cannot be changed: delete the group and create it again',
    )
  const sameId = externalId === undefined ? undefined : state.groupByExternalId(externalId)
  // An id of ours may stand in a mapping, too.
  const isOurs = externalId !== undefined && state.groups.has(externalId) && externalId !== before.id
  if (isOurs || (sameId !== undefined && sameId.id !== before.id))
    throw wrong('uniqueness', 'externalId is that of another group')
}

/** A denial must not end because the group it was given to goes, or is called something else. */
function assertNotDenied({ client, isDenied }: GroupServices, group: ScimGroup): void {
  if (!isDenied(`${client.id}:${groupKey(group)}`)) return
  throw new ScimError(
    409,
    'In Sallyport something is denied to this group, and would be allowed without it. End the denial there first: bin/sallyport access list shows it.',
  )
}

function assertMembers({ state }: GroupServices, added: readonly string[]): void {
  for (const id of added) {
    if (!state.users.has(id)) throw wrong('invalidValue', 'a member is not a user of this directory')
    if (state.groupsOf(id).length >= maxGroupsOfPerson)
      throw wrong('invalidValue', `a person may be in ${maxGroupsOfPerson} groups at most`)
  }
}

/** What is to be said of each of these people's groups now. */
function keysOf({ state }: GroupServices, userIds: Iterable<string>): ReadonlyMap<string, readonly string[]> {
  const told = new Map<string, readonly string[]>()
  for (const id of userIds) {
    const user = state.users.get(id)
    if (user !== undefined) told.set(user.personId, state.groupKeysOf(id))
  }
  return told
}

const write = (
  writeEntry: WriteEntry,
  client: ScimClient,
  groupId: string,
  decision: string,
  added: number,
  removed: number,
): Promise<void> =>
  writeEntry({
    kind: 'scim-change',
    facts: { about: `scim:${client.id}`, decision: `${decision}: ${groupId}`, counts: { added, removed } },
  })
