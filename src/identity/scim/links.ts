import type { JsonObject } from '#/core/json.ts'
import { isJsonObject } from '#/core/json.ts'
import { Refusal } from '#/core/refusal.ts'
import { isVouchedFor } from '../oidc/claims.ts'
import type { ScimClient } from './clients.ts'
import type { DirectoryServices } from './directory-services.ts'
import { externalIdOf, type ScimUser, userNameOf } from './records.ts'
import { wrong } from './scim-error.ts'

/** Which person a user of a directory is, and what becomes of the person when the directory takes them away. */
export interface Links {
  readonly whose: (body: JsonObject) => Promise<{
    readonly personId: string
    readonly isNew: boolean
    /** The user they were here before. */
    readonly before: ScimUser | undefined
  }>
  /** Ends the person, once the pause lets it through. Gives the user as it is to be kept. */
  readonly end: (user: ScimUser, reason: string, isNew: boolean) => Promise<ScimUser>
  readonly restored: (personId: string) => void
  /** Whose the user is with this body: mostly the same person. Changes nothing; throws `ScimError`. */
  readonly personWith: (before: ScimUser, body: JsonObject) => Promise<string>
  /** Ends the person this user no longer is, unless another directory names them. */
  readonly leave: (user: ScimUser) => Promise<void>
  readonly findBySubject: (subject: string) => ScimUser | undefined
  /**
   * Where the address decides: the user with the verified one of somebody who is no user yet. They were made somebody
   * new at their sign-in, because the address was another person's before.
   */
  readonly findByAddress: (personId: string) => ScimUser | undefined
}

/** What the provider will call this person, as far as the settings say where that stands. */
export const subjectOf = ({ subjectFrom }: ScimClient, body: JsonObject): string | undefined => {
  if (subjectFrom === 'none') return undefined
  return subjectFrom === 'externalId' ? externalIdOf({ body }) : userNameOf({ body })
}

/**
 * The address that counts: the primary one, one of work, the first; else the user name when it is an address. None of a
 * domain the provider may not vouch for: its directory would have what is given to somebody else's people by address.
 */
export function addressOf({ domains }: Pick<ScimClient, 'domains'>, body: JsonObject): string | undefined {
  const emails = Array.isArray(body['emails']) ? body['emails'].filter(isJsonObject) : []
  const chosen =
    emails.find((each) => each['primary'] === true) ??
    emails.find((each) => String(each['type']).toLowerCase() === 'work') ??
    emails[0]
  return [chosen?.['value'], body['userName']]
    .map(readAddress)
    .find((each) => each !== undefined && isVouchedFor(each, domains))
}

const readAddress = (value: unknown): string | undefined =>
  typeof value === 'string' &&
  value.length <= 254 &&
  /^[^\s@<>"',;:\\\p{Cc}]+@[^\s@<>"',;:\\\p{Cc}]+$/u.test(value.trim())
    ? value.trim().toLowerCase()
    : undefined

export function createLinks(services: DirectoryServices): Links {
  const { client, state, people, pause, clock } = services
  const by = `scim:${client.id}`
  // Ended by us in this process, also when storing that failed afterwards: asking again must not forget it.
  const endedByUs = new Set<string>()

  const findBySubject = (subject: string): ScimUser | undefined => {
    if (client.subjectFrom === 'none') return undefined
    const user =
      client.subjectFrom === 'externalId' ? state.userByExternalId(subject) : state.userByName(subject)
    return user !== undefined && subjectOf(client, user.body) === subject ? user : undefined
  }

  const findByAddress: Links['findByAddress'] = (personId) => {
    const record = people.recordOf(personId)
    if (record === undefined || !record.isEmailVerified || record.email === '') return undefined
    if (state.userOf(personId) !== undefined) return undefined
    return state.users.values().find(({ body }) => addressOf(client, body) === record.email)
  }

  /** Whoever was deleted here and comes back under the directory's own id is the same. */
  const findReturning = (body: JsonObject): ScimUser | undefined => {
    const externalId = externalIdOf({ body })
    if (externalId === undefined) return undefined
    return state.deleted.values().find((user) => externalIdOf(user) === externalId)
  }

  const whose: Links['whose'] = async (body) => {
    const returning = findReturning(body)
    if (returning !== undefined && state.userOf(returning.personId) === undefined)
      return { personId: returning.personId, isNew: false, before: returning }
    const { id, isNew } = await provision(body)
    const before = isNew ? undefined : state.deleted.values().find(({ personId }) => personId === id)
    return { personId: id, isNew, before }
  }

  const provision = async (body: JsonObject) => {
    try {
      return await people.provision({
        issuer: client.issuer,
        subject: subjectOf(client, body),
        email: addressOf(client, body),
        name: displayNameOf(body),
      })
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'person-ambiguous') throw error
      throw wrong('uniqueness', 'more than one person of Sallyport has this address')
    }
  }

  /** The linked person, and whoever signs in as this subject, or with this address where that decides. */
  const peopleOf = (user: ScimUser): ReadonlySet<string> => {
    const ids = new Set([user.personId])
    const subject = subjectOf(client, user.body)
    const address = client.subjectFrom === 'none' ? addressOf(client, user.body) : undefined
    if (subject === undefined && address === undefined) return ids
    for (const { id, issuer, subject: known, email, isEmailVerified } of people.records()) {
      if (issuer !== client.issuer || known === undefined) continue
      const hasAddress = address !== undefined && isEmailVerified && email === address
      if (known === subject || (hasAddress && state.userOf(id) === undefined)) ids.add(id)
    }
    return ids
  }

  const end: Links['end'] = async (user, reason, isNew) => {
    const ids = peopleOf(user)
    const living = [...ids].filter((id) => !people.isEnded(id))
    // Somebody who was never here loses nothing.
    const isCounted = living.length > 0 && !isNew
    if (isCounted) {
      await pause.admit(user.id, state.activeCount())
      pause.count()
    }
    for (const id of living) endedByUs.add(id)
    for (const id of ids) await people.end({ id, by, reason })
    return {
      ...user,
      isEndedHere: user.isEndedHere || endedByUs.has(user.personId),
      deactivatedAt: isCounted ? clock.now() : user.deactivatedAt,
    }
  }

  const leave: Links['leave'] = async (user) => {
    const { id, personId } = user
    if (!services.isNamedElsewhere(personId, id) && !people.isEnded(personId)) {
      await pause.admit(id, state.activeCount())
      pause.count()
      await people.end({ id: personId, by, reason: 'scim-moved' })
    }
    await people.setGroupsOf(client.id, new Map([[personId, []]]))
  }

  const isMoved = ({ personId, body: before }: ScimUser, body: JsonObject): boolean => {
    const subject = subjectOf(client, body)
    if (subject !== subjectOf(client, before)) return people.recordOf(personId)?.subject !== subject
    // Who has signed in stays who they are, whatever their address becomes.
    return (
      addressOf(client, body) !== addressOf(client, before) &&
      people.recordOf(personId)?.subject === undefined
    )
  }

  const personWith: Links['personWith'] = async (before, body) => {
    if (!isMoved(before, body)) return before.personId
    if (people.recordOf(before.personId)?.signedInAt !== undefined)
      throw wrong(
        'mutability',
        'this person has signed in as somebody else than the new value says: delete the user and create it again',
      )
    const { id } = await provision(body)
    const other = state.userOf(id)
    if (other !== undefined && other.id !== before.id)
      throw wrong('uniqueness', 'another user of this directory is the same person already')
    return id
  }

  return {
    whose,
    end,
    leave,
    personWith,
    findBySubject,
    findByAddress,
    restored: (personId) => endedByUs.delete(personId),
  }
}

function displayNameOf(body: JsonObject): string | undefined {
  const name = isJsonObject(body['name']) ? body['name'] : {}
  const parts = [name['givenName'], name['familyName']].filter(
    (each) => typeof each === 'string' && each !== '',
  )
  const said = body['displayName'] ?? name['formatted'] ?? parts.join(' ')
  return typeof said === 'string' && said.trim() !== '' ? said.slice(0, 200) : undefined
}
