import type { RecordDecision, RecordState, RecordVersion } from './api.ts'

/** A version with its state now, the decision it stands on, and when that changes by itself. */
export interface VersionState {
  readonly record: RecordVersion
  readonly state: RecordState
  readonly decision: RecordDecision | undefined
}

export interface RecordStates {
  /** Oldest first. */
  readonly versions: readonly VersionState[]
  /** The newest approved version: the one that serves. */
  readonly serving: VersionState | undefined
  /** The moment at which an approval ends by itself; undefined when none will. */
  readonly nextChangeAtMs: number | undefined
}

/**
 * State is never stored: it follows from the versions of one record, the decisions on them, and the clock. A decision
 * is about the material fields of a version, by their hash; the latest one counts. An approved version goes on
 * serving while a newer one waits. Both lists are in order of time.
 */
export function stateOf(
  versions: readonly RecordVersion[],
  decisions: readonly RecordDecision[],
  nowMs: number,
): RecordStates {
  const judged = versions.map((record) => judge(record, decisions, nowMs))
  const serving = judged.findLast(({ state }) => state === 'approved')
  const servingAt = serving === undefined ? -1 : judged.indexOf(serving)
  const ends = judged.flatMap(({ state, decision }) =>
    state === 'approved' && decision?.untilMs !== undefined ? [decision.untilMs] : [],
  )
  return {
    versions: judged.map((each, index) => (index < servingAt ? { ...each, state: 'superseded' } : each)),
    serving,
    nextChangeAtMs: ends.length === 0 ? undefined : Math.min(...ends),
  }
}

function judge(record: RecordVersion, decisions: readonly RecordDecision[], nowMs: number): VersionState {
  const decision = decisions.findLast(({ hash }) => hash === record.hash)
  return { record, decision, state: verdictState(decision, nowMs) }
}

function verdictState(decision: RecordDecision | undefined, nowMs: number): RecordState {
  switch (decision?.verdict) {
    case undefined:
      return 'proposed'
    case 'reject':
      return 'rejected'
    case 'suspend':
      return 'suspended'
    case 'approve':
      return decision.untilMs !== undefined && decision.untilMs <= nowMs ? 'expired' : 'approved'
  }
}
