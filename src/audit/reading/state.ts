import type { Reader, Reading, ReadingHistory, ReadingState, Scope } from './api.ts'

/**
 * One signed-in person asks and another approves. Whoever asks at the command line is an account of the machine,
 * which may be the person who approves: then two signed-in people approve.
 */
export const approvalsNeeded = ({ by }: Reading): number => (by.subject === undefined ? 2 : 1)

export function stateOf({ reading, decisions, end }: ReadingHistory, nowMs: number): ReadingState {
  if (decisions.some(({ verdict }) => verdict === 'decline')) return 'declined'
  if (end !== undefined) return 'ended'
  if (nowMs >= reading.untilMs) return 'expired'
  return decisions.length >= approvalsNeeded(reading) ? 'open' : 'waiting'
}

/** Two accounts of one human: the same id, the same pair of issuer and subject, or the same address elsewhere. */
export const isSamePerson = (one: Reader, other: Reader): boolean =>
  one.id === other.id ||
  (one.subject !== undefined && one.issuer === other.issuer && one.subject === other.subject) ||
  one.name.toLowerCase() === other.name.toLowerCase()

export const covers = (
  scope: Scope,
  entry: { readonly index: number; readonly atMs: number; readonly subject: string | undefined },
): boolean =>
  scope.what !== 'person'
    ? scope.indexes.includes(entry.index)
    : entry.subject === scope.personId && entry.atMs >= scope.sinceMs && entry.atMs < scope.untilMs
