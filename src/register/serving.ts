import type { RecordHistory, RecordKind, Serving } from './api.ts'
import { stateOf } from './state.ts'

/** What of a record serves, and when that ends by itself. */
export interface ServingState<K extends RecordKind = RecordKind> {
  readonly serving: Serving<K> | undefined
  readonly nextChangeAtMs: number | undefined
}

interface Known extends ServingState {
  readonly versions: number
  readonly decisions: number
  readonly sinceMs: number
}

const known = new WeakMap<RecordHistory, Known>()

/**
 * The part of `stateOf` that is asked about every record whenever one changes. Histories only grow, and between two
 * decisions a state changes by an end alone: until then it is remembered. A clock that was set back is asked anew.
 */
export function servingOf<K extends RecordKind>(history: RecordHistory<K>, nowMs: number): ServingState<K> {
  const { versions, decisions } = history
  const before = known.get(history)
  if (
    before !== undefined &&
    before.versions === versions.length &&
    before.decisions === decisions.length &&
    nowMs >= before.sinceMs &&
    (before.nextChangeAtMs === undefined || nowMs < before.nextChangeAtMs)
  )
    return before as ServingState<K>
  const { serving, nextChangeAtMs } = stateOf(history, nowMs)
  known.set(history, {
    ...{ serving, nextChangeAtMs },
    ...{ versions: versions.length, decisions: decisions.length, sinceMs: nowMs },
  })
  return { serving, nextChangeAtMs }
}
