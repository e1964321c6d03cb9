import type { CountedBy, CountLine, FoundRow, LogQuestion } from './api.ts'
import { countRows, findRows, type Page, type PlacedRow } from './find.ts'
import { followHanded, followLog, isAtItsPlace, readEntryAt } from './follow.ts'
import { HandedOver, type HandedRows } from './handed-rows.ts'
import { checkEnd, checkEntry, endRow, entryRow } from './row.ts'
import { IndexStore, isDamage, type WordPlace } from './store.ts'

/** Entries of one transaction: some 50 ms, so that a question does not wait long between two. */
export const batchEntries = 5_000

export interface KeeperOptions {
  /** Of the log. */
  readonly folder: string
  /** Of the database. */
  readonly path: string
  readonly origin: string
}

/** A row of the index that the log does not say: it is not known what else is wrong, so the index is built anew. */
export class RowMismatch extends Error {
  override readonly name = 'RowMismatch'
}

/** The index of one log, in the thread that owns it. Everything is synchronous and bounded by one batch or one question. */
export class IndexKeeper {
  readonly #options: KeeperOptions
  #store: IndexStore | undefined
  /** Since it was last begun from nothing; a fresh index that does not fit means that the log is damaged. */
  #isFresh = false
  #first = 0
  readonly #handed = new HandedOver()

  constructor(options: KeeperOptions) {
    this.#options = options
  }

  get indexed(): number {
    return this.#store?.cursor.next ?? 0
  }

  /**
   * Takes the next entries of a log of `size` durable ones, of which those before `first` have ended: when there are
   * rows of any, the index is built anew without them. True when there are more.
   */
  step(size: number, first = 0): boolean {
    if (first > this.#first) {
      const lowest = this.#opened(size).lowest()
      if (lowest !== undefined && lowest < first) this.rebuild()
      this.#first = first
    }
    const store = this.#opened(size)
    const { next } = store.cursor
    if (next >= size) return false
    try {
      const upTo = Math.min(size, next + batchEntries)
      const handed = this.#handed.from(next)
      store.add(
        handed === undefined
          ? followLog(this.#options.folder, store.cursor, Math.min(upTo, this.#handed.next ?? upTo))
          : followHanded(this.#options.folder, handed, upTo),
      )
    } catch (error) {
      if (this.#isFresh || isSystemError(error)) throw error
      this.rebuild()
      return true
    }
    return store.cursor.next < size
  }

  /** Rows that need not be read from the log: for the steps that come. */
  hand(rows: HandedRows): void {
    this.#handed.add(rows)
  }

  /** Throws `RowMismatch`, and what the database throws when it is damaged. */
  find(question: LogQuestion, page: Page): readonly FoundRow[] {
    return findRows(this.#openStore(), question, page).map((row) => this.#read(row))
  }

  count(
    question: LogQuestion,
    by: CountedBy,
  ): { readonly total: CountLine; readonly lines: readonly CountLine[] } {
    return countRows(this.#openStore(), question, by)
  }

  words(place: WordPlace): readonly string[] {
    return this.#openStore().wordsOf(place, wordsMax)
  }

  rebuild(): void {
    this.close()
    IndexStore.drop(this.#options.path)
    this.#store = IndexStore.open(this.#options.path, this.#options.origin)
    this.#isFresh = true
  }

  close(): void {
    this.#store?.close()
    this.#store = undefined
  }

  #opened(size: number): IndexStore {
    if (this.#store !== undefined) return this.#store
    const { path, origin, folder } = this.#options
    this.#store = IndexStore.open(path, origin)
    const { cursor } = this.#store
    this.#isFresh = cursor.next === 0
    if (cursor.next > size || !isAtItsPlace(folder, cursor)) this.rebuild()
    return this.#store
  }

  #openStore(): IndexStore {
    if (this.#store === undefined) throw new Error('the index was not opened yet')
    return this.#store
  }

  #read({ index, place, outcome, check }: PlacedRow): FoundRow {
    const { folder } = this.#options
    const header = readEntryAt(folder, place.segment, place.offset)?.header
    if (header === undefined || header.index !== index)
      throw new RowMismatch(`row ${index} is not in the log`)
    const ended = outcome && readEntryAt(folder, outcome.segment, outcome.offset)?.header
    const end = ended && endRow(ended)
    if (outcome !== undefined && end?.index !== outcome.index) {
      throw new RowMismatch(`the outcome of row ${index} is not in the log`)
    }
    if (checkEntry(entryRow(header)) + (end === undefined ? 0 : checkEnd(end)) !== check) {
      throw new RowMismatch(`row ${index} says something else than the log`)
    }
    return {
      index,
      atMs: header.atMs,
      kind: header.kind,
      alias: header.subject,
      facts: header.facts,
      outcome: ended && { index: ended.index, atMs: ended.atMs, facts: ended.facts },
    }
  }
}

/** Enough to name what somebody may have meant. */
const wordsMax = 1_000

/** No space, no right, no descriptor left: building anew does not help. */
function isSystemError(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'ERR_SQLITE_ERROR') return !isDamage(error)
  return code !== undefined && !code.startsWith('ERR_')
}
