import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Database } from '#/core/database/api.ts'
import { migrate } from '#/core/database/migrate.ts'
import { testEngines } from '#/core/database/test-engines.ts'
import { identityMigrations } from '../migrations/index.ts'
import { createIdentityStore } from '../store.ts'
import { type KeyRecord, unused } from './record.ts'
import { createKeyStore, type KeyStore } from './store.ts'

const key: KeyRecord = {
  id: 'key_1',
  hash: 'key-hash',
  personId: 'person_1',
  serviceId: 'builds',
  bounds: {
    useCase: 'contract-review',
    highestClass: 'internal',
    networks: ['192.0.2.0/24'],
    requestsPerDay: 5,
  },
  label: undefined,
  parentId: 'key_0',
  budgetId: 'key_1',
  replacedBy: undefined,
  workload: undefined,
  createdBy: 'command-line',
  createdAt: 100,
  expiresAt: 1_000,
  revokedAt: undefined,
  revokedReason: undefined,
}

for (const { name, skip, open } of testEngines) {
  const promise = (sentence: string, work: (store: KeyStore, database: Database) => Promise<void>): void => {
    test(sentence, async () => {
      const { database, remove } = await open()
      try {
        await migrate(database, identityMigrations)
        await createIdentityStore(database).savePerson({
          id: 'person_1',
          issuer: 'https://id.example.com',
          subject: undefined,
          email: 'maria@example.com',
          isEmailVerified: true,
          name: 'maria@example.com',
          createdAt: 1,
          boundAt: undefined,
          signedInAt: undefined,
          endedAt: undefined,
        })
        await work(createKeyStore(database), database)
      } finally {
        await database.close()
        await remove()
      }
    })
  }

  describe(`keys in the store on ${name}`, { skip }, () => {
    promise(
      'a key keeps what it is bound to, is revoked once, and is left out long after its end',
      async (store) => {
        await store.insertKey(key)
        assert.deepEqual(await store.readKeys(0), [{ key, use: unused }])
        await assert.rejects(store.insertKey({ ...key, id: 'key_2' }), /unique/i)
        const use = { lastUsedAt: 300, uses: 7, machines: [['192.0.2.1', 300]] as const }
        await store.saveUsed(new Map([['key_1', use]]))
        await store.revokeKey('key_1', 500, 'command-line', 'lost')
        await store.revokeKey('key_1', 900, 'somebody', 'again')
        assert.deepEqual(await store.readKeys(499), [
          { key: { ...key, revokedAt: 500, revokedReason: 'lost' }, use },
        ])
        assert.deepEqual(await store.readKeys(500), [])
        await store.deleteKeys(['key_1', 'never-there'])
        assert.deepEqual(await store.readKeys(0), [])
      },
    )

    promise('a key of before this version is read: bound to no more than it was', async (store, database) => {
      await database.run(
        `INSERT INTO caller_key (id, hash, person, use_case, created_by, created_at, expires_at)
         VALUES ('key_old', 'hash', 'person_1', 'support', 'command-line', 1, 1000)`,
      )
      const [read] = await store.readKeys(0)
      assert.deepEqual(read?.key.bounds, { useCase: 'support' })
      assert.equal(read?.key.budgetId, 'key_old')
      assert.deepEqual(read?.use, unused)
    })

    promise('one key takes the place of another with its children, or not at all', async (store) => {
      const child = {
        ...key,
        id: 'key_3',
        hash: 'child',
        parentId: 'key_1',
        budgetId: 'key_3',
        createdAt: 101,
      }
      for (const each of [key, child]) await store.insertKey(each)
      const next = { ...key, id: 'key_2', hash: 'next', createdAt: 102, expiresAt: 2_000 }
      await assert.rejects(
        store.replaceKey({ ...key, expiresAt: 600 }, { ...next, hash: 'child' }),
        /unique/i,
      )
      assert.deepEqual(
        (await store.readKeys(0)).map((each) => each.key),
        [key, child],
      )
      await store.replaceKey({ ...key, expiresAt: 600 }, next)
      assert.deepEqual(
        (await store.readKeys(0)).map((each) => each.key),
        [{ ...key, expiresAt: 600, replacedBy: 'key_2' }, { ...child, parentId: 'key_2' }, next],
      )
    })

    promise('what was spent is kept for a day, and read only on that day', async (store) => {
      await store.saveSpent([{ budgetId: 'key_1', day: 10, requests: 3, tokens: 40 }])
      await store.saveSpent([{ budgetId: 'key_1', day: 10, requests: 4, tokens: 50 }])
      assert.deepEqual(await store.readSpent(10), [{ budgetId: 'key_1', day: 10, requests: 4, tokens: 50 }])
      assert.deepEqual(await store.readSpent(11), [])
    })

    promise('a service is kept with its owner, who must be there', async (store) => {
      const service = { id: 'builds', label: 'Builds', ownerId: 'person_1', createdBy: 'x', createdAt: 5 }
      await store.saveService(service)
      await store.saveService({ ...service, label: 'All builds', createdBy: 'y' })
      assert.deepEqual(await store.readServices(), [{ ...service, label: 'All builds' }])
      await assert.rejects(store.saveService({ ...service, id: 'other', ownerId: 'nobody' }), /foreign key/i)
    })
  })
}
