/** Wall time and monotonic time, both in milliseconds, so that a test can pick the day. */
export interface Clock {
  /** Milliseconds since 1970, UTC. */
  readonly now: () => number
  /** Milliseconds since the process started; never goes back. */
  readonly monotonic: () => number
}

export const systemClock: Clock = { now: Date.now, monotonic: () => performance.now() }

/**
 * The same clock, whose wall time never goes back: what has ended by it stays ended, also when somebody sets the clock of the
 * machine back. A clock that was wrong and far ahead is right again after a start.
 */
export function withoutGoingBack(clock: Clock): Clock {
  let latest = Number.NEGATIVE_INFINITY
  return {
    now: () => {
      latest = Math.max(latest, clock.now())
      return latest
    },
    monotonic: clock.monotonic,
  }
}
