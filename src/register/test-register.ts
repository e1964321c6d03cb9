import type { TestContext } from 'node:test'
import type { AuditLog, NewEntry } from '#/audit/api.ts'
import { migrate } from '#/core/database/migrate.ts'
import { openSqlite } from '#/core/database/sqlite.ts'
import type { Person, Role } from '#/core/role.ts'
import type { RecordKind } from './api.ts'
import { registerMigrations } from './migrations/index.ts'
import { openRegister, type Register } from './register.ts'

export const testNow = Date.UTC(2026, 10, 23, 12)

export const personWith = (email: string, roles: readonly Role[]): Person => ({
  id: `person-${email}`,
  issuer: 'https://id.example.com',
  subject: email,
  email,
  name: email,
  roles: ['employee', ...roles],
  groups: [],
})

export const ada = personWith('ada@example.com', ['security'])
export const sam = personWith('sam@example.com', ['security', 'owner'])
export const authorOf = ({ id, email }: Person) => ({ id, name: email })

export interface TestRegister {
  readonly register: Register
  readonly entries: (NewEntry & { readonly atMs: number })[]
  /** Moves the clock, back as well. */
  readonly at: (nowMs: number) => void
  readonly now: () => number
  /** Writes a version as one person and approves it as another. */
  readonly approved: (kind: RecordKind, id: string, body: object) => Promise<void>
}

/** A register over a database in memory and a log in memory, with a clock that is moved by hand. */
export async function openTestRegister(context: TestContext): Promise<TestRegister> {
  let nowMs = testNow
  const database = openSqlite(':memory:')
  context.after(() => database.close())
  await migrate(database, registerMigrations)
  const entries: (NewEntry & { readonly atMs: number })[] = []
  const head = (index: number) => ({ index, ...entries[index]!, subject: undefined })
  const log: Pick<AuditLog, 'origin' | 'append' | 'search' | 'open'> = {
    origin: 'sallyport.local',
    append: async (entry) => {
      entries.push({ ...entry, atMs: nowMs })
      return { index: entries.length - 1, receipt: `sallyport.local#${entries.length - 1}` }
    },
    search: async () => [],
    open: async (index) =>
      entries[index] === undefined ? undefined : { ...head(index), payload: undefined },
  }
  const register = await openRegister({ database, clock: { now: () => nowMs, monotonic: () => 0 }, log })
  return {
    register,
    entries,
    at: (moment) => {
      nowMs = moment
    },
    now: () => nowMs,
    approved: async (kind, id, body) => {
      const { version } = await register.propose(kind, id, body, authorOf(ada))
      await register.decide(
        { kind, id, version, verdict: 'approve', reason: 'Looked at.', conditions: {} },
        sam,
      )
    },
  }
}
