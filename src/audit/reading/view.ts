import type { NoticeView, Reading, ReadingHistory, ReadingView } from './api.ts'
import { approvalsNeeded, stateOf } from './state.ts'

export interface ViewServices {
  readonly origin: string
  /** The address of a person for others to read. */
  readonly nameOf: (personId: string) => string
}

export function viewOf(
  history: ReadingHistory,
  { origin, nameOf }: ViewServices,
  seen: { readonly nowMs: number; readonly isMine: boolean; readonly mayDecide: boolean },
): ReadingView {
  const { reading, decisions, end } = history
  return {
    id: reading.id,
    state: stateOf(history, seen.nowMs),
    by: reading.by.name,
    role: reading.role ?? null,
    reason: reading.reason,
    covers: coversOf(reading, origin, nameOf),
    askedAt: timeOf(reading.askedAtMs),
    until: timeOf(reading.untilMs),
    approvalsNeeded: approvalsNeeded(reading),
    decisions: decisions.map(({ by, role, verdict, reason, atMs }) => ({
      by: by.name,
      role,
      verdict,
      reason,
      at: timeOf(atMs),
    })),
    ended: end === undefined ? null : { by: end.by.name, at: timeOf(end.atMs) },
    isMine: seen.isMine,
    mayDecide: seen.mayDecide,
  }
}

function coversOf(
  { scope }: Reading,
  origin: string,
  nameOf: (personId: string) => string,
): ReadingView['covers'] {
  if (scope.what === 'receipts')
    return { what: 'receipts', receipts: scope.indexes.map((index) => `${origin}#${index}`) }
  if (scope.what === 'query') return { what: 'query', query: scope.text, exchanges: scope.indexes.length }
  const { personId, sinceMs, untilMs } = scope
  return { what: 'person', person: nameOf(personId), since: timeOf(sinceMs), until: timeOf(untilMs) }
}

export const noticeView = (
  { reading, decisions }: ReadingHistory,
  atMs: number,
  opened: readonly { readonly index: number; readonly atMs: number }[],
  origin: string,
): NoticeView => ({
  reading: reading.id,
  at: timeOf(atMs),
  by: reading.by.name,
  approvedBy: decisions.map(({ by }) => by.name),
  reason: reading.reason,
  entries: opened.map((each) => ({
    receipt: `${origin}#${each.index}`,
    openedAt: timeOf(each.atMs),
    content: `/api/log/mine/${each.index}`,
  })),
})

const timeOf = (atMs: number): string => new Date(atMs).toISOString()
