import type { Decision, RecordHistory, RecordKind, RecordVersion, Serving, State } from './api.ts'

/** A version with its state now, and one sentence why. */
export interface VersionState<K extends RecordKind = RecordKind> {
  readonly record: RecordVersion<K>
  readonly state: State
  readonly why: string
}

export interface RecordStates<K extends RecordKind = RecordKind> {
  /** Oldest first. */
  readonly versions: readonly VersionState<K>[]
  readonly serving: Serving<K> | undefined
  /** When what serves now ends by itself; undefined when it does not. */
  readonly nextChangeAtMs: number | undefined
}

/**
 * State is never stored: it follows from the versions of one record, the decisions on them, and the clock. A decision
 * is about the material fields of a version, by their hash, so that an edit of anything else serves at once. A version
 * goes on serving while a newer one waits, and ends when a newer one is approved: what was replaced does not come
 * back because its successor ended.
 */
export function stateOf<K extends RecordKind>(history: RecordHistory<K>, nowMs: number): RecordStates<K> {
  const { versions, decisions } = history
  const latest = decisions.findLast(({ verdict }) => verdict === 'approve')
  const judged = versions.map((record) => ({ record, ...judge(record, decisions, latest, nowMs) }))
  const served = judged.findLast(({ state }) => state === 'approved')
  const states = judged.map((each): VersionState<K> => {
    if (each.state !== 'approved' || each === served) return each
    return { ...each, state: 'superseded', why: `Version ${served?.record.version} serves instead.` }
  })
  if (served === undefined || latest === undefined)
    return { versions: states, serving: undefined, nextChangeAtMs: undefined }
  return {
    versions: states,
    serving: { record: served.record, approval: latest },
    nextChangeAtMs: latest.untilMs,
  }
}

function judge(
  { version, hash }: RecordVersion,
  decisions: readonly Decision[],
  latestApproval: Decision | undefined,
  nowMs: number,
): Pick<VersionState, 'state' | 'why'> {
  const last = decisions.findLast(
    (each) => each.hash === hash || (each.verdict === 'stop' && version <= each.version),
  )
  if (last === undefined) return { state: 'proposed', why: 'Nobody has decided yet.' }
  const said = `${last.by.name} on ${dayOf(last.atMs)}: ${last.reason}`
  switch (last.verdict) {
    case 'reject':
      return { state: 'rejected', why: `Rejected by ${said}` }
    case 'suspend':
      return { state: 'suspended', why: `Suspended by ${said}` }
    case 'stop':
      return { state: 'suspended', why: `Stopped, with every version, by ${said}` }
    case 'approve':
      if (latestApproval !== undefined && latestApproval.hash !== hash) {
        return { state: 'superseded', why: `Version ${latestApproval.version} was approved after it.` }
      }
      if (last.untilMs !== undefined && last.untilMs <= nowMs) {
        return { state: 'expired', why: `The approval ended on ${dayOf(last.untilMs)}.` }
      }
      return { state: 'approved', why: `Approved by ${said}` }
  }
}

export const dayOf = (atMs: number): string => new Date(atMs).toISOString().slice(0, 10)
