/** Access on a store in memory with a clock that stands still, for tests. */
import type { Database } from '#/core/database/api.ts'
import { migrate } from '#/core/database/migrate.ts'
import { openSqlite } from '#/core/database/sqlite.ts'
import type { Person } from '#/core/role.ts'
import type { Denied, RuleSlice, UsableOffering, UsableUseCase } from '#/policy/api.ts'
import type { GroupRoles } from '#/settings/api.ts'
import type { IdentityEntry } from '../entry.ts'
import { identityMigrations } from '../migrations/index.ts'
import { openPeople, type People } from '../people.ts'
import { createRoleSource } from '../roles/role-source.ts'
import { createIdentityStore } from '../store.ts'
import { type Access, openAccess } from './access.ts'
import type { Grant } from './api.ts'
import { createStanding } from './standing.ts'
import { createAccessStore } from './store.ts'

export const dayMs = 86_400_000
export const startMs = Date.UTC(2026, 10, 25)

export interface TestAccess {
  readonly people: People
  readonly access: Access
  readonly database: Database
  readonly entries: IdentityEntry[]
  readonly forward: (ms: number) => void
  readonly breakLog: (isBroken: boolean) => void
  /** Signs somebody in for the first time. */
  readonly person: (email: string) => Promise<Person>
  /** Another start on the same store. */
  readonly reopen: () => Promise<Pick<TestAccess, 'people' | 'access'>>
}

export async function openTestAccess(
  options: {
    readonly owners?: readonly string[]
    readonly groups?: readonly GroupRoles[]
    readonly useCases?: readonly UsableUseCase[]
    readonly offerings?: readonly UsableOffering[]
  } = {},
): Promise<TestAccess> {
  const database = openSqlite(':memory:')
  await migrate(database, identityMigrations)
  const entries: IdentityEntry[] = []
  let isBroken = false
  let now = startMs
  const clock = { now: () => now, monotonic: () => now - startMs }
  const writeEntry = async (entry: IdentityEntry): Promise<void> => {
    if (isBroken) throw new Error('the log is broken')
    entries.push(entry)
  }
  const reopen = async () => {
    const store = createAccessStore(database)
    const standing = createStanding(await store.readGrants(), clock.now)
    const people = await openPeople({
      store: createIdentityStore(database),
      writeEntry,
      clock,
      issuers: new Set(['https://id.example.com']),
      owners: new Set(options.owners ?? []),
      roles: createRoleSource(options.groups ?? [], standing),
    })
    const access = await openAccess({
      standing,
      store,
      people,
      writeEntry,
      clock,
      settings: { groups: options.groups ?? [], grants: { mostDays: 90, officeMostDays: 365 } },
      slice: () => sliceOf(options, standing.all()),
    })
    return { people, access }
  }
  const { people, access } = await reopen()
  return {
    people,
    access,
    database,
    entries,
    reopen,
    forward: (ms) => {
      now += ms
    },
    breakLog: (broken) => {
      isBroken = broken
    },
    person: (email) =>
      people.signIn({
        issuer: 'https://id.example.com',
        subject: `subject of ${email}`,
        email,
        isEmailVerified: true,
        name: undefined,
      }),
  }
}

/** As `compileSnapshot` does: what is given and denied beside the records is in what serves. */
function sliceOf(
  { useCases = [], offerings = [] }: Parameters<typeof openTestAccess>[0] & object,
  grants: readonly Grant[],
): RuleSlice {
  const about = (effect: Grant['effect'], what: Grant['what'], id: string): readonly Grant[] =>
    grants.filter((each) => each.effect === effect && each.what === what && each.target === id)
  const deny = (what: Grant['what'], id: string): Denied => ({
    roles: [],
    people: about('deny', what, id).flatMap(({ person }) => person ?? []),
    groups: about('deny', what, id).flatMap(({ group }) => group ?? []),
  })
  const ends = (id: string): ReadonlyMap<string, number> =>
    new Map(about('allow', 'use-case', id).map(({ person, untilMs }) => [person ?? '', untilMs ?? 0]))
  return {
    rules: [],
    useCases: new Map(
      useCases.map((each) => [each.id, { ...each, grants: ends(each.id), deny: deny('use-case', each.id) }]),
    ),
    offerings: new Map(offerings.map((each) => [each.id, { ...each, deny: deny('offering', each.id) }])),
  }
}
