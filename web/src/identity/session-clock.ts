/** When an open page asks the gate about its session. Pure: times in ms, by the steady clock of the page. */

/** The most a timer of a browser takes; a later moment is looked at on the way. */
const longestWaitMs = 2_147_483_647

/** A moment later than the end, so that it has come at the gate as well. */
const graceMs = 500

export const waitUntilEnd = (endsInMs: number): number => Math.min(longestWaitMs, endsInMs + graceMs)

const mostMs = 300_000
const leastMs = 5_000

/**
 * How long somebody may type before the gate is told that the session is in use: often enough that it never ends under
 * the hands of somebody who works, and no oftener than every five seconds.
 */
export const tellEveryMs = (endsInMs: number): number => Math.max(leastMs, Math.min(mostMs, endsInMs / 4))
