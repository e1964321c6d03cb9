import { isDeepStrictEqual } from 'node:util'
import { randomId } from '#/core/id.ts'
import type { JsonObject } from '#/core/json.ts'
import type { ClientPeople } from './client-people.ts'
import type { DirectoryServices } from './directory-services.ts'
import { changeGroup, createGroup, removeGroup } from './group-changes.ts'
import { addressOf, createLinks, subjectOf } from './links.ts'
import type { GroupBody } from './patch-group.ts'
import { maxBodyLength } from './read-values.ts'
import { externalIdOf, isActive, type ScimGroup, type ScimUser, userNameOf } from './records.ts'
import { ScimError, wrong } from './scim-error.ts'

/** People of one directory; a company with more runs more than one. */
const maxUsers = 200_000

/** Deleted people that are remembered, so that whoever comes back is known. */
const maxDeleted = 20_000

/** What one directory changes. Each change is whole or not at all, one at a time. */
export interface Directory {
  readonly people: ClientPeople
  readonly createUser: (body: JsonObject) => Promise<ScimUser>
  /** `change` is given the body as it stands when its turn comes. */
  readonly changeUser: (id: string, change: (user: ScimUser) => JsonObject) => Promise<ScimUser>
  readonly removeUser: (id: string, check: (user: ScimUser) => void) => Promise<void>
  readonly createGroup: (body: GroupBody) => Promise<ScimGroup>
  readonly changeGroup: (id: string, change: (group: ScimGroup) => GroupBody) => Promise<ScimGroup>
  readonly removeGroup: (id: string, check: (group: ScimGroup) => void) => Promise<void>
  /** Somebody ended this person by hand: gives whether this directory would have given it back. Waits for no turn. */
  readonly leaveEnded: (personId: string) => Promise<boolean>
  /** Somebody signed in. False when this directory says that they have no access any more. */
  readonly meet: (person: { readonly id: string; readonly subject: string }) => Promise<boolean>
}

export function createDirectory(services: DirectoryServices): Directory {
  const { client, state, store, people, writeEntry, clock, alone, isDenied } = services
  const links = createLinks(services)
  const source = client.id
  const by = `scim:${client.id}`

  const write = (personId: string, decision: string): Promise<void> =>
    writeEntry({ kind: 'scim-change', subject: personId, facts: { about: by, decision } })
  const keep = async (user: ScimUser): Promise<ScimUser> => {
    await store.saveUser(user)
    state.putUser(user)
    return user
  }
  const tellGroups = (user: ScimUser): Promise<void> =>
    people.setGroupsOf(source, new Map([[user.personId, state.groupKeysOf(user.id)]]))
  const find = (id: string): ScimUser => {
    const user = state.users.get(id)
    if (user === undefined) throw new ScimError(404, 'There is no such user.')
    return user
  }

  /** Gives back what this directory has taken, unless another one says no. */
  const restore = async (user: ScimUser): Promise<ScimUser> => {
    if (!user.isEndedHere || services.isInactiveSomewhere(user.personId)) return user
    await people.restore({ id: user.personId, by, reason: 'scim-reactivated' })
    links.restored(user.personId)
    return keep({ ...user, isEndedHere: false })
  }
  const forget = async (id: string): Promise<void> => {
    await store.forgetUser(id)
    state.forgetDeleted(id)
  }

  const createUser = async (body: JsonObject): Promise<ScimUser> => {
    assertBody(body)
    assertUnique(undefined, body, state)
    if (state.users.size >= maxUsers)
      throw new ScimError(507, `This directory has ${maxUsers} people already.`)
    const { personId, isNew, before } = await links.whose(body)
    if (state.userOf(personId) !== undefined)
      throw wrong('uniqueness', 'another user of this directory is the same person already')
    const user = newUser(client.id, personId, body, before?.isEndedHere ?? false, clock.now())
    const ended = isActive(user) ? user : await links.end(user, 'scim-deactivated', isNew)
    await write(personId, isActive(user) ? 'user created' : 'user created, not active')
    const kept = await keep(ended)
    if (before !== undefined) await forget(before.id)
    return isActive(kept) ? restore(kept) : kept
  }

  const changeUser = async (id: string, change: (user: ScimUser) => JsonObject): Promise<ScimUser> => {
    const before = find(id)
    const body = change(before)
    if (isDeepStrictEqual(body, before.body)) return before
    assertBody(body)
    assertUnique(id, body, state)
    const personId = await links.personWith(before, body)
    const isMoved = personId !== before.personId
    const next = { ...before, body, version: before.version + 1, changedAt: clock.now() }
    const wasActive = isActive(before)
    const kept = await keep(
      isActive(next) ? await stay(before, next, personId) : await leave(before, next, personId),
    )
    if (isMoved) await tellGroups(kept)
    return wasActive || !isActive(kept) ? kept : restore(kept)
  }

  const stay = async (before: ScimUser, next: ScimUser, personId: string): Promise<ScimUser> => {
    const isMoved = personId !== before.personId
    if (isMoved) await links.leave(before)
    await write(personId, isActive(before) ? 'user changed' : 'user reactivated')
    return { ...next, personId, deactivatedAt: undefined, isEndedHere: isMoved ? false : before.isEndedHere }
  }

  const leave = async (before: ScimUser, next: ScimUser, personId: string): Promise<ScimUser> => {
    const ended = await links.end(next, 'scim-deactivated', false)
    const isMoved = personId !== before.personId
    if (isMoved) await links.leave(before)
    await write(personId, isActive(before) ? 'user deactivated' : 'user changed')
    return isMoved ? links.end({ ...ended, personId, isEndedHere: false }, 'scim-deactivated', true) : ended
  }

  const removeUser = async (id: string, check: (user: ScimUser) => void): Promise<void> => {
    const user = find(id)
    check(user)
    const ended = await links.end(user, 'scim-deleted', false)
    await write(user.personId, 'user deleted')
    await people.setGroupsOf(source, new Map([[user.personId, []]]))
    await keep({ ...ended, deletedAt: clock.now(), version: user.version + 1 })
    const [oldest] = state.deleted.size > maxDeleted ? state.deleted.keys() : []
    if (oldest !== undefined) await forget(oldest)
  }

  const userOf = (person: { readonly id: string; readonly subject: string }): ScimUser | undefined =>
    client.subjectFrom === 'none' ? links.findByAddress(person.id) : links.findBySubject(person.subject)

  const meet: Directory['meet'] = async (person) => {
    const user = userOf(person)
    if (user === undefined || user.personId === person.id) return true
    if (client.subjectFrom === 'none') {
      // The next one with this address may be known to the directory soon: nobody is ended for it.
      if (!isActive(user)) return false
      // Whoever signed in before stays who they are.
      if (people.recordOf(user.personId)?.subject !== undefined) return true
    }
    if (!isActive(user)) {
      await people.end({ id: person.id, by, reason: 'scim-deactivated' })
      return false
    }
    await writeEntry({ kind: 'scim-change', subject: person.id, facts: { about: by, decision: 'user met' } })
    await links.leave(user)
    await tellGroups(await keep({ ...user, personId: person.id }))
    return true
  }

  const leaveEnded: Directory['leaveEnded'] = async (personId) => {
    links.restored(personId)
    const taken = [...state.users.values(), ...state.deleted.values()].filter(
      (user) => user.personId === personId && user.isEndedHere,
    )
    for (const user of taken) await keep({ ...user, isEndedHere: false })
    return taken.length > 0
  }

  const groups = { client, state, store, people, writeEntry, clock, isDenied }
  return {
    people: state,
    leaveEnded,
    createUser: (body) => alone(() => createUser(body)),
    changeUser: (id, change) => alone(() => changeUser(id, change)),
    removeUser: (id, check) => alone(() => removeUser(id, check)),
    createGroup: (body) => alone(() => createGroup(groups, body)),
    changeGroup: (id, change) => alone(() => changeGroup(groups, id, change)),
    removeGroup: (id, check) => alone(() => removeGroup(groups, id, check)),
    // Most who sign in are the person the directory means already; only the rest waits for its turn.
    meet: async (person) => {
      const user = userOf(person)
      return user === undefined || user.personId === person.id ? true : alone(() => meet(person))
    },
  }

  function assertBody(body: JsonObject): void {
    const userName = body['userName']
    if (typeof userName !== 'string' || userName.trim() === '')
      throw wrong('invalidValue', 'userName is missing')
    if (JSON.stringify(body).length > maxBodyLength)
      throw wrong('invalidValue', `a user takes at most ${maxBodyLength} characters`)
    if (subjectOf(client, body) === undefined && addressOf(client, body) === undefined)
      throw wrong(
        'invalidValue',
        'neither an e-mail address its provider may vouch for (domains) nor the subject of the sign-in is there, so nobody could ever be this user: map an address to emails or userName',
      )
    if (typeof body['active'] !== 'boolean') throw wrong('invalidValue', 'active must be true or false')
  }
}

const newUser = (
  client: string,
  personId: string,
  body: JsonObject,
  isEndedHere: boolean,
  now: number,
): ScimUser => ({
  id: `user_${randomId(16)}`,
  client,
  personId,
  body,
  version: 1,
  createdAt: now,
  changedAt: now,
  isEndedHere,
  deactivatedAt: undefined,
  deletedAt: undefined,
})

/** Throws `ScimError` 409. Only what this directory told counts. */
function assertUnique(id: string | undefined, body: JsonObject, state: ClientPeople): void {
  const sameName = state.userByName(userNameOf({ body }))
  if (sameName !== undefined && sameName.id !== id)
    throw wrong('uniqueness', 'userName is taken by another user')
  const externalId = externalIdOf({ body })
  const sameId = externalId === undefined ? undefined : state.userByExternalId(externalId)
  if (sameId !== undefined && sameId.id !== id)
    throw wrong('uniqueness', 'externalId is that of another user')
}
