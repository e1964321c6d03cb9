import type { Appended, NewEntry } from './api.ts'
import { unitsOf } from './payload-text.ts'

/** Where it takes long, keys are made in at most a fifth of the time; where it does not, in half of it. */
const pauseTimes = 4
/** Everybody can wait for as long; half of what the slowest hundredth of exchanges may wait for the log. */
const quickMs = 2.5
/** Nobody waits longer for keys that were made before, however slow the disk is. */
const pauseMaxMs = 250

export interface HeldEntry {
  readonly entry: NewEntry
  readonly resolve: (appended: Appended) => void
  readonly reject: (error: Error) => void
}

export interface NewcomersOptions {
  /** Milliseconds of a clock that never goes back. */
  readonly monotonic: () => number
  /** Whether a key must be made for it. */
  readonly isNew: (entry: NewEntry) => boolean
  /** Takes an entry into the log. Never throws. */
  readonly goOn: (held: HeldEntry) => void
}

/**
 * Exchanges of people the log has no key of. The process waits while keys are made, a millisecond where nobody else uses the disk
 * and many where others do, so when a month turns and people come one after the other, everybody would wait for most of the
 * time. For four times as long as the last keys took (once, where that was quick), whoever is new waits; then
 * all of them get theirs together.
 */
export class Newcomers {
  readonly #options: NewcomersOptions
  #freeAtMs = Number.NEGATIVE_INFINITY
  #held: HeldEntry[] = []
  #bytes = 0
  #timer: NodeJS.Timeout | undefined

  constructor(options: NewcomersOptions) {
    this.#options = options
  }

  get waitingEntries(): number {
    return this.#held.length
  }

  get waitingBytes(): number {
    return this.#bytes
  }

  /** Keys were made, or looked for, which took so long. */
  made(tookMs: number): void {
    if (tookMs <= 0) return
    const pauseMs = tookMs < quickMs ? tookMs : Math.min(tookMs * pauseTimes, pauseMaxMs)
    this.#freeAtMs = Math.max(this.#freeAtMs, this.#options.monotonic() + pauseMs)
  }

  /** True when it waits here. Only the beginning of an exchange does: nothing else comes in crowds, or may change its place. */
  holds(held: HeldEntry): boolean {
    if (held.entry.kind !== 'intent') return false
    const leftMs = this.#freeAtMs - this.#options.monotonic()
    if (leftMs <= 0) {
      this.letIn()
      return false
    }
    if (!this.#options.isNew(held.entry)) return false
    this.#held.push(held)
    this.#bytes += unitsOf(held.entry.payload)
    this.#timer ??= setTimeout(() => this.letIn(), leftMs)
    return true
  }

  /** Everybody who waits, in the order they came. */
  letIn(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const held = this.#held
    this.#held = []
    this.#bytes = 0
    for (const each of held) this.#options.goOn(each)
  }
}
