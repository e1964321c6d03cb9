import type { Clock } from '#/core/clock.ts'

/** A moment by both clocks: the one on the wall, which is stored, and the steady one of this process. */
export interface Moment {
  readonly wallMs: number
  readonly steadyMs: number
}

export const momentNow = ({ now, monotonic }: Clock): Moment => ({ wallMs: now(), steadyMs: monotonic() })

/** A stored moment. Of one that lies ahead the clock was wrong, then or now: it counts as just past. */
export const momentOf = (wallMs: number, { wallMs: now, steadyMs }: Moment): Moment => ({
  wallMs: Math.min(wallMs, now),
  steadyMs: steadyMs - Math.max(0, now - wallMs),
})

/**
 * How long ago, by whichever clock says more: a wall clock that is set back must not make a session live longer. One
 * that is set forward ends sessions early, which costs a sign-in.
 */
export const ageOf = (moment: Moment, now: Moment): number =>
  Math.max(now.wallMs - moment.wallMs, now.steadyMs - moment.steadyMs)
