/** Wall time and monotonic time, both in milliseconds, so that a test can pick the day. */
export interface Clock {
  /** Milliseconds since 1970, UTC. */
  readonly now: () => number
  /** Milliseconds since the process started; never goes back. */
  readonly monotonic: () => number
}

export const systemClock: Clock = { now: Date.now, monotonic: () => performance.now() }
