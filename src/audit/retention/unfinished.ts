/** Erasures that could not be carried out whole: they are tried again by themselves, less and less often, and not for ever. */
import type { Clock } from '#/core/clock.ts'
import { describeError, type WriteLine } from '#/core/log-line.ts'
import type { Erased } from './erase.ts'

const minuteMs = 60_000

/** Before each try. A checkpoint is late for minutes; in a day a store is brought back. Each try is an entry of the log. */
const pausesMs: readonly number[] = [1, 5, 15, 60, 240, 1_200].map((minutes) => minutes * minuteMs)

/** Kept in memory: a start tries whatever is open, however often it was tried before. */
export interface Unfinished {
  /** What came of a try. Gives when the next one is; undefined when there is none. */
  readonly note: (erased: Pick<Erased, 'id' | 'isComplete'>) => number | undefined
  /** Ids of those whose time has come. */
  readonly due: () => ReadonlySet<string>
}

export function createUnfinished({ now }: Pick<Clock, 'now'>): Unfinished {
  const open = new Map<string, { readonly tries: number; readonly nextAtMs: number }>()
  return {
    note: ({ id, isComplete }) => {
      const tries = (open.get(id)?.tries ?? -1) + 1
      const pauseMs = pausesMs[tries]
      if (isComplete || pauseMs === undefined) {
        open.delete(id)
        return undefined
      }
      const nextAtMs = now() + pauseMs
      open.set(id, { tries, nextAtMs })
      return nextAtMs
    },
    due: () => {
      const atMs = now()
      return new Set([...open].filter(([, { nextAtMs }]) => nextAtMs <= atMs).map(([id]) => id))
    },
  }
}

/** What came of an erasure that was tried again. */
export interface TriedAgain extends Pick<Erased, 'id' | 'isComplete' | 'stores'> {
  /** Undefined when it is complete, or tried no more until the next start. */
  readonly nextAtMs: number | undefined
}

/**
 * Looks every minute, and tells on standard error what came of it. Gives the function that ends it, which waits for a try under way.
 */
export function goOnErasing(options: {
  readonly goOn: () => Promise<readonly TriedAgain[]>
  readonly writeLine: WriteLine
}): () => Promise<void> {
  const { goOn, writeLine } = options
  let running: Promise<void> | undefined
  const look = async (): Promise<void> => {
    try {
      for (const tried of await goOn()) writeLine(lineOf(tried))
    } catch (error) {
      writeLine({
        level: 'error',
        what: 'an erasure could not be gone on with',
        problem: describeError(error),
      })
    }
  }
  const timer = setInterval(() => {
    running ??= look().finally(() => {
      running = undefined
    })
  }, minuteMs)
  timer.unref()
  return async () => {
    clearInterval(timer)
    await running
  }
}

function lineOf({ id, isComplete, stores, nextAtMs }: TriedAgain): Parameters<WriteLine>[0] {
  if (isComplete) return { level: 'info', what: `${id} is complete now` }
  const failed = stores.flatMap((each) =>
    each.outcome === 'failed' ? [`${each.store}: ${each.problem}`] : [],
  )
  const problem = failed.join('; ')
  if (nextAtMs !== undefined)
    return {
      level: 'warning',
      what: `${id} is not complete; it is tried again at ${new Date(nextAtMs).toISOString()}`,
      problem,
    }
  return {
    level: 'error',
    what: `${id} is not complete and is tried no more before the next start: cure what failed, then run audit erase again or start anew`,
    problem,
  }
}
