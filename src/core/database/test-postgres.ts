import pg from 'pg'
import { randomId } from '../id.ts'
import type { Database, Queries, Row, SqlValue } from './api.ts'
import { assertCommonSql, countParameters } from './common-sql.ts'
import { createTurns, onlyWhile } from './turns.ts'

/** What a test needs of PostgreSQL: databases of its own, opened again after being closed, and removed. */
export interface TestPostgres {
  readonly open: () => Promise<Database>
  readonly remove: () => Promise<void>
}

/** A schema of its own on the server at `url`. For tests only: one connection, no pool, no reconnecting. */
export function createTestPostgres(url: string): TestPostgres {
  const schema = `sallyport_test_${randomId(12)}`
  const connect = async (): Promise<pg.Client> => {
    const client = new pg.Client({ connectionString: url, types: { getTypeParser } })
    await client.connect()
    await client.query(`CREATE SCHEMA IF NOT EXISTS ${schema}`)
    await client.query(`SET search_path TO ${schema}`)
    return client
  }
  return {
    open: async () => openClient(await connect()),
    remove: async () => {
      const client = await connect()
      await client.query(`DROP SCHEMA ${schema} CASCADE`)
      await client.end()
    },
  }
}

function openClient(client: pg.Client): Database {
  const direct = queriesOf(client)
  const turns = createTurns()
  const transaction = <T>(work: (queries: Queries) => Promise<T>): Promise<T> =>
    turns.hold(
      async (isOpen) => {
        await client.query('BEGIN')
        try {
          const result = await work(onlyWhile(isOpen, direct))
          if (isOpen()) await client.query('COMMIT')
          return result
        } catch (error) {
          if (isOpen()) await client.query('ROLLBACK')
          throw error
        }
      },
      async () => {
        await client.query('ROLLBACK')
      },
    )
  return {
    all: (sql, parameters) => turns.take(() => direct.all(sql, parameters)),
    first: (sql, parameters) => turns.take(() => direct.first(sql, parameters)),
    run: (sql, parameters) => turns.take(() => direct.run(sql, parameters)),
    transaction,
    close: () => turns.take(() => client.end()),
  }
}

function queriesOf(client: pg.Client): Queries {
  const query = async (sql: string, parameters: readonly SqlValue[] = []) => {
    assertCommonSql(sql)
    const count = countParameters(sql)
    if (parameters.length !== count)
      throw new Error(`the statement takes ${count} parameters, not ${parameters.length}`)
    for (const value of parameters) assertStorable(value)
    return client.query<Row>(sql, [...parameters])
  }
  return {
    all: async <T extends Row>(sql: string, parameters?: readonly SqlValue[]) =>
      (await query(sql, parameters)).rows as unknown as T[],
    first: async <T extends Row>(sql: string, parameters?: readonly SqlValue[]) =>
      (await query(sql, parameters)).rows[0] as T | undefined,
    run: async (sql, parameters) => {
      const result = await query(sql, parameters)
      return /^(INSERT|UPDATE|DELETE)$/.test(result.command) ? (result.rowCount ?? 0) : 0
    },
  }
}

function assertStorable(value: SqlValue): void {
  const isUnsafe =
    typeof value === 'number' &&
    (!Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value)))
  if (isUnsafe) throw new Error(`the number ${value} cannot be stored exactly`)
  if (value === undefined || typeof value === 'boolean')
    throw new Error(`${value} is not a value of a column`)
}

/** int8 (20) and numeric (1700, what sum() gives) come as text and are handed on as numbers. */
const getTypeParser: pg.CustomTypesConfig['getTypeParser'] = (oid, format) =>
  oid === 20 || oid === 1700 ? (text: string) => toNumber(text) : pg.types.getTypeParser(oid, format)

function toNumber(text: string): number {
  const number = Number(text)
  if (Number.isInteger(number) && !Number.isSafeInteger(number))
    throw new Error(`${text} is too large for a number`)
  return number
}
