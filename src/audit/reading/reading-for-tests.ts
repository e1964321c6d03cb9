/** What the tests of readings share: a log and a store of their own, a clock to turn, and the people of a company. */
import type { TestContext } from 'node:test'
import type { Database } from '#/core/database/api.ts'
import { migrate } from '#/core/database/migrate.ts'
import { openSqlite } from '#/core/database/sqlite.ts'
import type { Person, Role } from '#/core/role.ts'
import type { AuditLog } from '../api.ts'
import { newFolder, openIn } from '../log-for-tests.ts'
import type { AskedReading } from './asked.ts'
import { readingMigrations } from './migrations/index.ts'
import { openReadings, type Readings } from './readings.ts'

export const dayMs = 86_400_000
export const hourMs = 3_600_000

export const personOf = (name: string, roles: readonly Role[], more: Partial<Person> = {}): Person => ({
  id: `person_${name}`,
  issuer: 'https://id.example.com',
  subject: name,
  email: `${name}@example.com`,
  name,
  roles: ['employee', ...roles],
  groups: [],
  ...more,
})

export const ada = personOf('ada', ['auditor'])
export const sam = personOf('sam', ['security'])
export const lea = personOf('lea', ['legal'])
export const emil = personOf('emil', [])

export interface ReadingTest {
  readonly log: AuditLog
  readonly database: Database
  readonly readings: Readings
  readonly clock: { nowMs: number; now: () => number; monotonic: () => number }
  readonly people: Person[]
  /** Ids of people a legal hold covers. */
  readonly held: Set<string>
  readonly folder: string
  /** A start on the same log and store. */
  readonly again: (database?: Database) => Promise<Readings>
}

export async function openReadingTest(
  context: TestContext,
  people: Person[] = [ada, sam, lea, emil],
): Promise<ReadingTest> {
  const folder = await newFolder(context)
  const clock = {
    nowMs: Date.UTC(2026, 10, 25, 12),
    now: () => clock.nowMs,
    monotonic: () => 0,
  }
  const { log } = await openIn(folder, { clock })
  const database = await newDatabase(context)
  const held = new Set<string>()
  const again = (other = database): Promise<Readings> =>
    openReadings({
      database: other,
      clock,
      log,
      findPeople: async (email) => people.filter((each) => each.email === email),
      findPerson: async (id) => people.find((each) => each.id === id),
      holdersOf: (roles) => people.filter((each) => each.roles.some((role) => roles.includes(role))),
      findByQuery: async (query, _, most) => {
        const found = await log.search({ kinds: ['intent', 'refusal'], limit: most })
        return found.filter(({ facts }) => facts.requestId === query).map(({ index }) => index)
      },
      mustStaySilent: (id) => held.has(id),
    })
  return { log, database, readings: await again(), clock, people, held, folder, again }
}

export async function newDatabase(context: TestContext): Promise<Database> {
  const database = openSqlite(':memory:')
  context.after(() => database.close())
  await migrate(database, readingMigrations)
  return database
}

export const askedFor = (receipts: readonly number[], more: Partial<AskedReading> = {}): AskedReading => ({
  reason: 'A customer complained about case 17.',
  hours: 24,
  receipts: receipts.map(String),
  ...more,
})

export const yes = { verdict: 'approve', reason: 'Case 17 is known to me.' } as const
export const no = { verdict: 'decline', reason: 'The receipt is enough.' } as const
