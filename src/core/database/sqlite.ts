import { closeSync, openSync } from 'node:fs'
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import type { Database, Queries, Row, SqlValue } from './api.ts'
import { assertCommonSql, countParameters } from './common-sql.ts'
import { createTurns, onlyWhile } from './turns.ts'

/** Statements are constants of the rooms' stores; more than this means that somebody builds SQL from values. */
const maxStatements = 500

/** How long to wait for another process (a backup, say) that holds the file. */
const busyMs = 2_000

/**
 * Opens the embedded store: a file readable only by its owner, created when missing, or ':memory:'.
 * A committed change is on the disk when its promise resolves (WAL, synchronous FULL).
 */
export function openSqlite(path: string): Database {
  if (path !== ':memory:') createPrivately(path)
  const engine = new DatabaseSync(path, {
    timeout: busyMs,
    enableForeignKeyConstraints: true,
    defensive: true,
  })
  engine.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL')
  const direct = queriesOf(engine)
  const turns = createTurns()

  const transaction = <T>(work: (queries: Queries) => Promise<T>): Promise<T> =>
    turns.hold(
      async (isOpen) => {
        engine.exec('BEGIN IMMEDIATE')
        try {
          const result = await work(onlyWhile(isOpen, direct))
          if (isOpen()) engine.exec('COMMIT')
          return result
        } catch (error) {
          if (isOpen()) rollBack(engine)
          throw error
        }
      },
      () => rollBack(engine),
    )

  return {
    all: (sql, parameters) => turns.take(() => direct.all(sql, parameters)),
    first: (sql, parameters) => turns.take(() => direct.first(sql, parameters)),
    run: (sql, parameters) => turns.take(() => direct.run(sql, parameters)),
    transaction,
    close: () => turns.take(() => engine.close()),
  }
}

/** SQLite gives the files beside it (-wal, -shm) the mode of this one. */
function createPrivately(path: string): void {
  closeSync(openSync(path, 'a', 0o600))
}

/** The engine rolls back by itself when the disk is full or fails; a second rollback would be an error. */
function rollBack(engine: DatabaseSync): void {
  if (engine.isTransaction) engine.exec('ROLLBACK')
}

interface Prepared {
  readonly statement: StatementSync
  readonly parameterCount: number
  /** SQLite reports the last change's count for any other statement too. */
  readonly changesRows: boolean
}

function queriesOf(engine: DatabaseSync): Queries {
  const statements = new Map<string, Prepared>()

  const prepare = (sql: string): Prepared => {
    const known = statements.get(sql)
    if (known !== undefined) return known
    assertCommonSql(sql)
    if (statements.size >= maxStatements) statements.delete(statements.keys().next().value as string)
    const prepared = {
      statement: engine.prepare(sql),
      parameterCount: countParameters(sql),
      changesRows: /^\s*(insert|update|delete|with)\b/i.test(sql),
    }
    statements.set(sql, prepared)
    return prepared
  }

  return {
    all: async <T extends Row>(sql: string, parameters: readonly SqlValue[] = []) => {
      const prepared = prepare(sql)
      return prepared.statement.all(bind(prepared, parameters)).map((row) => ({ ...row })) as unknown as T[]
    },
    first: async <T extends Row>(sql: string, parameters: readonly SqlValue[] = []) => {
      const prepared = prepare(sql)
      const bound = bind(prepared, parameters)
      // A change must run to its end: stopping after its first row would hide an error of its commit.
      const row = prepared.changesRows ? prepared.statement.all(bound)[0] : prepared.statement.get(bound)
      return row === undefined ? undefined : ({ ...row } as unknown as T)
    },
    run: async (sql, parameters = []) => {
      const prepared = prepare(sql)
      const { changes } = prepared.statement.run(bind(prepared, parameters))
      return prepared.changesRows ? Number(changes) : 0
    },
  }
}

/** node:sqlite knows `$1` only as a name, and takes a missing name for NULL without a word. */
function bind(prepared: Prepared, parameters: readonly SqlValue[]): Record<string, bigint | SqlValue> {
  if (parameters.length !== prepared.parameterCount) {
    throw new Error(`the statement takes ${prepared.parameterCount} parameters, not ${parameters.length}`)
  }
  const bound: Record<string, bigint | SqlValue> = {}
  for (const [index, value] of parameters.entries()) bound[`$${index + 1}`] = toEngine(value)
  return bound
}

/** Whole numbers are bound as integers: as doubles they would make `$1 / 2` a fraction here and not in PostgreSQL. */
function toEngine(value: SqlValue): bigint | SqlValue {
  if (typeof value === 'number') {
    if (Number.isSafeInteger(value)) return BigInt(value)
    if (!Number.isFinite(value) || Number.isInteger(value))
      throw new Error(`the number ${value} cannot be stored exactly`)
    return value
  }
  // SQLite and PostgreSQL end, cut or refuse a text at a NUL, each in its own way.
  if (typeof value === 'string' && value.includes('\0'))
    throw new Error('a text with a NUL character cannot be stored')
  if (value === undefined || typeof value === 'boolean')
    throw new Error(`${value} is not a value of a column`)
  return value
}
