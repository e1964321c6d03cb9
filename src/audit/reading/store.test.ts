import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { migrate } from '#/core/database/migrate.ts'
import { testEngines } from '#/core/database/test-engines.ts'
import type { Notice, Opening, Reader, Reading, ReadingDecision, ReadingEnd } from './api.ts'
import type { Line } from './log-lines.ts'
import { readingMigrations } from './migrations/index.ts'
import { createReadingStore, type ReadingStore } from './store.ts'

const ada: Reader = {
  id: 'person_ada',
  name: 'ada@example.com',
  issuer: 'https://id.example.com',
  subject: 'ada',
}
const machine: Reader = {
  id: 'command-line:root',
  name: 'command-line:root',
  issuer: undefined,
  subject: undefined,
}
const reading: Reading = {
  id: 'reading_one',
  by: ada,
  role: 'auditor',
  reason: "It's about case 17 -- ; ?",
  scope: { what: 'receipts', indexes: [3, 5] },
  concerns: ['person_emil'],
  askedAtMs: 1_790_000_000_000,
  untilMs: 1_790_000_100_000,
}
const later: Reading = {
  ...reading,
  id: 'reading_two',
  by: machine,
  role: undefined,
  scope: { what: 'person', personId: 'person_emil', sinceMs: 1, untilMs: 2 },
  askedAtMs: 1_790_000_000_001,
}
const decision: ReadingDecision = {
  reading: 'reading_one',
  by: { ...ada, id: 'person_sam', name: 'sam@example.com', subject: 'sam' },
  role: 'security',
  verdict: 'approve',
  reason: 'Yes.',
  atMs: 5,
}
const end: ReadingEnd = { reading: 'reading_one', by: machine, atMs: 6 }
const opening = (index: number, atMs: number, personId: string | undefined = 'person_emil'): Opening => ({
  reading: 'reading_one',
  index,
  personId,
  by: ada,
  atMs,
})
const notice: Notice = { reading: 'reading_one', personId: 'person_emil', atMs: 9 }

for (const { name, skip, open } of testEngines) {
  const promise = (sentence: string, work: (store: ReadingStore) => Promise<void>): void => {
    test(sentence, async () => {
      const { database, remove } = await open()
      try {
        await migrate(database, readingMigrations)
        await work(createReadingStore(database))
      } finally {
        await database.close()
        await remove()
      }
    })
  }
  /** Adds lines as the log numbers them. */
  const add = (store: ReadingStore, ...lines: readonly Line[]): Promise<void> =>
    store.add(lines.map((line, index) => ({ ...line, logIndex: index + 10 })))

  describe(`the store on ${name}`, { skip }, () => {
    promise('an empty store knows nothing', async (store) => {
      assert.deepEqual(await store.state(), { lastLogIndex: -1, lastUntilMs: 0 })
      assert.equal(await store.find('reading_one'), undefined)
      assert.deepEqual(await store.list(10), [])
      assert.deepEqual(await store.untold(), [])
      assert.deepEqual(await store.noticesOf('person_emil', 10), [])
    })

    promise('a reading comes back with all that happened to it', async (store) => {
      await add(store, { what: 'request', value: reading }, { what: 'decision', value: decision })
      assert.deepEqual(await store.find('reading_one'), { reading, decisions: [decision], end: undefined })
      await store.add([{ what: 'end', value: end, logIndex: 12 }])
      assert.deepEqual(await store.find('reading_one'), { reading, decisions: [decision], end })
      assert.deepEqual(await store.state(), { lastLogIndex: 12, lastUntilMs: reading.untilMs })
    })

    promise('the newest stand first, and no more than asked for', async (store) => {
      await add(store, { what: 'request', value: reading }, { what: 'request', value: later })
      assert.deepEqual(
        (await store.list(10)).map((each) => each.reading),
        [later, reading],
      )
      assert.deepEqual(
        (await store.list(1)).map((each) => each.reading.id),
        ['reading_two'],
      )
    })

    promise('a person is told once, and sees when each entry was opened first', async (store) => {
      await add(
        store,
        { what: 'request', value: reading },
        { what: 'opening', value: opening(5, 7) },
        { what: 'opening', value: opening(3, 8) },
        { what: 'opening', value: opening(5, 9) },
        { what: 'opening', value: { ...opening(4, 9), personId: undefined } },
      )
      assert.deepEqual(await store.untold(), [{ reading: 'reading_one', personId: 'person_emil' }])
      await store.add([{ what: 'notice', value: notice, logIndex: 20 }])
      assert.deepEqual(await store.untold(), [])
      assert.deepEqual(await store.noticesOf('person_emil', 10), [notice])
      assert.deepEqual(await store.noticesOf('person_other', 10), [])
      assert.deepEqual(await store.openedOf('reading_one', 'person_emil'), [
        { index: 3, atMs: 8 },
        { index: 5, atMs: 7 },
      ])
    })

    promise(
      'lines are added together or not at all, and none of a reading that is not there',
      async (store) => {
        const orphan: Line = { what: 'decision', value: { ...decision, reading: 'reading_none' } }
        await assert.rejects(add(store, { what: 'request', value: reading }, orphan), /foreign key/i)
        assert.equal(await store.find('reading_one'), undefined)
      },
    )
  })
}
