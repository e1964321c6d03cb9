/** Where the units of a reading stand in the text it was made from. */

export interface Span {
  readonly start: number
  readonly end: number
}

/** What is higher says for how many units of the text each of the reading stands. */
const forwards = 1
const backwards = -1
const asWhole = 0

/** A stretch is four numbers in a row: where it begins in the reading, and these. */
const from = 1
const until = 2
const way = 3
const width = 4

/**
 * Built from left to right in stretches. Of a stretch each unit stands for one unit, in the same or in the opposite
 * order, or all of it stands for a whole. What nothing was made of is left out by going on further right.
 */
export class PositionMap {
  /** Per stretch: where it begins in the reading, where in the text, where it ends there, and how it runs. */
  readonly #stretches: number[] = []
  #length = 0

  /** Length of the reading so far. */
  get length(): number {
    return this.#length
  }

  /** The next `length` units stand for those from `start` on, each for as many. */
  copy(length: number, start: number, each = forwards): void {
    if (length === 0) return
    const stretches = this.#stretches
    const last = stretches.length - width
    if (last >= 0 && stretches[last + way] === each && stretches[last + until] === start) {
      stretches[last + until] = start + length * each
      this.#length += length
    } else this.#add(length, start, start + length * each, each)
  }

  /** The next units stand for those from `start` to `end`, the last one first. */
  mirror(start: number, end: number): void {
    if (end > start) this.#add(end - start, start, end, backwards)
  }

  /** The next `length` units together stand for what lies from `start` to `end`. */
  whole(length: number, start: number, end: number): void {
    if (length > 0) this.#add(length, start, end, asWhole)
  }

  #add(length: number, start: number, end: number, how: number): void {
    this.#stretches.push(this.#length, start, end, how)
    this.#length += length
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
