import { runDatabaseContract } from './database.contract.ts'
import { createTestPostgres } from './test-postgres.ts'

const url = process.env.SALLYPORT_TEST_POSTGRES

// The embedded store is what ships today; this run keeps the promise that the same SQL serves PostgreSQL.
const skip =
  url === undefined && 'SALLYPORT_TEST_POSTGRES names no PostgreSQL (postgres://user@host/database)'

runDatabaseContract('PostgreSQL', async () => createTestPostgres(url ?? ''), skip)
