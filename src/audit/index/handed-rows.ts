/**
 * Rows as they go from the server to the thread of the index: numbers, and words that are named once. What they say the log
 * knew when the entries became durable, so that the thread need not read, check and parse each header. Whatever was not
 * handed over it reads from the segments.
 *
 * Each row is `rowNumbers` numbers: when, segment, offset, code of its kind; ids of its alias, use case, offering, class,
 * decision, code and key; the number of its request; status, tokens, cost, the intent it ends, and how many findings it has. Behind that stand the id of
 * its word and the count of each finding.
 */
import type { EntryKind } from '../api.ts'
import { kindOf } from '../frame.ts'
import type { RowSource } from './row.ts'

export const rowNumbers = 17
/** Instead of what is not said. */
export const nothing = -1

/** Plain values, to be given to another thread. */
export interface HandedRows {
  /** Index of the first entry; each of the others is one more. */
  readonly first: number
  readonly count: number
  readonly numbers: Float64Array<ArrayBuffer>
  /** Words that come for the first time, in the order of their ids. */
  readonly words: readonly string[]
  /** Their ids begin at 0 again. */
  readonly isAnew: boolean
}

/** Each is what two seconds brought. Who falls behind for longer reads the segments. */
const keptMost = 8

/** What was handed over and is not in the index yet. */
export class HandedOver {
  #words: string[] = []
  readonly #kept: RowReader[] = []

  add(rows: HandedRows): void {
    if (rows.isAnew) this.#words = []
    for (const word of rows.words) this.#words.push(word)
    this.#kept.push(new RowReader(rows, this.#words))
    if (this.#kept.length > keptMost) this.#kept.shift()
  }

  /** Reads from the entry of this index on; undefined when it was not handed over. What comes before it is forgotten. */
  from(index: number): RowReader | undefined {
    for (let reader = this.#kept[0]; reader !== undefined; reader = this.#kept[0]) {
      if (reader.skipTo(index)) return reader.next === index ? reader : undefined
      this.#kept.shift()
    }
    return undefined
  }

  /** Index of the first row there is; undefined when there is none. */
  get next(): number | undefined {
    return this.#kept[0]?.next
  }
}

/** Reads rows one after the other. */
export class RowReader {
  readonly #rows: HandedRows
  readonly #words: readonly string[]
  #at = 0
  /** Index of the row that comes next, and of the one behind the last. */
  next: number
  readonly end: number

  constructor(rows: HandedRows, words: readonly string[]) {
    this.#rows = rows
    this.#words = words
    this.next = rows.first
    this.end = rows.first + rows.count
  }

  /** False when there is none of this index or behind it. */
  skipTo(index: number): boolean {
    for (; this.next < index && this.next < this.end; this.next++) {
      const findings = this.#rows.numbers[this.#at + rowNumbers - 1] as number
      this.#at += rowNumbers + 2 * findings
    }
    return this.next < this.end
  }

  read(): { readonly source: RowSource; readonly segment: number; readonly offset: number } {
    const index = this.next++
    const atMs = this.#number()
    const segment = this.#number()
    const offset = this.#number()
    const kind = kindOf(this.#number()) as EntryKind
    const subject = this.#word()
    const facts = {
      useCase: this.#word(),
      offering: this.#word(),
      class: this.#word(),
      decision: this.#word(),
      code: this.#word(),
      keyId: this.#word(),
      requestId: this.#number(),
      status: this.#number(),
      usage: this.#usage(),
      costMicroUsd: this.#number(),
      intent: this.#number(),
      findings: this.#findings(),
    }
    return { source: { index, atMs, kind, subject, facts }, segment, offset }
  }

  /** As if all of them were of one sort. */
  #usage(): object | undefined {
    const tokens = this.#number()
    return tokens === nothing ? undefined : { inputTokens: tokens }
  }

  #findings(): readonly object[] {
    const findings: object[] = []
    for (let left = this.#number(); left > 0; left--) {
      findings.push({ type: this.#word(), count: this.#number() })
    }
    return findings
  }

  #number(): number {
    return this.#rows.numbers[this.#at++] as number
  }

  #word(): string | undefined {
    const id = this.#number()
    return id === nothing ? undefined : this.#words[id]
  }
}
