const dayMs = 86_400_000

/** Days are those of UTC, so that everybody's begins at once. */
const dayOf = (atMs: number): number => Math.floor(atMs / dayMs)

/** How many bytes of the log each name takes of a day. Another day begins at nothing. */
export class DayUse {
  #day = 0
  readonly #bytes = new Map<string, number>()

  add(name: string, atMs: number, bytes: number): void {
    this.#turn(atMs)
    this.#bytes.set(name, (this.#bytes.get(name) ?? 0) + bytes)
  }

  of(name: string, atMs: number): number {
    this.#turn(atMs)
    return this.#bytes.get(name) ?? 0
  }

  entries(atMs: number): readonly (readonly [string, number])[] {
    this.#turn(atMs)
    return [...this.#bytes]
  }

  /** Also when the clock is set back: else one that once stood in the future would never let a day end. */
  #turn(atMs: number): void {
    const day = dayOf(atMs)
    if (day === this.#day) return
    this.#day = day
    this.#bytes.clear()
  }
}
