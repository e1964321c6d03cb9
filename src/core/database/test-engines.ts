import type { Database } from './api.ts'
import { openSqlite } from './sqlite.ts'
import { createTestPostgres } from './test-postgres.ts'

/** An engine a store is tested on. */
export interface TestEngine {
  readonly name: string
  /** Why it cannot be used here; false when it can. */
  readonly skip: string | false
  /** An empty database, and how to remove what it leaves behind. */
  readonly open: () => Promise<{ readonly database: Database; readonly remove: () => Promise<void> }>
}

const postgres = process.env.SALLYPORT_TEST_POSTGRES

/** Every engine a store of ours runs on: a store is right when its tests pass on all of them. */
export const testEngines: readonly TestEngine[] = [
  {
    name: 'node:sqlite',
    skip: false,
    open: async () => ({ database: openSqlite(':memory:'), remove: async () => undefined }),
  },
  {
    name: 'PostgreSQL',
    skip:
      postgres === undefined && 'SALLYPORT_TEST_POSTGRES names no PostgreSQL (postgres://user@host/database)',
    open: async () => {
      const place = createTestPostgres(postgres ?? '')
      return { database: await place.open(), remove: place.remove }
    },
  },
]
