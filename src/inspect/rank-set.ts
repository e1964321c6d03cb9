/**
 * A set of ranks from 0 up to `size`, with its neighbours: a Fenwick tree over counts. Everything takes log(size).
 * Source: P. Fenwick, "A new data structure for cumulative frequency tables", 1994.
 */
export class RankSet {
  readonly #counts: Int32Array
  /** Greatest power of two that is not above `size`. */
  readonly #top: number

  constructor(size: number) {
    this.#counts = new Int32Array(size + 1)
    this.#top = size === 0 ? 0 : 2 ** Math.floor(Math.log2(size))
  }

  /** `rank` must not be in the set yet. */
  add(rank: number): void {
    for (let place = rank + 1; place < this.#counts.length; place += place & -place) {
      this.#counts[place] = (this.#counts[place] as number) + 1
    }
  }

  /** How many ranks of the set are below `rank`. */
  countBelow(rank: number): number {
    let count = 0
    for (let place = rank; place > 0; place -= place & -place) count += this.#counts[place] as number
    return count
  }

  /** The rank that has `index` others of the set below it; undefined when there are not so many. */
  at(index: number): number | undefined {
    if (index < 0) return undefined
    let place = 0
    let left = index
    for (let step = this.#top; step > 0; step >>>= 1) {
      const count = this.#counts[place + step]
      if (count === undefined || count > left) continue
      place += step
      left -= count
    }
    return place + 1 < this.#counts.length ? place : undefined
  }
}
