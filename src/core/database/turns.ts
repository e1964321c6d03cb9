import { AsyncLocalStorage } from 'node:async_hooks'
import type { Queries } from './api.ts'

/** So many calls wait for their turn, at most: beyond it the store is far behind, and waiting longer helps nobody. */
const defaultWaiting = 10_000

/** A transaction that is not finished by then is rolled back: it holds up everybody else. */
const defaultTurnMs = 30_000

interface Turn {
  isOpen: boolean
}

/** One owner at a time for one connection. */
export interface Turns {
  /** Runs `work` when its turn comes; synchronous work in a free turn runs at once. */
  readonly take: <T>(work: () => T | Promise<T>) => Promise<T>
  /** A long turn: ended for the others after a while. `work` is told by `isOpen` whether it still holds the turn. */
  readonly hold: <T>(
    work: (isOpen: () => boolean) => Promise<T>,
    onLate: () => void | Promise<void>,
  ) => Promise<T>
}

/**
 * Serialises the calls of one connection. Waiting is bounded, and a call from inside a held turn throws instead of
 * waiting for itself for ever.
 */
export function createTurns(limits: { readonly waiting?: number; readonly turnMs?: number } = {}): Turns {
  const { waiting: maxWaiting = defaultWaiting, turnMs = defaultTurnMs } = limits
  const inside = new AsyncLocalStorage<Turn>()
  let last: Promise<unknown> | undefined
  let waiting = 0

  const take = async <T>(work: () => T | Promise<T>): Promise<T> => {
    if (inside.getStore()?.isOpen === true)
      throw new Error('inside a transaction, use only the queries handed in')
    if (last !== undefined && waiting >= maxWaiting)
      throw new Error(`the database has ${waiting} calls waiting`)
    const turn = last === undefined ? run(work) : next(last, work)
    last = turn.catch(() => undefined)
    const mine = last
    try {
      return await turn
    } finally {
      if (last === mine) last = undefined
    }
  }

  const next = async <T>(before: Promise<unknown>, work: () => T | Promise<T>): Promise<T> => {
    waiting++
    await before
    waiting--
    return work()
  }

  const hold: Turns['hold'] = (work, onLate) =>
    take(async () => {
      const turn: Turn = { isOpen: true }
      let timer: NodeJS.Timeout | undefined
      const late = new Promise<never>((_resolve, reject) => {
        timer = setTimeout(() => {
          turn.isOpen = false
          const message = `the transaction took longer than ${turnMs} ms and was rolled back`
          run(onLate).then(
            () => reject(new Error(message)),
            (cause: unknown) => reject(new Error(message, { cause })),
          )
        }, turnMs)
      })
      try {
        return await Promise.race([inside.run(turn, () => work(() => turn.isOpen)), late])
      } finally {
        clearTimeout(timer)
        turn.isOpen = false
      }
    })

  return { take, hold }
}

const run = async <T>(work: () => T | Promise<T>): Promise<T> => work()

/** The queries of a transaction, of no use once it has ended. */
export function onlyWhile(isOpen: () => boolean, queries: Queries): Queries {
  const check = (): void => {
    if (!isOpen()) throw new Error('the transaction has ended')
  }
  return {
    all: async (sql, parameters) => {
      check()
      return queries.all(sql, parameters)
    },
    first: async (sql, parameters) => {
      check()
      return queries.first(sql, parameters)
    },
    run: async (sql, parameters) => {
      check()
      return queries.run(sql, parameters)
    },
  }
}
