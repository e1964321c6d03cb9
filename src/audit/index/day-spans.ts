/** Rows of a time, the first and the last. */
export interface TimeSpan {
  readonly first: number
  readonly last: number
}

const dayMs = 86_400_000
const dayOf = (atMs: number): number => Math.floor(atMs / dayMs)

/** First and last row of each day: wall time may go back, so days may overlap. */
export class DaySpans {
  readonly #days = new Map<number, TimeSpan>()

  add(atMs: number, index: number): void {
    this.#widen(dayOf(atMs), index)
  }

  /** Takes what another one has. */
  join(other: DaySpans): void {
    for (const [day, { first, last }] of other.#days) {
      this.#widen(day, first)
      this.#widen(day, last)
    }
  }

  /** Rows between which all of a time lie; undefined when there are none. */
  spanOf(sinceMs: number, untilMs: number): TimeSpan | undefined {
    let span: TimeSpan | undefined
    for (const [day, { first, last }] of this.#days) {
      if (day < dayOf(sinceMs) || day > dayOf(untilMs - 1)) continue
      span = { first: Math.min(first, span?.first ?? first), last: Math.max(last, span?.last ?? last) }
    }
    return span
  }

  #widen(day: number, index: number): void {
    const known = this.#days.get(day)
    if (known !== undefined && index >= known.first && index <= known.last) return
    this.#days.set(day, {
      first: Math.min(index, known?.first ?? index),
      last: Math.max(index, known?.last ?? index),
    })
  }
}
