import type { EntryKind } from './api.ts'
import { kindCode, kindOf } from './frame.ts'

export interface IndexedEntry {
  readonly segment: number
  readonly offset: number
  readonly kind: EntryKind
  readonly atMs: number
  /** As in the header. */
  readonly alias: string | undefined
  /** Of an outcome: the intent it ends. */
  readonly intent: number | undefined
}

/** About a millisecond. */
const lookedAtOnce = 200_000

/** A segment ends far below this many bytes, so one number holds segment and offset exactly. */
const segmentSpan = 2 ** 32

/**
 * Where each entry lies and the little a search filters by, in 25 bytes an entry: a million entries take 25 MB.
 * Only durable entries stand here. The headers themselves are read from disk.
 */
export class EntryIndex {
  #size = 0
  #places = new Float64Array(1_024)
  #times = new Float64Array(1_024)
  #outcomes = new Uint32Array(1_024)
  #owners = new Uint32Array(1_024)
  #kinds = new Uint8Array(1_024)

  get size(): number {
    return this.#size
  }

  add(entry: IndexedEntry): void {
    if (this.#size === this.#places.length) this.#grow()
    const index = this.#size++
    this.#places[index] = entry.segment * segmentSpan + entry.offset
    this.#times[index] = entry.atMs
    this.#owners[index] = ownerOf(entry.alias)
    this.#kinds[index] = kindCode(entry.kind)
    if (entry.intent !== undefined && entry.intent < index) this.#outcomes[entry.intent] = index
  }

  place(index: number): { readonly segment: number; readonly offset: number } | undefined {
    if (!Number.isInteger(index) || index < 0 || index >= this.#size) return undefined
    const place = this.#places[index] as number
    return { segment: Math.floor(place / segmentSpan), offset: place % segmentSpan }
  }

  /** An outcome never is entry 0, so 0 means none. */
  outcomeOf(intent: number): number | undefined {
    return intent >= 0 && intent < this.#size ? this.#outcomes[intent] || undefined : undefined
  }

  kindOf(index: number): EntryKind | undefined {
    return index >= 0 && index < this.#size ? kindOf(this.#kinds[index] as number) : undefined
  }

  /**
   * Indexes that may fit, newest first. An alias is compared by 32 of its bits here, so that the header decides.
   * Wall time may go back, so no entry is left out for where it stands.
   */
  *candidates(filter: {
    readonly aliases: ReadonlySet<string> | undefined
    readonly sinceMs: number
    readonly untilMs: number
    readonly kinds: ReadonlySet<EntryKind> | undefined
  }): Generator<number> {
    const owners = filter.aliases && new Set([...filter.aliases].map(ownerOf))
    const kinds = filter.kinds && new Set([...filter.kinds].map(kindCode))
    for (let index = this.#size - 1; index >= 0; index--) {
      const atMs = this.#times[index] as number
      if (atMs < filter.sinceMs || atMs >= filter.untilMs) continue
      if (kinds !== undefined && !kinds.has(this.#kinds[index] as number)) continue
      if (owners !== undefined && !owners.has(this.#owners[index] as number)) continue
      yield index
    }
  }

  /**
   * The last `most` indexes below `below` that fit, ascending, and how far down was looked. A call looks at a bounded number
   * of entries, so that a large log does not hold up whoever else waits.
   */
  newest(filter: {
    readonly kinds: ReadonlySet<EntryKind>
    readonly sinceMs: number
    readonly untilMs: number
    readonly below: number
    readonly most: number
  }): { readonly indexes: readonly number[]; readonly below: number } {
    const kinds = new Set([...filter.kinds].map(kindCode))
    const indexes: number[] = []
    let index = Math.min(filter.below, this.#size)
    const end = Math.max(0, index - lookedAtOnce)
    while (index > end && indexes.length < filter.most) {
      index--
      const atMs = this.#times[index] as number
      if (atMs < filter.sinceMs || atMs >= filter.untilMs) continue
      if (kinds.has(this.#kinds[index] as number)) indexes.push(index)
    }
    return { indexes: indexes.reverse(), below: index }
  }

  #grow(): void {
    const length = this.#places.length * 2
    this.#places = copied(new Float64Array(length), this.#places)
    this.#times = copied(new Float64Array(length), this.#times)
    this.#outcomes = copied(new Uint32Array(length), this.#outcomes)
    this.#owners = copied(new Uint32Array(length), this.#owners)
    this.#kinds = copied(new Uint8Array(length), this.#kinds)
  }
}

function copied<T extends { set: (from: T) => void }>(into: T, from: T): T {
  into.set(from)
  return into
}

/** Aliases are random, so their first 32 bits are as good as a hash. 0 is for entries of nobody. */
const ownerOf = (alias: string | undefined): number =>
  alias === undefined ? 0 : Number.parseInt(alias.slice(0, 8), 16) || 1
