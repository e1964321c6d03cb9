/**
 * Who is who and which key opens what: the one file that, once a row is gone, turns headers anonymous and
 * payloads into noise. Deleted rows are overwritten (`secure_delete`), and there is no write-ahead file for
 * them to live on in.
 */
import { statSync } from 'node:fs'
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import type { Destroyed, DestroyOptions, DestroyScope } from './api.ts'

export interface AliasRow {
  readonly alias: string
  readonly person: string
  readonly month: string
}

export interface DataKeyRow {
  /** Names the key and commits to it. */
  readonly commitment: string
  readonly alias: string
  readonly number: number
  readonly wrapped: Uint8Array
  /** The version of the key-encryption key it is wrapped under. */
  readonly kek: number
  /** How many records may have been sealed already: counted ahead, in blocks. */
  readonly reserved: number
}

/** A key that was just made, with the alias it is for when that is new. */
export interface NewKeyRows {
  readonly key: DataKeyRow
  readonly alias: AliasRow | undefined
}

const schema = `
  CREATE TABLE IF NOT EXISTS alias (
    alias TEXT PRIMARY KEY,
    person TEXT NOT NULL,
    month TEXT NOT NULL,
    UNIQUE (person, month)
  );
  CREATE TABLE IF NOT EXISTS data_key (
    commitment TEXT PRIMARY KEY,
    alias TEXT NOT NULL,
    number INTEGER NOT NULL,
    wrapped BLOB NOT NULL,
    reserved INTEGER NOT NULL,
    kek INTEGER NOT NULL DEFAULT 1,
    UNIQUE (alias, number)
  );
  CREATE INDEX IF NOT EXISTS alias_by_person ON alias (person);
`

/** A file that is only read may be of before there were versions. */
const toDataKey = (row: Record<string, unknown> | undefined): DataKeyRow | undefined =>
  row === undefined ? undefined : ({ kek: 1, ...row } as unknown as DataKeyRow)

/** All calls are synchronous, and durable when they return. Throws what SQLite throws. */
export class KeyStore {
  readonly #database: DatabaseSync
  /** By their text, all of which stand in this file. */
  readonly #statements = new Map<string, StatementSync>()
  readonly #path: string
  /** Of the file; undefined for one that is only read. */
  readonly #inode: number | undefined

  /** Throws when the file is damaged, unless it is only read. */
  constructor(path: string, options: { readonly isReadOnly: boolean }) {
    this.#database = new DatabaseSync(path, { readOnly: options.isReadOnly, timeout: 2_000 })
    this.#path = path
    if (options.isReadOnly) {
      this.#inode = undefined
      return
    }
    assertSound(this.#database, path)
    this.#database.exec('PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON')
    // `vacuum` copies living keys through a temporary table: that must not become a file elsewhere.
    this.#database.exec('PRAGMA temp_store = MEMORY')
    this.#database.exec(schema)
    // Files of before there were versions: everything in them is wrapped under the first.
    const columns = this.#database.prepare("SELECT name FROM pragma_table_info('data_key')").all()
    if (!columns.some((column) => column['name'] === 'kek'))
      this.#database.exec('ALTER TABLE data_key ADD COLUMN kek INTEGER NOT NULL DEFAULT 1')
    this.#inode = statSync(path).ino
  }

  /** Throws when the file was removed or replaced: keys made from then on would be gone with the process. */
  assertInPlace(): void {
    if (this.#inode !== undefined && statSync(this.#path).ino !== this.#inode)
      throw new Error(`${this.#path} is another file than the one that is used`)
  }

  findAlias(person: string, month: string): AliasRow | undefined {
    const row = this.#first(
      'SELECT alias, person, month FROM alias WHERE person = ? AND month = ?',
      person,
      month,
    )
    return row as AliasRow | undefined
  }

  personOf(alias: string): string | undefined {
    return this.#first('SELECT person FROM alias WHERE alias = ?', alias)?.person as string | undefined
  }

  monthOf(alias: string): string | undefined {
    return this.#first('SELECT month FROM alias WHERE alias = ?', alias)?.month as string | undefined
  }

  aliasesOf(person: string): readonly string[] {
    const rows = this.#statement('SELECT alias FROM alias WHERE person = ?').all(person)
    return rows.map((row) => row.alias as string)
  }

  latestKey(alias: string): DataKeyRow | undefined {
    const sql = 'SELECT * FROM data_key WHERE alias = ? ORDER BY number DESC LIMIT 1'
    return toDataKey(this.#first(sql, alias))
  }

  findKey(commitment: string): DataKeyRow | undefined {
    return toDataKey(this.#first('SELECT * FROM data_key WHERE commitment = ?', commitment))
  }

  /** All of them or none. */
  addKeys(made: readonly NewKeyRows[]): void {
    this.#inTransaction(() => {
      for (const { key, alias } of made) {
        if (alias !== undefined) {
          const sql = 'INSERT INTO alias (alias, person, month) VALUES (?, ?, ?)'
          this.#run(sql, alias.alias, alias.person, alias.month)
        }
        const sql =
          'INSERT INTO data_key (commitment, alias, number, wrapped, reserved, kek) VALUES (?, ?, ?, ?, ?, ?)'
        this.#run(sql, key.commitment, key.alias, key.number, key.wrapped, key.reserved, key.kek)
      }
    })
  }

  reserve(commitment: string, reserved: number): void {
    this.#run('UPDATE data_key SET reserved = ? WHERE commitment = ?', reserved, commitment)
  }

  /** Versions of the key-encryption key that keys are wrapped under, ascending. */
  keks(): readonly number[] {
    const rows = this.#database.prepare('SELECT DISTINCT kek FROM data_key ORDER BY kek').all()
    return rows.map((row) => row['kek'] as number)
  }

  /**
   * Wraps up to `most` keys anew that are not under `kek` yet and whose name comes after `after`, in one transaction. One for which
   * `wrap` gives nothing stays as it is. Gives all names it came by, ascending.
   */
  rewrap(
    kek: number,
    most: number,
    after: string,
    wrap: (row: DataKeyRow) => Uint8Array | undefined,
  ): readonly string[] {
    const rows = this.#database
      .prepare('SELECT * FROM data_key WHERE kek <> ? AND commitment > ? ORDER BY commitment LIMIT ?')
      .all(kek, after, most) as unknown as DataKeyRow[]
    const update = this.#database.prepare('UPDATE data_key SET wrapped = ?, kek = ? WHERE commitment = ?')
    this.#inTransaction(() => {
      for (const row of rows) {
        const wrapped = wrap(row)
        if (wrapped !== undefined) update.run(wrapped, kek, row.commitment)
      }
    })
    return rows.map(({ commitment }) => commitment)
  }

  /** Of single keys, in one transaction; their aliases stay. */
  forget(commitments: readonly string[]): void {
    this.#inTransaction(() => {
      for (const each of commitments) this.#run('DELETE FROM data_key WHERE commitment = ?', each)
    })
  }

  /** Data keys and aliases in the scope, gone in one transaction. */
  destroy(scope: DestroyScope, { keepAliases = false, exceptPeople }: DestroyOptions): Destroyed {
    const rows = this.#aliasesIn(scope).filter(({ person }) => exceptPeople?.has(person) !== true)
    const forgetKeys = this.#database.prepare('DELETE FROM data_key WHERE alias = ? RETURNING commitment')
    const forgetAlias = this.#database.prepare('DELETE FROM alias WHERE alias = ?')
    return this.#inTransaction(() => {
      const commitments = rows.flatMap(({ alias }) =>
        forgetKeys.all(alias).map((row) => row['commitment'] as string),
      )
      if (!keepAliases) for (const { alias } of rows) forgetAlias.run(alias)
      return { commitments, aliases: keepAliases ? [] : rows.map(({ alias }) => alias) }
    })
  }

  #aliasesIn(scope: DestroyScope): readonly AliasRow[] {
    const select = 'SELECT alias, person, month FROM alias'
    const [where, value] =
      'person' in scope
        ? ['person = ?', scope.person]
        : 'month' in scope
          ? ['month = ?', scope.month]
          : ['month < ?', scope.beforeMonth]
    return this.#database.prepare(`${select} WHERE ${where}`).all(value) as unknown as AliasRow[]
  }

  /**
   * Living keys by month, ascending; the person without a name is whatever is sealed for nobody. A month whose keys
   * were destroyed stands here as long as it has aliases.
   */
  months(): readonly { readonly month: string; readonly people: number; readonly keys: number }[] {
    const sql = `
      SELECT month, count(DISTINCT nullif(person, '')) AS people, count(commitment) AS keys
      FROM alias LEFT JOIN data_key USING (alias) GROUP BY month ORDER BY month`
    return this.#database
      .prepare(sql)
      .all()
      .map((row) => ({
        month: row['month'] as string,
        people: row['people'] as number,
        keys: row['keys'] as number,
      }))
  }

  /**
   * Writes the file anew. `secure_delete` overwrites rows, but when pages were divided or joined before, older
   * copies of a row may lie in their unused space.
   */
  vacuum(): void {
    this.#database.exec('VACUUM')
  }

  close(): void {
    if (this.#database.isOpen) this.#database.close()
  }

  /** Reading a question takes SQLite longer than answering it. */
  #statement(sql: string): StatementSync {
    const known = this.#statements.get(sql)
    if (known !== undefined) return known
    const made = this.#database.prepare(sql)
    this.#statements.set(sql, made)
    return made
  }

  #first(sql: string, ...values: (string | number)[]): Record<string, unknown> | undefined {
    return this.#statement(sql).get(...values)
  }

  #inTransaction<T>(work: () => T): T {
    this.#database.exec('BEGIN IMMEDIATE')
    try {
      const result = work()
      this.#database.exec('COMMIT')
      return result
    } catch (error) {
      // A failed COMMIT may have ended it already.
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK')
      throw error
    }
  }

  #run(sql: string, ...values: (string | number | Uint8Array)[]): void {
    this.#statement(sql).run(...values)
  }
}

/**
 * Whose an alias is, and which key is whose, stand in the table and in an index each: what differs was damaged. Unnoticed, an
 * erasure would leave out what a turned bit gave to somebody else. Takes 4 µs a key with this much memory for pages, twice
 * that with the usual two megabytes.
 */
function assertSound(database: DatabaseSync, path: string): void {
  let said: string
  try {
    database.exec('PRAGMA cache_size = -65536')
    said = String(database.prepare('PRAGMA integrity_check(1)').get()?.['integrity_check'])
    database.exec('PRAGMA cache_size = -2000')
  } catch (error) {
    said = (error as Error).message
    // Anything else does not say what the file holds: another process has it, or the disk fails.
    if (!/malformed|not a database/.test(said)) throw error
  }
  if (said === 'ok') return
  database.close()
  throw new Error(
    `${path} is damaged (${said.replaceAll('\n', ' ')}): put back the newest sound copy of it, from a backup of keys/. ` +
      'What was sealed with keys made since opens no more.',
  )
}
