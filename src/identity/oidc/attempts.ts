import { randomBytes } from 'node:crypto'
import type { Clock } from '#/core/clock.ts'
import { createRecent } from '../recent.ts'

/** Time to find the password and the second factor. */
export const attemptMs = 600_000

/** Anybody may begin to sign in; the oldest attempt gives way. */
const maxAttempts = 1_000

/** One begun sign-in. All of it stays here; the browser gets `state`, and a token that proves it is the same browser. */
export interface Attempt {
  readonly browser: string
  readonly state: string
  readonly nonce: string
  readonly verifier: string
  readonly next: string
  /** The provider must ask the person again, whoever is signed in there. */
  readonly isStepUp: boolean
  readonly begunAtMs: number
}

export interface Attempts {
  readonly begin: (browser: string | undefined, next: string, isStepUp?: boolean) => Attempt
  /** The attempt of this state and browser, once. A replayed, foreign or late answer finds none. */
  readonly take: (state: string, browser: string | undefined) => Attempt | undefined
}

const secret = (): string => randomBytes(32).toString('base64url')

export function createAttempts(clock: Clock): Attempts {
  const begun = createRecent<Attempt>({ entries: maxAttempts, keptMs: attemptMs, now: clock.now })
  return {
    begin: (browser, next, isStepUp = false) => {
      // Two tabs of one browser may sign in at the same time, so the browser keeps its token.
      const attempt = {
        browser: browser ?? secret(),
        state: secret(),
        nonce: secret(),
        verifier: secret(),
        next,
        isStepUp,
        begunAtMs: clock.now(),
      }
      begun.set(attempt.state, attempt)
      return attempt
    },
    take: (state, browser) => {
      if (begun.get(state)?.browser !== browser) return undefined
      return begun.take(state)
    },
  }
}
