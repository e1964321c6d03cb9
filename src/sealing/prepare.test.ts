import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { newFolder, openKeys } from './test-keys.ts'

const month = '2026-11'

/** SQLite counts the transactions that changed a file in its header: https://www.sqlite.org/fileformat.html, 1.3.7. */
const transactionsOf = async (folder: string): Promise<number> =>
  (await readFile(join(folder, 'data-keys.db'))).readUInt32BE(24)

test('people who are new get their keys in one transaction, and keep them after a start', async (context) => {
  const folder = await newFolder(context)
  const keys = await openKeys(context, folder)
  const people = Array.from({ length: 50 }, (_, at) => `person-${at}`)
  const before = await transactionsOf(folder)
  keys.prepare(new Set(people), month)
  assert.equal(await transactionsOf(folder), before + 1)

  const made = people.map((person) => keys.sealing(person, month))
  assert.equal(await transactionsOf(folder), before + 1, 'sealing found them')
  assert.equal(new Set(made.map(({ commitment }) => commitment)).size, 50)
  assert.deepEqual(
    made.map(({ alias }) => keys.personOf(alias)),
    people,
  )
  keys.close()

  const again = await openKeys(context, folder)
  for (const [at, person] of people.entries()) {
    assert.equal(again.sealing(person, month).commitment, made[at]?.commitment)
  }
})

test('whoever has a key keeps it, and where nobody is new nothing is written', async (context) => {
  const folder = await newFolder(context)
  const first = await openKeys(context, folder)
  const known = first.sealing('person-1', month)
  first.close()
  const keys = await openKeys(context, folder)
  keys.prepare(new Set(['person-1', 'person-2']), month)
  assert.equal(keys.sealing('person-1', month).commitment, known.commitment)
  const before = await transactionsOf(folder)
  keys.prepare(new Set(['person-1', 'person-2']), month)
  keys.prepare(new Set(), month)
  assert.equal(await transactionsOf(folder), before)
  keys.prepare(new Set(['person-1']), '2026-12')
  assert.notEqual(keys.sealing('person-1', '2026-12').alias, known.alias)
})
