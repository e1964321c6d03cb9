import { describeError, type WriteLine } from '#/core/log-line.ts'
import type { Readings } from './readings.ts'

/** A notice withheld by a legal hold is given within this time after the hold ended. */
const everyMs = 60_000

/** Tells people what they were not told yet, now and again and again. The function it gives stops that. */
export function keepTelling(
  readings: Pick<Readings, 'tellDue'>,
  writeLine: WriteLine,
  intervalMs = everyMs,
): () => Promise<void> {
  let last: Promise<unknown> = Promise.resolve()
  const tell = (): void => {
    last = readings.tellDue().catch((error: unknown) => {
      const what = 'a notice to somebody whose entries were read could not be given'
      writeLine({ level: 'error', what, problem: describeError(error) })
    })
  }
  tell()
  const timer = setInterval(tell, intervalMs).unref()
  return async () => {
    clearInterval(timer)
    await last
  }
}
