/**
 * A clock that stands a year ahead makes everything old at once, and what ends does not come back. So after a long leap nothing
 * ends for a while, in which somebody can see it and set the clock right.
 */
import type { AuditLog } from '../api.ts'

/** Longer than machines are off and sleep; a shorter one ends a month of texts early at most. */
export const longLeapMs = 31 * 86_400_000

/** Over a weekend and a holiday. */
const waitingMs = 7 * 86_400_000

/** Until when nothing ends, in milliseconds since 1970; undefined when there was no leap lately. */
export async function leapWaitMs(
  log: Pick<AuditLog, 'clockMovedMs' | 'search'>,
  nowMs: number,
): Promise<number | undefined> {
  if (log.clockMovedMs() > longLeapMs) return nowMs + waitingMs
  // From then on: what a clock that was set right again wrote in the future counts no more.
  const asked = {
    kinds: ['clock-jump'],
    sinceMs: nowMs - waitingMs + 1,
    untilMs: nowMs + 1,
    limit: 1_000,
  } as const
  const jumps = await log.search(asked)
  const leap = jumps.find(({ facts }) => (facts.clockMovedMs ?? 0) > longLeapMs)
  return leap && leap.atMs + waitingMs
}
