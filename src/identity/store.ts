import type { Database, Queries, Row } from '#/core/database/api.ts'
import type { GroupChange, GroupMembership, PersonRecord } from './records.ts'

/** People, roles and sessions. Everything is read once at start; after that this only writes. */
export interface IdentityStore {
  readonly readPeople: () => Promise<readonly PersonRecord[]>
  /** Inserts, or replaces what may change: issuer and subject at the first sign-in, e-mail, name, times, and whether it is ended. */
  readonly savePerson: (person: PersonRecord) => Promise<void>
  readonly readGroups: () => Promise<readonly GroupMembership[]>
  /** What this source says of these people's groups, as far as it differs from what it said before. */
  readonly changeGroups: (source: string, changes: readonly GroupChange[]) => Promise<void>
}

export const createIdentityStore = (database: Database): IdentityStore => ({
  ...peopleStore(database),
})

type PeopleStore = Pick<IdentityStore, 'readPeople' | 'savePerson' | 'readGroups' | 'changeGroups'>

const peopleStore = (database: Database): PeopleStore => ({
  readPeople: async () =>
    (
      await database.all<PersonRow>(
        `SELECT id, issuer, subject, email, is_email_verified, name, created_at, bound_at, signed_in_at, ended_at, email_held_at
         FROM person ORDER BY created_at, id`,
      )
    ).map(toPerson),
  savePerson: async (person) => {
    await database.run(
      `INSERT INTO person (id, issuer, subject, email, is_email_verified, name, created_at, bound_at, signed_in_at, ended_at, email_held_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
       ON CONFLICT (id) DO UPDATE SET issuer = excluded.issuer, subject = excluded.subject, email = excluded.email,
         is_email_verified = excluded.is_email_verified, name = excluded.name,
         bound_at = excluded.bound_at, signed_in_at = excluded.signed_in_at,
         ended_at = excluded.ended_at, email_held_at = excluded.email_held_at`,
      [
        person.id,
        person.issuer,
        person.subject ?? null,
        person.email,
        person.isEmailVerified ? 1 : 0,
        person.name,
        person.createdAt,
        person.boundAt ?? null,
        person.signedInAt ?? null,
        person.endedAt ?? null,
        person.emailHeldAt ?? null,
      ],
    )
  },
  readGroups: async () =>
    (
      await database.all<GroupRow>(
        'SELECT person, source, group_id FROM person_group ORDER BY person, source, group_id',
      )
    ).map(({ person, source, group_id }) => ({ personId: person, source, group: group_id })),
  changeGroups: (source, changes) =>
    each(database, changes, async (queries, { personId, added, removed }) => {
      for (const group of removed)
        await queries.run('DELETE FROM person_group WHERE person = $1 AND source = $2 AND group_id = $3', [
          personId,
          source,
          group,
        ])
      for (const group of added)
        await queries.run('INSERT INTO person_group (person, source, group_id) VALUES ($1, $2, $3)', [
          personId,
          source,
          group,
        ])
    }),
})

/** One transaction, so one wait for the disk, for any number of rows. */
async function each<T>(
  database: Database,
  items: readonly T[],
  write: (queries: Queries, item: T) => Promise<unknown>,
): Promise<void> {
  if (items.length === 0) return
  await database.transaction(async (queries) => {
    for (const item of items) await write(queries, item)
  })
}

interface PersonRow extends Row {
  readonly id: string
  readonly issuer: string
  readonly subject: string | null
  readonly email: string
  readonly is_email_verified: number
  readonly name: string
  readonly created_at: number
  readonly bound_at: number | null
  readonly signed_in_at: number | null
  readonly ended_at: number | null
  readonly email_held_at: number | null
}

const toPerson = (row: PersonRow): PersonRecord => ({
  id: row.id,
  issuer: row.issuer,
  subject: row.subject ?? undefined,
  email: row.email,
  isEmailVerified: row.is_email_verified === 1,
  name: row.name,
  createdAt: row.created_at,
  boundAt: row.bound_at ?? undefined,
  signedInAt: row.signed_in_at ?? undefined,
  endedAt: row.ended_at ?? undefined,
  ...(row.email_held_at === null ? {} : { emailHeldAt: row.email_held_at }),
})

interface GroupRow extends Row {
  readonly person: string
  readonly source: string
  readonly group_id: string
}
