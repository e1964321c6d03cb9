import type { Person } from '#/core/role.ts'
import type { DrillReport, SwitchView } from './api.ts'
import type { StoredSwitch } from './store.ts'

export interface ViewParts {
  readonly findPerson: (id: string) => Promise<Person | undefined>
  readonly mayNotRelease: (stored: StoredSwitch) => string | undefined
  /** Of a drill that goes on. */
  readonly reportOf: (stored: StoredSwitch) => DrillReport | undefined
  readonly nowMs: number
}

export async function viewOf(stored: StoredSwitch, parts: ViewParts): Promise<SwitchView> {
  const { id, scope, target, reason, by, atMs, untilMs, isDrill } = stored.switch
  const { release, overAtMs } = stored
  const isOver = overAtMs !== undefined || (untilMs !== undefined && untilMs <= parts.nowMs)
  const person = scope === 'person' ? await parts.findPerson(target) : undefined
  return {
    id,
    scope,
    target,
    name: person?.email || target,
    reason,
    by: by.name,
    at: timeOf(atMs),
    until: untilMs === undefined ? null : timeOf(untilMs),
    isDrill,
    state: release !== undefined ? 'released' : isOver ? 'over' : isDrill ? 'drill' : 'stopped',
    isWritten: stored.logIndex !== undefined,
    released:
      release === undefined
        ? null
        : { by: release.by.name, at: timeOf(release.atMs), reason: release.reason },
    report: stored.report ?? parts.reportOf(stored) ?? null,
    mayNotRelease: isOver ? null : (parts.mayNotRelease(stored) ?? null),
  }
}

const timeOf = (atMs: number): string => new Date(atMs).toISOString()
