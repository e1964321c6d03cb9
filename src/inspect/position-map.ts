/** Where the units of a reading stand in the text it was made from. */

export interface Span {
  readonly start: number
  readonly end: number
}

/**
 * How units of a reading and of the text belong together: as wholes, the last one first, or each in place of one. What is
 * higher says in place of how many.
 */
export const asWhole = 0
export const backwards = -1
export const forwards = 1

/** A stretch is four numbers in a row: where it begins in the reading, and these. */
const from = 1
const until = 2
const way = 3
const width = 4

/** All are built in it, one at a time; one for which it is too small goes on in memory of its own. */
const shared = new Int32Array(width * 2 ** 17)

function longer(stretches: Int32Array): Int32Array {
  const twice = new Int32Array(2 * stretches.length)
  twice.set(stretches)
  return twice
}

/**
 * Built from left to right in stretches, until it is finished; then the next one may be. What nothing was made of is
 * left out by going on further right.
 */
export class PositionMap {
  /** Per stretch: where it begins in the reading, where in the text, where it ends there, and how it runs. */
  #stretches: Int32Array = shared
  #filled = 0
  #length = 0

  /** Length of the reading so far. */
  get length(): number {
    return this.#length
  }

  /** The next `length` units stand for what lies from `start` to `end`. */
  add(length: number, start: number, end: number, how: number): void {
    if (length === 0) return
    const at = this.#filled
    let stretches = this.#stretches
    if (how > 0 && at > 0 && stretches[at - width + way] === how && stretches[at - width + until] === start)
      stretches[at - width + until] = end
    else {
      if (at === stretches.length) {
        stretches = longer(stretches)
        this.#stretches = stretches
      }
      stretches[at] = this.#length
      stretches[at + from] = start
      stretches[at + until] = end
      stretches[at + way] = how
      this.#filled = at + width
    }
    this.#length += length
  }

  /** Nothing more is added. */
  finish(): void {
    this.#stretches = this.#stretches.slice(0, this.#filled)
  }

  /** Where a part of the reading that is not empty stands in the text. */
  spanOf(start: number, end: number): Span {
    const first = this.#unit(start)
    const last = this.#unit(end - 1)
    return { start: Math.min(first.start, last.start), end: Math.max(first.end, last.end) }
  }

  #unit(position: number): Span {
    const stretches = this.#stretches
    let low = 0
    let high = stretches.length / width
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((stretches[middle * width] as number) <= position) low = middle + 1
      else high = middle
    }
    const place = Math.max(0, low - 1) * width
    const how = stretches[place + way] ?? forwards
    const first = stretches[place + from] ?? 0
    const end = stretches[place + until] ?? 0
    if (how === asWhole) return { start: first, end }
    const offset = position - (stretches[place] ?? 0)
    const start = how === backwards ? end - 1 - offset : first + offset * how
    return { start, end: start + Math.abs(how) }
  }
}
