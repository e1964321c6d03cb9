import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { migrate } from '#/core/database/migrate.ts'
import { testEngines } from '#/core/database/test-engines.ts'
import { retentionMigrations } from './migrations/index.ts'
import { createHoldStore, type Hold, type HoldStore } from './store.ts'

const ofOne: Hold = {
  id: 'hold_1',
  personId: 'person_1',
  reason: 'case 12',
  by: 'legal',
  beganMs: 1_790_000_000_000,
  untilMs: 1_790_000_900_000,
  ended: undefined,
}
const ofAll: Hold = {
  ...ofOne,
  id: 'hold_2',
  personId: undefined,
  untilMs: undefined,
  beganMs: 1_790_000_000_001,
}

for (const { name, skip, open } of testEngines) {
  const promise = (sentence: string, work: (store: HoldStore) => Promise<void>): void => {
    test(sentence, async () => {
      const { database, remove } = await open()
      try {
        await migrate(database, retentionMigrations)
        await work(createHoldStore(database))
      } finally {
        await database.close()
        await remove()
      }
    })
  }

  describe(`the store of holds on ${name}`, { skip }, () => {
    promise('a hold comes back as it was put in, the oldest first', async (store) => {
      await store.add(ofAll)
      await store.add(ofOne)
      assert.deepEqual(await store.readHolds(), [ofOne, ofAll])
    })

    promise('a hold ends once; ending it again, or one that never was, changes nothing', async (store) => {
      await store.add(ofOne)
      const ended = { atMs: 1_790_000_000_500, by: 'ada', why: 'settled' }
      assert.equal(await store.end('hold_1', ended), true)
      assert.equal(await store.end('hold_1', { ...ended, by: 'eve' }), false)
      assert.equal(await store.end('hold_9', ended), false)
      assert.deepEqual(await store.readHolds(), [{ ...ofOne, ended }])
    })

    promise('no id stands twice', async (store) => {
      await store.add(ofOne)
      await assert.rejects(store.add(ofOne))
    })
  })
}
