import type { Clock } from '#/core/clock.ts'
import { describeError, type WriteLine } from '#/core/log-line.ts'
import type { Retained } from './retain.ts'

/** How often it is looked whether a day has begun, UTC. */
const lookEveryMs = 10 * 60_000

/**
 * Runs retention once a day, from the first look on. A run that fails is tried again at the next look, and said on
 * standard error. Gives the function that ends it, which waits for a run under way.
 */
export function runDaily(options: {
  readonly run: () => Promise<Retained>
  readonly clock: Clock
  readonly writeLine: WriteLine
  /** For tests. */
  readonly everyMs?: number
}): () => Promise<void> {
  const { run, clock, writeLine, everyMs = lookEveryMs } = options
  let doneOn: number | undefined
  let running: Promise<void> | undefined
  const look = async (): Promise<void> => {
    const day = Math.floor(clock.now() / 86_400_000)
    if (day === doneOn) return
    try {
      const { waitsUntilMs } = await run()
      doneOn = day
      if (waitsUntilMs !== undefined)
        writeLine({
          level: 'warning',
          what: `the clock leapt ahead by more than a month: retention ends nothing before ${new Date(waitsUntilMs).toISOString()}; set the clock right if it is wrong`,
        })
    } catch (error) {
      writeLine({ level: 'error', what: 'retention did not run', problem: describeError(error) })
    }
  }
  const timer = setInterval(() => {
    running ??= look().finally(() => {
      running = undefined
    })
  }, everyMs)
  timer.unref()
  return async () => {
    clearInterval(timer)
    await running
  }
}
