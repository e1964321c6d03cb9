/** What tests of stores in this room begin with: every engine, an empty database with the tables of the room, and one person. */
import { describe, test } from 'node:test'
import type { Database } from '#/core/database/api.ts'
import { migrate } from '#/core/database/migrate.ts'
import { testEngines } from '#/core/database/test-engines.ts'
import { identityMigrations } from './migrations/index.ts'
import { createIdentityStore } from './store.ts'

type Promised = (sentence: string, work: (database: Database) => Promise<void>) => void

/** `person_1` is there in each test. */
export function onEveryEngine(what: string, tests: (promise: Promised) => void): void {
  for (const { name, skip, open } of testEngines)
    describe(`${what} on ${name}`, { skip }, () =>
      tests((sentence, work) => {
        test(sentence, async () => {
          const { database, remove } = await open()
          try {
            await migrate(database, identityMigrations)
            await createIdentityStore(database).savePerson(person)
            await work(database)
          } finally {
            await database.close()
            await remove()
          }
        })
      }),
    )
}

const person = {
  id: 'person_1',
  issuer: 'https://id.example.com',
  subject: 'subject-1',
  email: 'maria@example.com',
  isEmailVerified: true,
  name: 'Maria Muster',
  createdAt: 1_790_000_000_000,
  boundAt: undefined,
  signedInAt: undefined,
  endedAt: undefined,
}
