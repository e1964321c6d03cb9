import { Bag, type BagItem } from './bag.ts'

/** Something that must have happened by a moment. */
export interface Deadline extends BagItem {
  /** Monotonic milliseconds. */
  readonly atMs: number
  readonly onLate: () => void
}

/** How late a deadline may be noticed. */
const sweepMs = 250

/**
 * Deadlines that are nearly always met: one timer looks at all of them. A timer each would cost a microsecond and,
 * through the lists they stand in, keep alive what they close over.
 */
class Deadlines {
  readonly #open = new Bag<Deadline>()
  #timer: NodeJS.Timeout | undefined

  add(limitMs: number, onLate: () => void): Deadline {
    const deadline: Deadline = { atMs: performance.now() + limitMs, onLate }
    this.#open.add(deadline)
    this.#timer ??= setInterval(() => this.#sweep(), sweepMs)
    return deadline
  }

  /** To be called when it was met. */
  met(deadline: Deadline): void {
    this.#open.remove(deadline)
  }

  #sweep(): void {
    const nowMs = performance.now()
    for (const deadline of this.#open.items()) {
      if (deadline.atMs > nowMs || !this.#open.remove(deadline)) continue
      deadline.onLate()
    }
    // Nothing open keeps nothing alive: a process may end, and a test too.
    if (this.#open.size > 0) return
    clearInterval(this.#timer)
    this.#timer = undefined
  }
}

/** One for the process: a deadline belongs to whoever set it. */
export const deadlines = new Deadlines()
