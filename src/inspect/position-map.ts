/** Where the units of a reading stand in the text it was made from. */

export interface Span {
  readonly start: number
  readonly end: number
}

/** What is higher says for how many units of the text each of the reading stands. */
const forwards = 1
const backwards = -1
const asWhole = 0

/**
 * Built from left to right in stretches. Of a stretch each unit stands for one unit, in the same or in the opposite
 * order, or all of it stands for a whole. What nothing was made of is left out by going on further right.
 */
export class PositionMap {
  /** Per stretch: where it begins in the reading, where in the text, where it ends there, and how it runs. */
  readonly #at: number[] = []
  readonly #from: number[] = []
  readonly #until: number[] = []
  readonly #way: number[] = []
  #length = 0

  /** Length of the reading so far. */
  get length(): number {
    return this.#length
  }

  /** The next `length` units stand for those from `from` on, each for as many. */
  copy(length: number, from: number, each = forwards): void {
    if (length === 0) return
    const last = this.#way.length - 1
    if (last >= 0 && this.#way[last] === each && this.#until[last] === from) {
      this.#until[last] = from + length * each
      this.#length += length
    } else this.#add(length, from, from + length * each, each)
  }

  /** The next units stand for those from `from` to `until`, the last one first. */
  mirror(from: number, until: number): void {
    if (until > from) this.#add(until - from, from, until, backwards)
  }

  /** The next `length` units together stand for what lies from `from` to `until`. */
  whole(length: number, from: number, until: number): void {
    if (length > 0) this.#add(length, from, until, asWhole)
  }

  #add(length: number, from: number, until: number, way: number): void {
    this.#at.push(this.#length)
    this.#from.push(from)
    this.#until.push(until)
    this.#way.push(way)
    this.#length += length
  }

  /** Where a part of the reading that is not empty stands in the text. */
  spanOf(start: number, end: number): Span {
    const first = this.#unit(start)
    const last = this.#unit(end - 1)
    return { start: Math.min(first.start, last.start), end: Math.max(first.end, last.end) }
  }

  #unit(position: number): Span {
    let low = 0
    let high = this.#at.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#at[middle] as number) <= position) low = middle + 1
      else high = middle
    }
    const place = Math.max(0, low - 1)
    const way = this.#way[place] ?? forwards
    const from = this.#from[place] ?? 0
    const until = this.#until[place] ?? 0
    if (way === asWhole) return { start: from, end: until }
    const offset = position - (this.#at[place] ?? 0)
    const start = way === backwards ? until - 1 - offset : from + offset * way
    return { start, end: start + Math.abs(way) }
  }
}
