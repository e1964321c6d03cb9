import type { Clock } from '#/core/clock.ts'
import { randomId } from '#/core/id.ts'
import { createOneAtATime } from '#/core/one-at-a-time.ts'
import { Refusal } from '#/core/refusal.ts'
import type { Person, Role } from '#/core/role.ts'
import type { WriteEntry } from './entry.ts'
import type { GroupChange, PersonRecord } from './records.ts'
import type { RoleSource } from './roles/role-source.ts'
import { findWhose, type Provisioned } from './scim/whose.ts'
import type { IdentityStore } from './store.ts'

/** What an identity provider says of a person, read and checked. */
export interface Claims {
  /** Who says it: one of the current issuers. */
  readonly issuer: string
  readonly subject: string
  readonly email: string | undefined
  readonly isEmailVerified: boolean
  readonly name: string | undefined
}

export interface People {
  /** Anybody ever known, also from an issuer no longer configured: the log must stay readable. */
  readonly find: (id: string) => Person | undefined
  /** Whoever has held this verified address for longest comes first; nobody else is let in by it. */
  readonly findByEmail: (email: string) => readonly Person[]
  /** Only somebody a configured issuer vouches for has access. */
  readonly findCurrent: (id: string) => Person | undefined
  /** Those with access who have one of these roles. */
  readonly holdersOf: (roles: readonly Role[]) => readonly Person[]
  /** The one person of this e-mail; created as pending when there is none. Throws `person-ambiguous`. */
  readonly findOrInvite: (email: string) => Promise<Person>
  /** Throws `account-ended`. */
  readonly signIn: (claims: Claims) => Promise<Person>
  /** Ends everything this person can do, now: sessions, keys and open answers. Only `restore` gives it back. */
  readonly end: (asked: AboutPerson) => Promise<void>
  readonly restore: (asked: AboutPerson) => Promise<void>
  readonly isEnded: (id: string) => boolean
  /** What `source` says of a person's groups from now on. Ids that never change, never names. */
  readonly setGroups: (id: string, source: string, groups: readonly string[]) => Promise<void>
  /** The same for many people at once: one transaction, and only what differs is written. */
  readonly setGroupsOf: (source: string, told: ReadonlyMap<string, readonly string[]>) => Promise<void>
  /** Everybody, as stored. */
  readonly records: () => Iterable<PersonRecord>
  readonly recordOf: (id: string) => PersonRecord | undefined
  /** The person a directory means (`scim/whose.ts`); somebody new is pending. Throws `person-ambiguous`. */
  readonly provision: (asked: Provisioned) => Promise<{ readonly id: string; readonly isNew: boolean }>
  /** Called after roles or groups of a person changed. */
  readonly onChanged: (listener: (personId: string) => void) => void
  /** Called the moment a person's access ends, before it is stored. */
  readonly onEnded: (listener: (personId: string) => void) => void
  /** Works out everybody's roles again, and tells about those whose changed. */
  readonly refreshRoles: () => void
  /** Everybody with access, in the order in which they became known. */
  readonly everybody: () => readonly Person[]
}

export interface AboutPerson {
  readonly id: string
  /** A person's id, or the name of what asks. */
  readonly by: string
  /** A code, as `scim` or `left`; it stands in the readable header. */
  readonly reason: string
}

/** Groups one source may name of one person; providers send a few hundred at most. */
export const maxGroups = 2_000

export interface PeopleServices {
  readonly store: IdentityStore
  readonly writeEntry: WriteEntry
  readonly clock: Clock
  /** The configured issuers. A person belongs to one of them; the same e-mail at another is somebody else. */
  readonly issuers: ReadonlySet<string>
  /** E-mail addresses that are owners, lower case. */
  readonly owners: ReadonlySet<string>
  /** What people have beside what the settings say of owners; nothing when left out. */
  readonly roles?: RoleSource
}

/** Reads everybody once; from then on this is the one place that knows who there is and which roles they have. */
export async function openPeople(services: PeopleServices): Promise<People> {
  const { store, clock, issuers, owners, roles = nothing } = services
  const records = new Map<string, PersonRecord>()
  const groups = new Map<string, Map<string, readonly string[]>>()
  const people = new Map<string, Person>()
  const changeListeners: ((personId: string) => void)[] = []
  const endListeners: ((personId: string) => void)[] = []

  const keep = (record: PersonRecord): Person => {
    const before = records.get(record.id)
    records.set(record.id, record)
    const isOwnersAddress = owners.has(record.email) || owners.has(before?.email ?? '')
    refreshRoles([record.id], isOwnersAddress)
    return people.get(record.id) as Person
  }
  // Who is owner depends on who else holds an e-mail address, so that is worked out among all when somebody with such
  // an address changes. The rest is worked out for whoever changed: a directory names thousands in a row.
  let rolesChangeAtMs = Number.POSITIVE_INFINITY
  let ownerIds: ReadonlySet<string> = new Set()
  const refresh = (asked?: Iterable<string>, areOwnersAsked = asked === undefined): readonly string[] => {
    const before = ownerIds
    if (areOwnersAsked) ownerIds = findOwners(records.values(), issuers, owners)
    // Only when everybody is looked at: whoever is left out may have lost a role by the clock.
    if (asked === undefined) rolesChangeAtMs = roles.nextChangeMs()
    const changed: string[] = []
    for (const id of new Set([...(asked ?? records.keys()), ...ownerIds.symmetricDifference(before)])) {
      const record = records.get(id)
      if (record === undefined) continue
      const isIn = groupsOf(groups.get(id))
      const person = toPerson(record, roles.rolesFor(id, isIn), ownerIds.has(id), isIn)
      const old = people.get(id)
      if (old !== undefined && old.roles.join() !== person.roles.join()) changed.push(id)
      people.set(id, person)
    }
    return changed
  }
  const refreshRoles = (asked?: Iterable<string>, areOwnersAsked?: boolean): void => {
    for (const id of refresh(asked, areOwnersAsked)) for (const listener of changeListeners) listener(id)
  }
  // A role that has ended is gone for whoever asks next, however late a timer is.
  const assertRolesOfNow = (): void => {
    if (clock.now() >= rolesChangeAtMs) refreshRoles()
  }

  for (const record of await store.readPeople()) records.set(record.id, record)
  for (const { personId, source, group } of await store.readGroups()) {
    const told = groups.get(personId) ?? new Map<string, readonly string[]>()
    groups.set(personId, told.set(source, [...(told.get(source) ?? []), group]))
  }
  refresh()

  const holdersOf = (email: string): PersonRecord[] =>
    [...records.values()].filter((record) => record.email === email && record.isEmailVerified)

  // Whom nobody has vouched for comes after whom somebody did, and who has no access any more comes last.
  const rankOf = (record: PersonRecord): number =>
    isCurrent(record, issuers) ? Number(record.boundAt === undefined) : 2

  // Ended here, but storing or logging it failed: asking again must finish it.
  const unfinished = new Set<string>()
  const known = (id: string): PersonRecord => {
    const record = records.get(id)
    if (record === undefined) throw new Refusal('not-found', { what: 'person' })
    return record
  }
  const findCurrent = (id: string): Person | undefined => {
    assertRolesOfNow()
    const record = records.get(id)
    return record !== undefined && isCurrent(record, issuers) && record.endedAt === undefined
      ? people.get(id)
      : undefined
  }

  // One at a time: two first sign-ins of one person at the same moment must not make two people.
  const alone = createOneAtATime().run

  const findOrInvite = (email: string): Promise<Person> =>
    alone(async () => {
      const holders = holdersOf(readEmail(email)).filter((record) => isCurrent(record, issuers))
      if (holders.length > 1) throw new Refusal('person-ambiguous')
      const [holder] = holders
      if (holder?.endedAt !== undefined) throw new Refusal('account-ended')
      if (holder !== undefined) return people.get(holder.id) as Person
      const invited = newPerson(pendingIssuer(issuers), readEmail(email), clock.now())
      await store.savePerson(invited)
      return keep(invited)
    })

  /** What the log is told of roles that come and go with groups. */
  const entriesOfRoles = (personId: string, source: string, wanted: readonly string[]): Promise<void>[] => {
    const isIn = groupsOf(new Map(groups.get(personId)).set(source, wanted))
    const record = known(personId)
    const before = new Set(people.get(personId)?.roles)
    const after = new Set(
      toPerson(record, roles.rolesFor(personId, isIn), ownerIds.has(personId), isIn).roles,
    )
    const tell = (kind: 'role-granted' | 'role-ended', said: string, changed: ReadonlySet<Role>) =>
      changed.size === 0
        ? []
        : [
            services.writeEntry({
              kind,
              subject: personId,
              facts: { about: source, decision: `${said}: ${[...changed].join(', ')}`, reason: 'group' },
            }),
          ]
    return [
      ...tell('role-granted', 'roles granted', after.difference(before)),
      ...tell('role-ended', 'role grant ended', before.difference(after)),
    ]
  }

  const setGroupsOf: People['setGroupsOf'] = (source, told) =>
    alone(async () => {
      const changes: GroupChange[] = []
      const after = new Map<string, readonly string[]>()
      for (const [personId, asked] of told) {
        known(personId)
        const wanted = new Set(asked)
        assertGroupCount(wanted.size)
        const before = new Set(groups.get(personId)?.get(source))
        const added = [...wanted.difference(before)]
        const removed = [...before.difference(wanted)]
        if (added.length === 0 && removed.length === 0) continue
        changes.push({ personId, added, removed })
        after.set(personId, [...wanted].sort())
      }
      if (changes.length === 0) return
      // First, like all that gives rights. Where the log cannot be written nothing leaves either, so a role that should
      // be gone is of no use meanwhile; whoever told of it is told to tell again.
      await Promise.all([...after].flatMap(([personId, wanted]) => entriesOfRoles(personId, source, wanted)))
      await store.changeGroups(source, changes)
      for (const [personId, wanted] of after) {
        const mine = groups.get(personId) ?? new Map<string, readonly string[]>()
        groups.set(personId, mine.set(source, wanted))
      }
      const changed = new Set([...after.keys(), ...refresh(after.keys())])
      for (const personId of changed) for (const listener of changeListeners) listener(personId)
    })

  return {
    find: (id) => {
      assertRolesOfNow()
      return people.get(id)
    },
    findByEmail: (email) => {
      assertRolesOfNow()
      return holdersOf(email.trim().toLowerCase())
        .toSorted((one, other) => rankOf(one) - rankOf(other) || heldAt(one) - heldAt(other))
        .map(({ id }) => people.get(id) as Person)
    },
    findCurrent,
    holdersOf: (wanted) => {
      assertRolesOfNow()
      return [...people.values()].filter(
        (person) =>
          findCurrent(person.id) !== undefined && person.roles.some((role) => wanted.includes(role)),
      )
    },
    findOrInvite,
    signIn: (claims) =>
      alone(async () => {
        const record = bind(claims, [...records.values()], issuers, clock.now())
        if (record.endedAt !== undefined) throw new Refusal('account-ended')
        await store.savePerson(record)
        return keep(record)
      }),
    // Stops first and writes after: an entry that cannot be written must not leave somebody in who has left.
    end: ({ id, by, reason }) =>
      alone(async () => {
        const record = known(id)
        const wasEnded = record.endedAt !== undefined && !unfinished.has(id)
        if (wasEnded) return
        const ended = { ...record, endedAt: record.endedAt ?? clock.now() }
        unfinished.add(id)
        keep(ended)
        for (const listener of endListeners) listener(id)
        await store.savePerson(ended)
        await services.writeEntry({ kind: 'access-ended', subject: id, facts: { about: by, reason } })
        unfinished.delete(id)
      }),
    restore: ({ id, by, reason }) =>
      alone(async () => {
        const record = known(id)
        if (record.endedAt === undefined) return
        await services.writeEntry({ kind: 'access-restored', subject: id, facts: { about: by, reason } })
        const restored = { ...record, endedAt: undefined }
        await store.savePerson(restored)
        unfinished.delete(id)
        keep(restored)
      }),
    isEnded: (id) => records.get(id)?.endedAt !== undefined,
    setGroups: (id, source, told) => setGroupsOf(source, new Map([[id, told]])),
    setGroupsOf,
    records: () => records.values(),
    recordOf: (id) => records.get(id),
    provision: (asked) =>
      alone(async () => {
        const found = findWhose(asked, records.values())
        if (found !== undefined) return { id: found.id, isNew: false }
        const made = { ...newPerson(asked.issuer, asked.email ?? '', clock.now()), subject: asked.subject }
        const record = { ...made, name: asked.name ?? (asked.email || asked.subject || made.id) }
        await store.savePerson(record)
        return { id: keep(record).id, isNew: true }
      }),
    onChanged: (listener) => changeListeners.push(listener),
    onEnded: (listener) => endListeners.push(listener),
    refreshRoles: () => refreshRoles(),
    everybody: () => {
      assertRolesOfNow()
      return [...people.values()].filter(({ id }) => findCurrent(id) !== undefined)
    },
  }
}

/** Stands in the place of the issuer while a person is pending and any of several providers may vouch first. */
const anyIssuer = ''

const pendingIssuer = (issuers: ReadonlySet<string>): string =>
  issuers.size === 1 ? ([...issuers][0] as string) : anyIssuer

const isCurrent = (record: PersonRecord, issuers: ReadonlySet<string>): boolean =>
  issuers.has(record.issuer) || (record.subject === undefined && record.issuer === anyIssuer)

/**
 * Whom a sign-in belongs to: the known subject of this issuer; else the person pending under the verified e-mail;
 * else somebody new. An e-mail never leads to a person who has signed in before, at whatever provider: addresses are
 * given to other people later, and what two providers call the same is two people.
 */
export function bind(
  claims: Claims,
  known: readonly PersonRecord[],
  issuers: ReadonlySet<string>,
  now: number,
): PersonRecord {
  const { issuer } = claims
  if (!issuers.has(issuer)) throw new Error('the provider that vouches is not one of the configured ones')
  const email = claims.email === undefined ? '' : claims.email.trim().toLowerCase()
  const isEmailVerified = claims.isEmailVerified && isEmail(email)
  const mayBind = isEmailVerified && !known.some((record) => isHolderOf(record, email, issuers))
  const found =
    known.find((record) => record.issuer === issuer && record.subject === claims.subject) ??
    (mayBind ? known.find((record) => isPendingAs(record, email, issuers)) : undefined) ??
    newPerson(issuer, email, now)
  return {
    ...found,
    issuer,
    subject: claims.subject,
    email,
    isEmailVerified,
    name: claims.name ?? (email || claims.subject),
    boundAt: found.boundAt ?? now,
    ...(isSameAddress(found, email, isEmailVerified) ? {} : { emailHeldAt: now }),
    signedInAt: now,
  }
}

// Whoever moves to an address has not held it before, however long they are known.
const isSameAddress = (before: PersonRecord, email: string, isEmailVerified: boolean): boolean =>
  before.boundAt === undefined || (before.email === email && (before.isEmailVerified || !isEmailVerified))

// Somebody who has signed in under a verified address holds it: what waits under it is no longer a question of one.
const isHolderOf = (record: PersonRecord, email: string, issuers: ReadonlySet<string>): boolean =>
  record.subject !== undefined &&
  record.email === email &&
  record.isEmailVerified &&
  issuers.has(record.issuer)

// Whom the only provider of an earlier time was to vouch for waits for any of today's, this one among them.
const isPendingAs = (record: PersonRecord, email: string, issuers: ReadonlySet<string>): boolean =>
  record.subject === undefined && record.email === email && isCurrent(record, issuers)

/** Owners named in the settings: for each address the person who held it first, so that a reused address gains nothing. */
function findOwners(
  records: Iterable<PersonRecord>,
  issuers: ReadonlySet<string>,
  owners: ReadonlySet<string>,
): ReadonlySet<string> {
  const first = new Map<string, PersonRecord>()
  for (const record of records) {
    if (!issuers.has(record.issuer) || !record.isEmailVerified || record.boundAt === undefined) continue
    if (!owners.has(record.email)) continue
    const other = first.get(record.email)
    if (other === undefined || heldAt(record) < heldAt(other)) first.set(record.email, record)
  }
  return new Set([...first.values()].map(({ id }) => id))
}

const heldAt = ({ emailHeldAt, boundAt = 0 }: PersonRecord): number => emailHeldAt ?? boundAt

const nothing: RoleSource = {
  rolesFor: () => ({ given: [], denied: [] }),
  nextChangeMs: () => Number.POSITIVE_INFINITY,
}

/**
 * Roles count from the first sign-in on: a key made for a pending person carries no more than an employee's. What is
 * denied is not had, whatever gives it.
 */
const toPerson = (
  record: PersonRecord,
  { given, denied }: ReturnType<RoleSource['rolesFor']>,
  isOwner: boolean,
  groups: readonly string[],
): Person =>
  Object.freeze({
    id: record.id,
    issuer: record.issuer,
    subject: record.subject ?? '',
    email: record.email,
    name: record.name,
    roles: Object.freeze([
      ...new Set<Role>([
        'employee',
        ...(record.subject === undefined ? [] : given.filter((role) => !denied.includes(role))),
        ...(isOwner ? ['owner' as const] : []),
      ]),
    ]),
    groups: Object.freeze(groups),
  })

function assertGroupCount(count: number): void {
  if (count <= maxGroups) return
  throw new Refusal('request-invalid', {
    field: 'groups',
    problem: `a person may be in ${maxGroups} groups at most`,
  })
}

const groupsOf = (told: ReadonlyMap<string, readonly string[]> = new Map()): readonly string[] =>
  [...told].flatMap(([source, groups]) => groups.map((group) => `${source}:${group}`)).sort()

const newPerson = (issuer: string, email: string, now: number): PersonRecord => ({
  id: `person_${randomId(16)}`,
  issuer,
  subject: undefined,
  email,
  // Whoever names a pending person vouches for the address; binding asks the provider again.
  isEmailVerified: true,
  name: email,
  createdAt: now,
  boundAt: undefined,
  signedInAt: undefined,
  endedAt: undefined,
})

// Deliberately loose: the identity provider decides what an address is; this keeps out what cannot be one.
const isEmail = (text: string): boolean =>
  text.length <= 254 && /^[^\s@<>"',;:\\\p{Cc}]+@[^\s@<>"',;:\\\p{Cc}]+$/u.test(text)

function readEmail(text: string): string {
  const email = text.trim().toLowerCase()
  if (!isEmail(email))
    throw new Refusal('request-invalid', { field: 'email', problem: 'it is not an e-mail address' })
  return email
}
