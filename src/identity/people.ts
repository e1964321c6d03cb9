import type { Clock } from '#/core/clock.ts'
import { randomId } from '#/core/id.ts'
import { Refusal } from '#/core/refusal.ts'
import { isRole, type Person, type Role } from '#/core/role.ts'
import type { WriteEntry } from './entry.ts'
import type { PersonRecord, RoleGrant } from './records.ts'
import type { IdentityStore } from './store.ts'

/** What an identity provider says of a person, read and checked. */
export interface Claims {
  readonly subject: string
  readonly email: string | undefined
  readonly isEmailVerified: boolean
  readonly name: string | undefined
}

export interface People {
  /** Anybody ever known, also from an issuer no longer configured: the log must stay readable. */
  readonly find: (id: string) => Person | undefined
  readonly findByEmail: (email: string) => readonly Person[]
  /** Only somebody the configured issuer vouches for has access. */
  readonly findCurrent: (id: string) => Person | undefined
  /** Those with access who have one of these roles. */
  readonly holdersOf: (roles: readonly Role[]) => readonly Person[]
  /** The one person of this e-mail; created as pending when there is none. Throws `person-ambiguous`. */
  readonly findOrInvite: (email: string) => Promise<Person>
  readonly signIn: (claims: Claims) => Promise<Person>
  readonly grantRoles: (asked: {
    readonly email: string
    readonly roles: readonly Role[]
    readonly by: string
  }) => Promise<void>
}

export interface PeopleServices {
  readonly store: IdentityStore
  readonly writeEntry: WriteEntry
  readonly clock: Clock
  /** The configured issuer. */
  readonly issuer: string
  /** E-mail addresses that are owners, lower case. */
  readonly owners: ReadonlySet<string>
}

/** Reads everybody once; from then on this is the one place that knows who there is and which roles they have. */
export async function openPeople(services: PeopleServices): Promise<People> {
  const { store, clock, issuer, owners } = services
  const records = new Map<string, PersonRecord>()
  const grants = new Map<string, Set<Role>>()
  const people = new Map<string, Person>()

  const keep = (record: PersonRecord): Person => {
    records.set(record.id, record)
    refresh()
    return people.get(record.id) as Person
  }
  const remember = ({ personId, role }: RoleGrant): void => {
    const roles = grants.get(personId) ?? new Set()
    grants.set(personId, roles.add(role))
  }
  // Roles depend on who else holds an e-mail address, so all are worked out again when one person changes:
  // sign-ins are rare, reading roles is not.
  const refresh = (): void => {
    const ownerIds = findOwners(records.values(), issuer, owners)
    for (const record of records.values()) {
      people.set(record.id, toPerson(record, grants.get(record.id) ?? new Set(), ownerIds.has(record.id)))
    }
  }

  for (const record of await store.readPeople()) records.set(record.id, record)
  for (const grant of await store.readGrants()) remember(grant)
  refresh()

  const holdersOf = (email: string): PersonRecord[] =>
    [...records.values()].filter((record) => record.email === email && record.isEmailVerified)

  // One at a time: two first sign-ins of one person at the same moment must not make two people.
  const alone = createQueue()

  const findOrInvite = (email: string): Promise<Person> =>
    alone(async () => {
      const holders = holdersOf(readEmail(email)).filter((record) => record.issuer === issuer)
      if (holders.length > 1) throw new Refusal('person-ambiguous')
      const [holder] = holders
      if (holder !== undefined) return people.get(holder.id) as Person
      const invited = newPerson(issuer, readEmail(email), clock.now())
      await store.savePerson(invited)
      return keep(invited)
    })

  return {
    find: (id) => people.get(id),
    findByEmail: (email) => holdersOf(email.trim().toLowerCase()).map(({ id }) => people.get(id) as Person),
    findCurrent: (id) => (records.get(id)?.issuer === issuer ? people.get(id) : undefined),
    holdersOf: (roles) =>
      [...people.values()].filter(
        (person) => person.issuer === issuer && person.roles.some((role) => roles.includes(role)),
      ),
    findOrInvite,
    signIn: (claims) =>
      alone(async () => {
        const record = bind(claims, [...records.values()], issuer, clock.now())
        await store.savePerson(record)
        return keep(record)
      }),
    grantRoles: async ({ email, roles, by }) => {
      const unknown = roles.find((role) => !isRole(role))
      if (unknown !== undefined)
        throw new Refusal('request-invalid', { field: 'roles', problem: 'there is no such role' })
      const person = await findOrInvite(email)
      await services.writeEntry({
        kind: 'decision',
        subject: person.id,
        facts: { about: by, decision: `roles granted: ${roles.join(', ')}` },
      })
      const given = roles.map((role) => ({ personId: person.id, role, by, at: clock.now() }))
      await store.saveGrants(given)
      for (const grant of given) remember(grant)
      refresh()
    },
  }
}

/**
 * Whom a sign-in belongs to: the known subject; else the person pending under the verified e-mail; else somebody
 * new. An e-mail never leads to a person who has signed in before: addresses are given to other people later.
 */
export function bind(
  claims: Claims,
  known: readonly PersonRecord[],
  issuer: string,
  now: number,
): PersonRecord {
  const email = claims.email === undefined ? '' : claims.email.trim().toLowerCase()
  const isEmailVerified = claims.isEmailVerified && isEmail(email)
  const ours = known.filter((record) => record.issuer === issuer)
  const found =
    ours.find((record) => record.subject === claims.subject) ??
    (isEmailVerified
      ? ours.find((record) => record.subject === undefined && record.email === email)
      : undefined) ??
    newPerson(issuer, email, now)
  return {
    ...found,
    subject: claims.subject,
    email,
    isEmailVerified,
    name: claims.name ?? (email || claims.subject),
    boundAt: found.boundAt ?? now,
    signedInAt: now,
  }
}

/** Owners named in the settings: for each address the person who held it first, so that a reused address gains nothing. */
function findOwners(
  records: Iterable<PersonRecord>,
  issuer: string,
  owners: ReadonlySet<string>,
): ReadonlySet<string> {
  const first = new Map<string, PersonRecord>()
  for (const record of records) {
    if (record.issuer !== issuer || !record.isEmailVerified || record.boundAt === undefined) continue
    if (!owners.has(record.email)) continue
    const other = first.get(record.email)
    if (other === undefined || record.boundAt < (other.boundAt ?? 0)) first.set(record.email, record)
  }
  return new Set([...first.values()].map(({ id }) => id))
}

/** Roles count from the first sign-in on: a key made for a pending person carries no more than an employee's. */
const toPerson = (record: PersonRecord, granted: ReadonlySet<Role>, isOwner: boolean): Person =>
  Object.freeze({
    id: record.id,
    issuer: record.issuer,
    subject: record.subject ?? '',
    email: record.email,
    name: record.name,
    roles: Object.freeze([
      ...new Set<Role>([
        'employee',
        ...(record.subject === undefined ? [] : granted),
        ...(isOwner ? ['owner' as const] : []),
      ]),
    ]),
  })

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

function createQueue(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const mine = last.then(work)
    last = mine.catch(() => undefined)
    return mine
  }
}
