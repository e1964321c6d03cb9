import { randomBytes } from 'node:crypto'
import type { Clock } from '#/core/clock.ts'
import { createRecent } from '../recent.ts'

/** Time to find the password and the second factor. */
export const attemptMs = 600_000

/** Anybody may begin to sign in; the oldest attempt gives way. */
const maxAttempts = 1_000

/** What a sign-in asks of the provider. */
export interface SignInAsked {
  /** The id of the provider; only its answer finishes this. */
  readonly provider: string
  /** Where to go afterwards: a path of ours. */
  readonly next: string
  /** What it is for, when it is not to start a session; `step-up` asks for the `acr` of the settings, too. */
  readonly purpose?: string
  readonly prompt?: 'login' | 'none' | 'select_account'
  /** The person must have proved who they are within so many seconds; checked when they come back. */
  readonly maxAgeSeconds?: number
  /** How strongly; checked when they come back. */
  readonly acr?: string
}

/** One begun sign-in. All of it stays here; the browser gets `state`, and a token that proves it is the same browser. */
export interface Attempt {
  readonly browser: string
  readonly state: string
  readonly nonce: string
  readonly verifier: string
  readonly asked: SignInAsked
}

export interface Attempts {
  readonly begin: (browser: string | undefined, asked: SignInAsked) => Attempt
  /** The attempt of this state and browser, once. A replayed, foreign or late answer finds none. */
  readonly take: (state: string, browser: string | undefined) => Attempt | undefined
}

const secret = (): string => randomBytes(32).toString('base64url')

export function createAttempts(clock: Clock): Attempts {
  // Ten minutes are ten minutes, whatever the clock on the wall is set to meanwhile.
  const begun = createRecent<Attempt>({ entries: maxAttempts, keptMs: attemptMs, now: clock.monotonic })
  return {
    begin: (browser, asked) => {
      // Two tabs of one browser may sign in at the same time, so the browser keeps its token.
      const attempt = {
        browser: browser ?? secret(),
        state: secret(),
        nonce: secret(),
        verifier: secret(),
        asked,
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
