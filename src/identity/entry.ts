import type { Clock } from '#/core/clock.ts'

/**
 * What this room writes into the log. `facts` stand in the readable header: ids and codes, no name, no address,
 * nothing typed. `by` of whoever asked becomes `about`.
 */
export interface IdentityEntry {
  readonly kind:
    | 'sign-in'
    | 'sign-in-failed'
    | 'sign-out'
    | 'key-created'
    | 'key-revoked'
    | 'key-replaced'
    | 'key-leaked'
    | 'alert'
    | 'workload-sign-in'
    | 'access-ended'
    | 'access-restored'
    | 'session-ended'
    | 'session-renewed'
    | 'step-up'
    | 'role-granted'
    | 'role-ended'
    | 'access-request'
    | 'access-decision'
    | 'device-approved'
    | 'device-refused'
    | 'scim-change'
    | 'scim-paused'
    | 'scim-resumed'
    | 'service-changed'
  /** The person's id; absent when nobody is known. */
  readonly subject?: string
  readonly facts: {
    readonly keyId?: string
    readonly useCase?: string
    /** The application a key is for. */
    readonly service?: string
    readonly about?: string
    readonly decision?: string
    readonly reason?: string
    /** When what was given ends by itself. */
    readonly untilMs?: number
    readonly counts?: Readonly<Record<string, number>>
  }
  /** JSON, sealed: what somebody typed, an address. Only with a subject is it kept under a key of theirs. */
  readonly payload?: string
}

/** Resolves once the entry is durable; what it stands for is valid only after that. */
export type WriteEntry = (entry: IdentityEntry) => Promise<void>

// Anybody may fail to sign in without an account, so failures must not be a way to fill the disk with entries.
const failuresPerMinute = 60

/** Writes failed sign-ins, so many a minute; the next one written after a flood says how many were left out. */
export function createFailureWriter(writeEntry: WriteEntry, clock: Clock): (reason: string) => Promise<void> {
  let minute = -1
  let written = 0
  let leftOut = 0
  return async (reason) => {
    const now = Math.floor(clock.now() / 60_000)
    if (now !== minute) {
      minute = now
      written = 0
    }
    if (written >= failuresPerMinute) {
      leftOut++
      return
    }
    written++
    const more = leftOut === 0 ? '' : ` (and ${leftOut} before it, not written one by one)`
    leftOut = 0
    await writeEntry({ kind: 'sign-in-failed', facts: { reason: `${reason}${more}` } })
  }
}
