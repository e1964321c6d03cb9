import type { Clock } from '#/core/clock.ts'
import { describeError, type WriteLine } from '#/core/log-line.ts'
import type { EndingFact } from '../catalogue/api.ts'
import type { Probes } from './probes.ts'

/** How often it is looked whether a connection is due. */
const lookEveryMs = 60_000
const dayMs = 86_400_000
/** One line each; the command lists all of them. */
const mostLines = 20

/**
 * Probes every connection that was not probed for `everyMinutes`, one after the other, and once a day writes a line for each fact and
 * certificate that ends soon. 0 minutes: nothing is probed, and what ends is told all the same. Gives the function that ends it.
 */
export function probeRegularly(options: {
  readonly probes: Pick<Probes, 'connections' | 'of' | 'probe'>
  readonly everyMinutes: number
  readonly ending: () => readonly EndingFact[]
  readonly clock: Pick<Clock, 'now'>
  readonly writeLine: WriteLine
  /** For tests. */
  readonly lookMs?: number
}): { readonly look: () => Promise<void>; readonly end: () => Promise<void> } {
  const { probes, everyMinutes, ending, clock, writeLine, lookMs = lookEveryMs } = options
  let toldOn: number | undefined
  let isOver = false
  /** Also of probes that failed: each is tried again after the same time. */
  const triedAt = new Map<string, number>()

  const probeDue = async (): Promise<void> => {
    for (const connection of everyMinutes === 0 ? [] : probes.connections()) {
      const last = Math.max(probes.of(connection)?.atMs ?? 0, triedAt.get(connection) ?? 0)
      if (isOver || (last <= clock.now() && clock.now() - last < everyMinutes * 60_000)) continue
      triedAt.set(connection, clock.now())
      try {
        await probes.probe(connection)
      } catch (error) {
        writeLine({
          level: 'error',
          what: `the connection ${connection} was not probed`,
          problem: describeError(error),
        })
      }
    }
  }
  const tell = (): void => {
    const day = Math.floor(clock.now() / dayMs)
    if (day === toldOn) return
    toldOn = day
    for (const { offering, fact, until, hasEnded } of ending().slice(0, mostLines))
      writeLine({
        level: 'warning',
        what: `offering ${offering}: ${fact} ${hasEnded ? 'ended after' : 'ends after'} ${until}`,
      })
  }
  let running: Promise<void> | undefined
  const look = (): Promise<void> => {
    running ??= probeDue()
      .then(tell)
      .finally(() => {
        running = undefined
      })
    return running
  }
  const timer = setInterval(() => void look(), lookMs).unref()
  return {
    look,
    end: async () => {
      isOver = true
      clearInterval(timer)
      await running
    },
  }
}
