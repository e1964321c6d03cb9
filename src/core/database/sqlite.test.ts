import assert from 'node:assert/strict'
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { runDatabaseContract } from './database.contract.ts'
import { openSqlite } from './sqlite.ts'

async function place() {
  const folder = await mkdtemp(join(tmpdir(), 'sallyport-database-'))
  const file = join(folder, 'store.db')
  return { folder, file, open: async () => openSqlite(file), remove: () => rm(folder, { recursive: true }) }
}

runDatabaseContract('node:sqlite', place)

test('the file and those beside it are readable by their owner only', async () => {
  const mine = await place()
  const database = await mine.open()
  await database.run('CREATE TABLE thing (id TEXT NOT NULL PRIMARY KEY)')
  for (const name of ['store.db', 'store.db-wal', 'store.db-shm']) {
    assert.equal((await stat(join(mine.folder, name))).mode & 0o777, 0o600, name)
  }
  await database.close()
  await mine.remove()
})

test('a committed change is in the file for another process at once', async () => {
  const mine = await place()
  const database = await mine.open()
  await database.run('CREATE TABLE thing (id TEXT NOT NULL PRIMARY KEY)')
  await database.run('INSERT INTO thing (id) VALUES ($1)', ['a'])
  const other = new DatabaseSync(mine.file, { readOnly: true })
  assert.equal(other.prepare('PRAGMA journal_mode').get()?.journal_mode, 'wal')
  assert.equal(other.prepare('SELECT COUNT(*) AS rows FROM thing').get()?.rows, 1)
  other.close()
  await database.close()
  await mine.remove()
})

test('a file that is no database is refused with a word about it', async () => {
  const mine = await place()
  await writeFile(mine.file, 'this is a letter to a friend, not a database at all. '.repeat(100))
  await assert.rejects(mine.open(), /not a database/)
  await mine.remove()
})

test('a store in memory needs no file', async () => {
  const database = openSqlite(':memory:')
  await database.run('CREATE TABLE thing (id TEXT NOT NULL PRIMARY KEY)')
  assert.deepEqual(await database.all('SELECT id FROM thing'), [])
  await database.close()
})

test('more distinct statements than the cache holds still work', async () => {
  const database = openSqlite(':memory:')
  await database.run('CREATE TABLE thing (id TEXT NOT NULL PRIMARY KEY)')
  for (let index = 0; index < 1_200; index++) {
    assert.deepEqual(await database.first(`SELECT ${index} AS number`), { number: index })
  }
  assert.deepEqual(await database.first('SELECT 0 AS number'), { number: 0 })
  await database.close()
})
