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

/** Where an entry lies. */
export interface EntryPlace {
  readonly segment: number
  readonly offset: number
  /** The segment has ended, and this is one of the headers that stayed of it. */
  readonly isKept?: true
}

/** A header that stays though its segment ends. */
export interface KeptEntry extends Omit<IndexedEntry, 'intent'> {
  readonly index: number
}

/** Of a whole segment: a number of each entry after the other. */
export interface SegmentColumns {
  readonly segment: number
  readonly count: number
  readonly offsets: Uint32Array
  readonly times: Float64Array
  readonly owners: Uint32Array
  readonly kinds: Uint8Array
  /** Of an outcome, the intent it ends and one more; 0 for all others. */
  readonly intents: Uint32Array
}

/** About a millisecond. */
const lookedAtOnce = 200_000

/** A segment ends far below this many bytes, so one number holds segment and offset exactly. */
const segmentSpan = 2 ** 32

const leastLength = 1_024

/**
 * Where each entry lies and the little a search filters by, in 25 bytes an entry: a million entries take 25 MB.
 * Only durable entries stand here, from the first whose header is kept. The headers themselves are read from disk.
 */
export class EntryIndex {
  #first: number
  #size: number
  /** Some bytes each; of records and decisions there are thousands. */
  readonly #kept = new Map<number, EntryPlace & Pick<KeptEntry, 'kind' | 'atMs' | 'alias'>>()
  /** What stands at 0 of each list is of entry `#first`. */
  #places = new Float64Array(leastLength)
  #times = new Float64Array(leastLength)
  #outcomes = new Uint32Array(leastLength)
  #owners = new Uint32Array(leastLength)
  #kinds = new Uint8Array(leastLength)

  constructor(first = 0) {
    this.#first = first
    this.#size = first
  }

  /** Of the first entry whose header is kept. */
  get first(): number {
    return this.#first
  }

  /** Of the log: entries whose headers have ended are counted. */
  get size(): number {
    return this.#size
  }

  add({ segment, offset, kind, atMs, alias, intent }: IndexedEntry): void {
    this.#add(segment, offset, kindCode(kind), atMs, ownerOf(alias), intent)
  }

  /** Those of a whole segment, which must be the next. */
  addSegment({ segment, count, offsets, kinds, times, owners, intents }: SegmentColumns): void {
    for (let at = 0; at < count; at++) {
      const intent = intents[at] as number
      this.#add(
        segment,
        offsets[at] as number,
        kinds[at] as number,
        times[at] as number,
        owners[at] as number,
        intent === 0 ? undefined : intent - 1,
      )
    }
  }

  /** Of intents that have no outcome, ascending. */
  openIntents(): readonly number[] {
    const intent = kindCode('intent')
    const open: number[] = []
    for (let at = 0; at < this.#size - this.#first; at++)
      if (this.#kinds[at] === intent && this.#outcomes[at] === 0) open.push(this.#first + at)
    return open
  }

  /** Indexes of entries of a kind from `from` on, ascending. */
  *ofKind(kind: EntryKind, from: number): Generator<number> {
    const code = kindCode(kind)
    for (let index = Math.max(from, this.#first); index < this.#size; index++)
      if (this.#kinds[index - this.#first] === code) yield index
  }

  #add(
    segment: number,
    offset: number,
    kind: number,
    atMs: number,
    owner: number,
    intent: number | undefined,
  ): void {
    const at = this.#size - this.#first
    if (at === this.#places.length) this.#resize(at * 2)
    const index = this.#size++
    this.#places[at] = segment * segmentSpan + offset
    this.#times[at] = atMs
    this.#owners[at] = owner
    this.#kinds[at] = kind
    if (intent !== undefined && intent >= this.#first && intent < index)
      this.#outcomes[intent - this.#first] = index
  }

  place(index: number): EntryPlace | undefined {
    if (!this.#has(index)) return this.#keptPlace(index)
    const place = this.#places[index - this.#first] as number
    return { segment: Math.floor(place / segmentSpan), offset: place % segmentSpan }
  }

  /**
   * The start of the last segment before which every entry is older than `beforeMs`, none is of one of these aliases and
   * every intent has its outcome. An alias is compared by 32 of its bits, so that at worst something stays.
   */
  endable(asked: {
    readonly beforeMs: number
    readonly aliases: ReadonlySet<string>
    readonly signedSize: number
  }): number {
    const owners = new Set([...asked.aliases].map(ownerOf))
    const intent = kindCode('intent')
    let boundary = this.#first
    let segment = this.place(this.#first)?.segment
    for (let at = 0; at < this.#size - this.#first; at++) {
      const place = this.#places[at] as number
      if (Math.floor(place / segmentSpan) !== segment) {
        segment = Math.floor(place / segmentSpan)
        boundary = this.#first + at
      }
      const isOpen = this.#kinds[at] === intent && this.#outcomes[at] === 0
      const mayEnd =
        (this.#times[at] as number) < asked.beforeMs &&
        this.#first + at < asked.signedSize &&
        !owners.has(this.#owners[at] as number) &&
        !isOpen
      if (!mayEnd) return boundary
    }
    // The segment that is being written stays.
    return boundary
  }

  /** How many entries before `index` are of these kinds, those of ended segments counted that can be asked for. */
  countBefore(index: number, kinds: ReadonlySet<EntryKind>): number {
    const codes = new Set([...kinds].map(kindCode))
    let count = 0
    for (const kept of this.#kept.keys()) if (kept < Math.min(index, this.#first)) count++
    for (let at = 0; at < Math.min(index, this.#size) - this.#first; at++)
      if (codes.has(this.#kinds[at] as number)) count++
    return count
  }

  /** A header before the first that is kept whole: it can be asked for. */
  keep({ index, ...entry }: KeptEntry): void {
    this.#kept.set(index, { ...entry, isKept: true })
  }

  /** The segments in front of the one entry `size - 1` lies in: they are finished. Undefined when there is none. */
  segmentsBelow(size: number): { readonly first: number; readonly last: number } | undefined {
    const first = this.place(this.#first)?.segment ?? 0
    const last = (this.place(size - 1)?.segment ?? 0) - 1
    return first > 0 && last >= first ? { first, last } : undefined
  }

  /** Forgets what lies before `index` but for these, and gives the room back. */
  dropBefore(index: number, kept: readonly KeptEntry[] = []): void {
    const gone = index - this.#first
    if (gone <= 0 || index > this.#size) return
    this.#places = this.#places.slice(gone)
    this.#times = this.#times.slice(gone)
    this.#outcomes = this.#outcomes.slice(gone)
    this.#owners = this.#owners.slice(gone)
    this.#kinds = this.#kinds.slice(gone)
    this.#first = index
    for (const each of kept) this.keep(each)
    if (this.#places.length < leastLength) this.#resize(leastLength)
  }

  /** When the first entry that is kept was written; undefined while none has ended. */
  get goneBeforeMs(): number | undefined {
    return this.#first === 0 || this.#size === this.#first ? undefined : (this.#times[0] as number)
  }

  /** An outcome never is entry 0, so 0 means none. */
  outcomeOf(intent: number): number | undefined {
    return this.#has(intent) ? this.#outcomes[intent - this.#first] || undefined : undefined
  }

  kindOf(index: number): EntryKind | undefined {
    return this.#has(index) ? kindOf(this.#kinds[index - this.#first] as number) : undefined
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
    // What it holds may be forgotten between two of them, so that places are looked up each time.
    for (let index = this.#size - 1; index >= this.#first; index--) {
      const at = index - this.#first
      const atMs = this.#times[at] as number
      if (atMs < filter.sinceMs || atMs >= filter.untilMs) continue
      if (kinds !== undefined && !kinds.has(this.#kinds[at] as number)) continue
      if (owners !== undefined && !owners.has(this.#owners[at] as number)) continue
      yield index
    }
    for (const [index, { atMs, kind, alias }] of [...this.#kept].reverse()) {
      if (atMs < filter.sinceMs || atMs >= filter.untilMs || filter.kinds?.has(kind) === false) continue
      if (filter.aliases === undefined || (alias !== undefined && filter.aliases.has(alias))) yield index
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
    const end = Math.max(this.#first, index - lookedAtOnce)
    while (index > end && indexes.length < filter.most) {
      index--
      const at = index - this.#first
      const atMs = this.#times[at] as number
      if (atMs < filter.sinceMs || atMs >= filter.untilMs) continue
      if (kinds.has(this.#kinds[at] as number)) indexes.push(index)
    }
    return { indexes: indexes.reverse(), below: index <= this.#first ? 0 : index }
  }

  #keptPlace(index: number): EntryPlace | undefined {
    const kept = this.#kept.get(index)
    return kept && { segment: kept.segment, offset: kept.offset, isKept: true }
  }

  #has(index: number): boolean {
    return Number.isInteger(index) && index >= this.#first && index < this.#size
  }

  /** What was there is let go at once: half of a large index would count as garbage V8 must collect soon. */
  #resize(length: number): void {
    this.#places = new Float64Array(this.#places.buffer.transfer(length * 8))
    this.#times = new Float64Array(this.#times.buffer.transfer(length * 8))
    this.#outcomes = new Uint32Array(this.#outcomes.buffer.transfer(length * 4))
    this.#owners = new Uint32Array(this.#owners.buffer.transfer(length * 4))
    this.#kinds = new Uint8Array(this.#kinds.buffer.transfer(length))
  }
}

/** Aliases are random, so their first 32 bits are as good as a hash. 0 is for entries of nobody. */
export const ownerOf = (alias: string | undefined): number =>
  alias === undefined ? 0 : Number.parseInt(alias.slice(0, 8), 16) || 1
