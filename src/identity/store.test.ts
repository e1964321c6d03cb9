import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { migrate } from '#/core/database/migrate.ts'
import { testEngines } from '#/core/database/test-engines.ts'
import { identityMigrations } from './migrations/index.ts'
import type { PersonRecord } from './records.ts'
import { createIdentityStore, type IdentityStore } from './store.ts'

const pending: PersonRecord = {
  id: 'person_1',
  issuer: 'https://id.example.com',
  subject: undefined,
  email: 'maria@example.com',
  isEmailVerified: true,
  name: 'maria@example.com',
  createdAt: 1_790_000_000_000,
  boundAt: undefined,
  signedInAt: undefined,
  endedAt: undefined,
}
const bound: PersonRecord = {
  ...pending,
  subject: 'subject-1',
  name: 'Maria Muster',
  isEmailVerified: false,
  boundAt: 1_790_000_000_001,
  signedInAt: 1_790_000_000_001,
}

for (const { name, skip, open } of testEngines) {
  const promise = (sentence: string, work: (store: IdentityStore) => Promise<void>): void => {
    test(sentence, async () => {
      const { database, remove } = await open()
      try {
        await migrate(database, identityMigrations)
        await work(createIdentityStore(database))
      } finally {
        await database.close()
        await remove()
      }
    })
  }

  describe(`the store on ${name}`, { skip }, () => {
    promise('a pending person becomes a bound one in place', async (store) => {
      await store.savePerson(pending)
      assert.deepEqual(await store.readPeople(), [pending])
      await store.savePerson(bound)
      assert.deepEqual(await store.readPeople(), [bound])
      await store.savePerson({ ...bound, endedAt: 9, emailHeldAt: 8 })
      assert.deepEqual(await store.readPeople(), [{ ...bound, endedAt: 9, emailHeldAt: 8 }])
    })

    promise('a subject, and a pending address, stand once for an issuer', async (store) => {
      await store.savePerson(bound)
      await assert.rejects(store.savePerson({ ...bound, id: 'person_2' }), /unique/i)
      await store.savePerson({ ...pending, id: 'person_3' })
      await assert.rejects(store.savePerson({ ...pending, id: 'person_4' }), /unique/i)
      await store.savePerson({ ...bound, id: 'person_5', issuer: 'https://other.example.com' })
      assert.equal((await store.readPeople()).length, 3)
    })

    promise('groups of a person are replaced source by source', async (store) => {
      await store.savePerson(bound)
      const said = (source: string, group: string) => ({ personId: 'person_1', source, group })
      await store.changeGroups('oidc', [{ personId: 'person_1', added: ['b', 'a'], removed: [] }])
      await store.changeGroups('scim', [{ personId: 'person_1', added: ['c'], removed: [] }])
      assert.deepEqual(await store.readGroups(), [said('oidc', 'a'), said('oidc', 'b'), said('scim', 'c')])
      await store.changeGroups('oidc', [{ personId: 'person_1', added: [], removed: ['a', 'b'] }])
      assert.deepEqual(await store.readGroups(), [said('scim', 'c')])
    })
  })
}
