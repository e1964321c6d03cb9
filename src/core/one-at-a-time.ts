/** Does one thing at a time, in the order in which it was asked for. What fails does not stop what comes after it. */
export interface OneAtATime {
  /** Runs `work` once everything asked for before is over; with what it gives, or with why it failed. */
  readonly run: <T>(work: () => T | Promise<T>) => Promise<T>
  /** Until everything asked for so far is over, however it ended. */
  readonly settled: () => Promise<void>
}

/** How long the queue may get is for the caller to say: whoever awaits each thing before the next one has no queue. */
export function createOneAtATime(): OneAtATime {
  let last: Promise<void> = Promise.resolve()
  return {
    run: (work) => {
      const turn = last.then(work)
      last = turn.then(nothing, nothing)
      return turn
    },
    settled: () => last,
  }
}

/** The result and the failure are the caller's, who holds the promise of the turn itself. */
const nothing = (): void => undefined
