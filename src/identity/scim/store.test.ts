import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { migrate } from '#/core/database/migrate.ts'
import { testEngines } from '#/core/database/test-engines.ts'
import { identityMigrations } from '../migrations/index.ts'
import { createIdentityStore } from '../store.ts'
import type { ScimGroup, ScimUser } from './records.ts'
import { createScimStore, type ScimStore } from './store.ts'

const user: ScimUser = {
  id: 'user_1',
  client: 'okta',
  personId: 'person_1',
  body: { userName: 'maria@example.com', active: true, name: { familyName: 'Öz "x"' } },
  version: 1,
  createdAt: 5,
  changedAt: 5,
  isEndedHere: false,
  deactivatedAt: undefined,
  deletedAt: undefined,
}
const group: ScimGroup = {
  id: 'group_1',
  client: 'okta',
  displayName: 'Harbour',
  externalId: undefined,
  members: new Set(),
  version: 1,
  createdAt: 5,
  changedAt: 5,
}

for (const { name, skip, open } of testEngines) {
  const promise = (sentence: string, work: (store: ScimStore) => Promise<void>): void => {
    test(sentence, async () => {
      const { database, remove } = await open()
      try {
        await migrate(database, identityMigrations)
        await createIdentityStore(database).savePerson({
          id: 'person_1',
          issuer: 'https://id.example.com',
          subject: 's',
          email: 'maria@example.com',
          isEmailVerified: true,
          name: 'Maria',
          createdAt: 1,
          boundAt: 1,
          signedInAt: 1,
          endedAt: undefined,
        })
        await work(createScimStore(database))
      } finally {
        await database.close()
        await remove()
      }
    })
  }

  describe(`what directories told, in the store on ${name}`, { skip }, () => {
    promise('a user reads back as it was saved, also the second time', async (store) => {
      await store.saveUser(user)
      assert.deepEqual(await store.readUsers(), [user])
      const later = {
        ...user,
        body: { ...user.body, active: false },
        version: 2,
        isEndedHere: true,
        deactivatedAt: 9,
      }
      await store.saveUser(later)
      assert.deepEqual(await store.readUsers(), [later])
      await assert.rejects(store.saveUser({ ...user, id: 'user_2', personId: 'nobody' }), /foreign key/i)
    })

    promise('a group keeps its members, and whoever is deleted is in none', async (store) => {
      await store.saveUser(user)
      await store.saveUser({ ...user, id: 'user_2' })
      await store.saveGroup({ group, added: ['user_1', 'user_2'], removed: [] })
      assert.deepEqual(await store.readGroups(), [{ ...group, members: new Set(['user_1', 'user_2']) }])
      const renamed = { ...group, displayName: 'Port', externalId: 'p', version: 2 }
      await store.saveGroup({ group: renamed, added: [], removed: ['user_1'] })
      assert.deepEqual(await store.readGroups(), [{ ...renamed, members: new Set(['user_2']) }])
      await store.saveUser({ ...user, id: 'user_2', deletedAt: 9 })
      assert.deepEqual(await store.readGroups(), [{ ...renamed, members: new Set() }])
      await store.forgetUser('user_2')
      assert.equal((await store.readUsers()).length, 1)
      await store.deleteGroup('group_1')
      assert.deepEqual(await store.readGroups(), [])
    })

    promise('a group with a member that is not there is not saved at all', async (store) => {
      await store.saveUser(user)
      await assert.rejects(
        store.saveGroup({ group, added: ['user_1', 'nobody'], removed: [] }),
        /foreign key/i,
      )
      assert.deepEqual(await store.readGroups(), [])
    })

    promise('a pause stands until it is lifted', async (store) => {
      await store.savePause({ client: 'okta', pausedAt: 5, openUntil: 0 })
      await store.savePause({ client: 'okta', pausedAt: undefined, openUntil: 9 })
      assert.deepEqual(await store.readPauses(), [{ client: 'okta', pausedAt: undefined, openUntil: 9 }])
    })
  })
}
