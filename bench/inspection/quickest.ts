/**
 * Other work on a machine comes in stretches of some seconds, in which all takes up to twice as long. So what is timed is timed
 * in several sweeps that are half a minute apart, and the quickest round of each counts.
 */

/** One thing that is timed. */
export interface Timed {
  readonly run: () => void
  /** For so many ms it is run in the first sweep, while V8 compiles it, and in each other one. */
  readonly firstMs: number
  readonly ms: number
}

const sweeps = 4

/** Of each, ms of its quickest round. */
export function quickestOf(things: readonly Timed[]): readonly number[] {
  const best = things.map(() => Number.POSITIVE_INFINITY)
  for (let sweep = 0; sweep < sweeps; sweep++)
    for (const [index, { run, firstMs, ms }] of things.entries()) {
      const until = performance.now() + (sweep === 0 ? firstMs : ms)
      do best[index] = Math.min(best[index] as number, msOf(run))
      while (performance.now() < until)
    }
  return best
}

/** Of one thing by itself, ms of its quickest round in three seconds: for what is timed beside longer work. */
export const quickestMs = (run: () => void): number => {
  const until = performance.now() + 3_000
  let best = Number.POSITIVE_INFINITY
  do best = Math.min(best, msOf(run))
  while (performance.now() < until)
  return best
}

export function msOf(run: () => void): number {
  const startedAt = performance.now()
  run()
  return performance.now() - startedAt
}
