/** What is counted towards triggers, in memory and bounded: what was not counted for longest is forgotten first. */

interface Seen {
  readonly atMs: number
  readonly failed: boolean
}

/** A moment for each thing counted, 500 of them at most: 10,000 people or keys take some tens of megabytes at worst. */
export const mostCounted = 10_000

export class Counts {
  readonly #cells = new Map<string, Seen[]>()
  readonly #most: number
  readonly #onForgotten: () => void

  /** `onForgotten`: a count that had not come to its end was dropped for room. */
  constructor(onForgotten: () => void, most = mostCounted) {
    this.#onForgotten = onForgotten
    this.#most = most
  }

  get size(): number {
    return this.#cells.size
  }

  /** True when this is the `times`-th within `withinMs`; then it is counted from nothing again. */
  add(key: string, atMs: number, times: number, withinMs: number): boolean {
    const cell = this.#take(key, atMs, withinMs)
    cell.push({ atMs, failed: true })
    if (cell.length >= times) return true
    this.#put(key, cell)
    return false
  }

  /** True when `percent` of the last `last` failed, all of them within `withinMs`; then it is counted from nothing again. */
  addShare(
    key: string,
    seen: Seen,
    bound: { readonly percent: number; readonly last: number; readonly withinMs: number },
  ): boolean {
    const cell = this.#take(key, seen.atMs, bound.withinMs)
    cell.push(seen)
    if (cell.length > bound.last) cell.shift()
    const failed = cell.filter((each) => each.failed).length
    if (cell.length === bound.last && failed * 100 >= bound.percent * bound.last) return true
    this.#put(key, cell)
    return false
  }

  #take(key: string, atMs: number, withinMs: number): Seen[] {
    const cell = this.#cells.get(key) ?? []
    this.#cells.delete(key)
    const first = cell.findIndex((each) => atMs - each.atMs < withinMs)
    if (first !== 0) cell.splice(0, first === -1 ? cell.length : first)
    return cell
  }

  #put(key: string, cell: Seen[]): void {
    this.#cells.set(key, cell)
    if (this.#cells.size <= this.#most) return
    for (const oldest of this.#cells.keys()) {
      this.#cells.delete(oldest)
      this.#onForgotten()
      break
    }
  }
}

/** Until when something does not fire again. What is over is forgotten when there is no room. */
export class Silences {
  readonly #until = new Map<string, number>()
  readonly #most: number

  constructor(most = mostCounted) {
    this.#most = most
  }

  set(key: string, untilMs: number): void {
    this.#until.delete(key)
    this.#until.set(key, untilMs)
    for (const oldest of this.#until.keys()) {
      if (this.#until.size <= this.#most) break
      this.#until.delete(oldest)
    }
  }

  isSilent(key: string, nowMs: number): boolean {
    return nowMs < (this.#until.get(key) ?? 0)
  }
}
