import { createRecent } from '../recent.ts'

/** Counts what went wrong for each name, and says when it was too often. */
export interface Attempts {
  readonly isSpent: (name: string) => boolean
  readonly count: (name: string) => void
}

/** How many names are counted at once; with more the oldest is forgotten. */
const names = 10_000

/** At most `most` in `withinMs`, from the first one on. */
export function createAttempts(limits: {
  readonly most: number
  readonly withinMs: number
  readonly now: () => number
}): Attempts {
  const counters = createRecent<{ count: number }>({
    entries: names,
    keptMs: limits.withinMs,
    now: limits.now,
  })
  return {
    isSpent: (name) => (counters.get(name)?.count ?? 0) >= limits.most,
    count: (name) => {
      const counter = counters.get(name)
      if (counter === undefined) counters.set(name, { count: 1 })
      else counter.count++
    },
  }
}
