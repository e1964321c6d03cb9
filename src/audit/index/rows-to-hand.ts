import type { DurableEntry } from '../api.ts'
import { kindCode } from '../frame.ts'
import { type HandedRows, nothing, rowNumbers } from './handed-rows.ts'
import { requestNumber, tokensOf } from './row.ts'

/** Four seconds of a busy log. What comes when there are so many, the thread of the index reads itself. */
const rowsMost = 32_768
/** With more than these all are named again: some 20 MB. */
const wordsMost = 100_000
const startNumbers = 256 * rowNumbers

/** Collects what the index keeps of entries that are durable, until it is handed over. */
export class RowsToHand {
  #numbers = new Float64Array(startNumbers)
  #used = 0
  #first = 0
  #count = 0
  readonly #ids = new Map<string, number>()
  #words: string[] = []
  #isAnew = true

  /** The entries of a commit. */
  add(entries: readonly DurableEntry[], segment: number): void {
    for (const entry of entries) {
      if (this.#count === 0) this.#first = entry.index
      if (this.#count < rowsMost && entry.index === this.#first + this.#count) this.#add(entry, segment)
    }
  }

  /** What came since it was asked before; undefined when nothing did. */
  take(): HandedRows | undefined {
    if (this.#count === 0) return undefined
    const rows = {
      first: this.#first,
      count: this.#count,
      numbers: new Float64Array(this.#numbers.buffer.transfer(this.#used * 8)),
      words: this.#words,
      isAnew: this.#isAnew,
    }
    this.#clear()
    this.#isAnew = this.#ids.size > wordsMost
    if (this.#isAnew) this.#ids.clear()
    return rows
  }

  /** For another thread, which knows no word yet. */
  beginAnew(): void {
    this.#clear()
    this.#ids.clear()
    this.#isAnew = true
  }

  #clear(): void {
    this.#numbers = new Float64Array(startNumbers)
    this.#used = 0
    this.#count = 0
    this.#words = []
  }

  #add({ kind, atMs, alias, facts, offset }: DurableEntry, segment: number): void {
    const { findings = [] } = facts
    this.#makeRoom(rowNumbers + 2 * findings.length)
    const numbers = this.#numbers
    let at = this.#used
    numbers[at++] = atMs
    numbers[at++] = segment
    numbers[at++] = offset
    numbers[at++] = kindCode(kind)
    numbers[at++] = this.#id(alias)
    numbers[at++] = this.#id(facts.useCase)
    numbers[at++] = this.#id(facts.offering)
    numbers[at++] = this.#id(facts.class)
    numbers[at++] = this.#id(facts.decision)
    numbers[at++] = this.#id(facts.code)
    numbers[at++] = this.#id(facts.keyId)
    numbers[at++] = facts.requestId === undefined ? nothing : requestNumber(facts.requestId)
    numbers[at++] = facts.status ?? nothing
    numbers[at++] = tokensOf(facts.usage) ?? nothing
    numbers[at++] = facts.costMicroUsd ?? nothing
    numbers[at++] = facts.intent ?? nothing
    numbers[at++] = findings.length
    for (const { type, count } of findings) {
      numbers[at++] = this.#id(type)
      numbers[at++] = count
    }
    this.#used = at
    this.#count++
  }

  #makeRoom(needed: number): void {
    const { length, buffer } = this.#numbers
    if (this.#used + needed <= length) return
    this.#numbers = new Float64Array(buffer.transfer(Math.max(this.#used + needed, length * 2) * 8))
  }

  #id(word: string | undefined): number {
    if (word === undefined) return nothing
    const known = this.#ids.get(word)
    if (known !== undefined) return known
    const id = this.#ids.size
    this.#ids.set(word, id)
    this.#words.push(word)
    return id
  }
}
