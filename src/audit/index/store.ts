/**
 * The database of the index. It holds nothing that the log does not say, so it may be lost at any time: writes are not
 * synced, and whatever does not fit makes it being built anew.
 *
 * SQLite notices a damaged structure and not a changed value. So the sum of the checks of all rows stands beside the
 * cursor, and is compared with the rows when the file is opened.
 */
import { closeSync, openSync, rmSync } from 'node:fs'
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { leafHash } from '../tree.ts'
import type { NameColumn } from './api.ts'
import { DaySpans, type TimeSpan } from './day-spans.ts'
import { cursorAtStart, type FollowedEntry, type LogCursor } from './follow.ts'
import { KnownWords } from './known-words.ts'
import { checkRow, readRow } from './read-row.ts'
import {
  checkEnd,
  checkEntry,
  checkFinding,
  type EndRow,
  type EntryRow,
  endRow,
  entryRow,
  type FindingOfRow,
  intentCode,
  type RowSource,
} from './row.ts'
import {
  insertEndSql,
  insertEntrySql,
  insertFindingSql,
  isDamage,
  readCursor,
  schema,
  version,
  writeCursorSql,
} from './schema/store.ts'

export { isDamage } from './schema/store.ts'

/** Where a word stands: `alias`, or one of the columns people ask by. */
export type WordPlace = NameColumn | 'alias'

/** The sum of 32-bit numbers over two million entries still is exact; it starts over long before it is not. */
const checksSpan = 2 ** 50
/** Pages of the database in memory, in KiB. */
const cacheKibibytes = 16_384

type Value = string | number | null

/** A row that is not in the database yet, with the outcome where it came in the same batch: one statement for both. */
interface NewRow {
  /** In the order of the columns. */
  readonly values: Value[]
  isEnded: boolean
}

/** What one batch adds. */
interface NewRows {
  readonly made: NewRow[]
  /** Those whose outcome may come yet, by index. */
  readonly intents: Map<number, NewRow>
  readonly days: DaySpans
}

/** Where the columns begin that an outcome fills in: three measures, then the end. */
const endAt = 13
const noEnd: readonly Value[] = [null, null, null, null, null, null]

export class IndexStore {
  readonly database: DatabaseSync
  readonly #path: string
  readonly #origin: string
  readonly #words = new KnownWords()
  readonly #days = new DaySpans()
  readonly #insertEntry: StatementSync
  readonly #insertEnd: StatementSync
  readonly #insertFinding: StatementSync
  readonly #writeCursor: StatementSync
  #cursor: LogCursor
  #checks: number

  /** Opens what is there, and makes it anew when it is not sound or of another version or log. */
  static open(path: string, origin: string): IndexStore {
    const there = IndexStore.#tryOpen(path, origin)
    if (there !== undefined) return there
    IndexStore.drop(path)
    return new IndexStore(path, origin)
  }

  static #tryOpen(path: string, origin: string): IndexStore | undefined {
    let store: IndexStore | undefined
    try {
      store = new IndexStore(path, origin)
      if (store.#isSound()) return store
    } catch (error) {
      if (!isDamage(error)) throw error
    }
    store?.close()
    return undefined
  }

  /** Removes the files. Nothing is lost by it. */
  static drop(path: string): void {
    for (const end of ['', '-wal', '-shm', '-journal']) rmSync(`${path}${end}`, { force: true })
  }

  private constructor(path: string, origin: string) {
    this.#path = path
    this.#origin = origin
    // Nobody else's business: who talks to whom, and how much, stands in it.
    closeSync(openSync(path, 'a', 0o600))
    this.database = new DatabaseSync(path, { timeout: 2_000, defensive: true })
    try {
      const { database } = this
      database.exec(
        `PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; PRAGMA cache_size = -${cacheKibibytes}`,
      )
      const isNew = database.prepare('SELECT count(*) AS tables FROM sqlite_schema').get()?.['tables'] === 0
      if (isNew) database.exec(`BEGIN; ${schema} COMMIT`)
      const row = isNew ? undefined : readCursor(database, origin)
      this.#cursor = row?.cursor ?? cursorAtStart
      this.#checks = row?.checks ?? 0
      this.#insertEntry = database.prepare(insertEntrySql)
      this.#insertEnd = database.prepare(insertEndSql)
      this.#insertFinding = database.prepare(insertFindingSql)
      this.#writeCursor = database.prepare(writeCursorSql)
    } catch (error) {
      this.database.close()
      throw error
    }
  }

  get path(): string {
    return this.#path
  }

  get cursor(): LogCursor {
    return this.#cursor
  }

  /** Takes entries in the order of the log; all of them or, when it throws, none. */
  add(entries: Iterable<FollowedEntry>): number {
    const rows: NewRows = { made: [], intents: new Map(), days: new DaySpans() }
    let checks = this.#checks
    let cursor = this.#cursor
    let added = 0
    this.database.exec('BEGIN IMMEDIATE')
    try {
      for (const { source, segment, offset, end, leaf } of entries) {
        checks += this.#take(source, segment, offset, rows)
        cursor = { next: source.index + 1, segment, end, last: { offset, leaf } }
        added++
      }
      for (const { values } of rows.made) this.#insertEntry.run(...values)
      if (cursor.last !== undefined)
        cursor = { ...cursor, last: { ...cursor.last, leaf: leafHash(cursor.last.leaf) } }
      checks %= checksSpan
      this.#write(cursor, checks)
      this.database.exec('COMMIT')
    } catch (error) {
      if (this.database.isTransaction) this.database.exec('ROLLBACK')
      // Ids of words that were rolled back are not in the database.
      this.#words.clear()
      throw error
    }
    this.#cursor = cursor
    this.#checks = checks
    this.#days.join(rows.days)
    return added
  }

  /** Rows between which all of a time lie; undefined when there are none. */
  spanOf(sinceMs: number, untilMs: number): TimeSpan | undefined {
    return this.#days.spanOf(sinceMs, untilMs)
  }

  /** Undefined when no entry ever had it. */
  findWord(place: WordPlace, text: string): number | undefined {
    const id = this.database.prepare('SELECT id FROM word WHERE place = ? AND text = ?').get(place, text)?.[
      'id'
    ]
    return id as number | undefined
  }

  wordsOf(place: WordPlace, limit: number): readonly string[] {
    const sql = 'SELECT text FROM word WHERE place = ? ORDER BY text LIMIT ?'
    return this.database
      .prepare(sql)
      .all(place, limit)
      .map((row) => row['text'] as string)
  }

  /** The first entry there is a row of. */
  lowest(): number | undefined {
    const lowest = this.database.prepare('SELECT min(entry) AS lowest FROM entry').get()?.['lowest']
    return (lowest ?? undefined) as number | undefined
  }

  close(): void {
    this.database.close()
  }

  /** Gives the sum of the checks of what it takes. */
  #take(source: RowSource, segment: number, offset: number, { made, intents, days }: NewRows): number {
    const ended = endRow(source)
    if (ended !== undefined) {
      const intent = intents.get(ended.intent)
      if (intent?.isEnded === false) {
        this.#end(intent, ended, segment, offset)
        return checkEnd(ended) + this.#insertFindings(ended.intent, true, ended.findings)
      }
      const joined = this.#join(ended, segment, offset)
      if (joined !== undefined) return joined
    }
    const row = entryRow(source)
    const making = this.#begin(row, segment, offset)
    made.push(making)
    if (row.kind === intentCode) intents.set(row.index, making)
    days.add(row.atMs, row.index)
    return checkEntry(row) + this.#insertFindings(row.index, false, row.findings)
  }

  /** Words are found now, so that their ids do not depend on how many entries come at once. */
  #begin(row: EntryRow, segment: number, offset: number): NewRow {
    const values: Value[] = [
      row.index,
      row.atMs,
      segment,
      offset,
      row.kind,
      this.#word('alias', row.alias),
      this.#word('use-case', row.useCase),
      this.#word('offering', row.offering),
      this.#word('class', row.class),
      this.#word('decision', row.decision),
      this.#word('code', row.code),
      this.#word('key', row.key),
      row.request,
      row.status,
      row.tokens,
      row.cost,
      ...noEnd,
    ]
    return { values, isEnded: false }
  }

  #end(row: NewRow, ended: EndRow, segment: number, offset: number): void {
    row.isEnded = true
    let at = endAt
    for (const value of [ended.status, ended.tokens, ended.cost]) row.values[at++] = value
    for (const value of this.#valuesOfEnd(ended, segment, offset)) row.values[at++] = value
  }

  #valuesOfEnd(row: EndRow, segment: number, offset: number): readonly Value[] {
    return [
      row.index,
      row.atMs,
      segment,
      offset,
      this.#word('decision', row.decision),
      this.#word('code', row.code),
    ]
  }

  /** Undefined when the intent is not there to be joined. */
  #join(row: EndRow, segment: number, offset: number): number | undefined {
    const end = this.#valuesOfEnd(row, segment, offset)
    const { changes } = this.#insertEnd.run(...end, row.status, row.tokens, row.cost, row.intent)
    if (changes === 0) return undefined
    return checkEnd(row) + this.#insertFindings(row.intent, true, row.findings)
  }

  #insertFindings(index: number, isOfAnswer: boolean, findings: readonly FindingOfRow[]): number {
    let checks = 0
    for (const finding of findings) {
      this.#insertFinding.run(this.#word('finding', finding.type), index, isOfAnswer ? 1 : 0, finding.count)
      checks += checkFinding(index, isOfAnswer, finding)
    }
    return checks
  }

  #word(place: WordPlace, text: string | null): number | null {
    if (text === null) return null
    const known = this.#words.get(place, text)
    if (known !== undefined) return known
    const id =
      this.findWord(place, text) ??
      Number(
        this.database.prepare('INSERT INTO word (place, text) VALUES (?, ?)').run(place, text)
          .lastInsertRowid,
      )
    this.#words.add(place, text, id)
    return id
  }

  #write({ next, segment, end, last }: LogCursor, checks: number): void {
    this.#writeCursor.run(
      version,
      this.#origin,
      next,
      segment,
      end,
      last?.offset ?? null,
      last?.leaf ?? null,
      checks,
    )
  }

  /** Reads everything once: the structure by SQLite, what the rows say by the sum of their checks. */
  #isSound(): boolean {
    const { database } = this
    if (database.prepare('PRAGMA integrity_check(1)').get()?.['integrity_check'] !== 'ok') return false
    const words = new Map<number, string>()
    for (const row of database.prepare('SELECT id, text FROM word').iterate()) {
      words.set(row['id'] as number, row['text'] as string)
    }
    const wordOf = (id: unknown): string | null =>
      id === null ? null : (words.get(id as number) ?? '(missing)')
    let checks = 0
    for (const row of database.prepare('SELECT * FROM entry').iterate()) {
      const read = readRow(row, wordOf)
      checks += checkRow(read)
      this.#days.add(read.entry.atMs, read.entry.index)
    }
    for (const row of database.prepare('SELECT * FROM finding').iterate()) {
      const finding = { type: wordOf(row['type']) ?? '', count: row['count'] as number }
      checks += checkFinding(row['entry'] as number, row['is_of_answer'] === 1, finding)
    }
    return checks % checksSpan === this.#checks
  }
}
