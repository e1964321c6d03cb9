import { createHash } from 'node:crypto'
import { type Clock, systemClock } from '../clock.ts'
import type { Database, Migration } from './api.ts'
import { assertCommonSql, splitStatements } from './common-sql.ts'

/**
 * Brings the schema up to date: applies what is missing, in the order given, each in a transaction of its own.
 * Throws, before changing anything, when an applied migration was edited, is unknown here (the data folder belongs
 * to a newer Sallyport), or was overtaken by a later one of its room.
 */
export async function migrate(
  database: Database,
  migrations: readonly Migration[],
  clock: Clock = systemClock,
): Promise<void> {
  assertWellFormed(migrations)
  await database.run(
    'CREATE TABLE IF NOT EXISTS migration (id TEXT NOT NULL PRIMARY KEY, digest TEXT NOT NULL, at BIGINT NOT NULL)',
  )
  const rows = await database.all<{ id: string; digest: string }>('SELECT id, digest FROM migration')
  const applied = new Map(rows.map((row) => [row.id, row.digest]))
  assertFits(applied, migrations)
  for (const migration of migrations) {
    if (!applied.has(migration.id)) await apply(database, migration, clock.now())
  }
}

const apply = (database: Database, migration: Migration, at: number): Promise<void> =>
  database.transaction(async (queries) => {
    try {
      for (const statement of splitStatements(migration.sql)) await queries.run(statement)
    } catch (error) {
      throw new Error(`the migration ${migration.id} failed and was rolled back`, { cause: error })
    }
    await queries.run('INSERT INTO migration (id, digest, at) VALUES ($1, $2, $3)', [
      migration.id,
      digestOf(migration),
      at,
    ])
  })

/** Line ends are left out: a checkout on another system must not look like an edit. */
const digestOf = (migration: Migration): string =>
  createHash('sha256').update(migration.sql.replaceAll('\r\n', '\n').trim()).digest('hex')

const idPattern = /^([a-z-]+)-(\d{3})-[a-z0-9-]+$/

function assertWellFormed(migrations: readonly Migration[]): void {
  const lastOfRoom = new Map<string, string>()
  for (const { id, sql } of migrations) {
    const [, room, number] = idPattern.exec(id) ?? []
    if (room === undefined || number === undefined) {
      throw new Error(`the migration "${id}" must be named ROOM-NNN-WHAT, like identity-001-people`)
    }
    if (number <= (lastOfRoom.get(room) ?? ''))
      throw new Error(`the migration ${id} stands twice or out of order`)
    lastOfRoom.set(room, number)
    for (const statement of splitStatements(sql)) assertCommonSql(statement)
  }
}

function assertFits(applied: ReadonlyMap<string, string>, migrations: readonly Migration[]): void {
  const known = new Map(migrations.map((migration) => [migration.id, migration]))
  for (const [id, digest] of applied) {
    const migration = known.get(id)
    if (migration === undefined) {
      throw new Error(
        `the data folder has the migration ${id}, which this Sallyport does not know: it was used by a newer one. ` +
          'Start the newer version, or use another data folder.',
      )
    }
    if (digestOf(migration) !== digest) {
      throw new Error(
        `the migration ${id} was edited after it was applied: undo the edit and add a new migration`,
      )
    }
  }
  const waiting = new Map<string, string>()
  for (const { id } of migrations) {
    const room = (idPattern.exec(id) as RegExpExecArray)[1] as string
    const overtaken = waiting.get(room)
    if (!applied.has(id)) waiting.set(room, overtaken ?? id)
    else if (overtaken !== undefined)
      throw new Error(`the migration ${overtaken} comes too late: ${id} is applied already`)
  }
}
