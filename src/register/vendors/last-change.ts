import type { RecordHistory } from '../api.ts'
import { endOfDayMs } from '../fields.ts'
import { checklistItems } from './checklist.ts'

/** What a list of tools is made of. */
export interface ToolRecords {
  readonly tools: readonly RecordHistory<'tool'>[]
  readonly vendors: readonly RecordHistory<'vendor'>[]
}

/** When something a list is made of was written, decided or ended last, at `nowMs`; undefined when there is nothing. */
export function lastChangeMs({ tools, vendors }: ToolRecords, nowMs: number): number | undefined {
  let last: number | undefined
  const note = (atMs: number | undefined): void => {
    if (atMs !== undefined && atMs <= nowMs && (last === undefined || atMs > last)) last = atMs
  }
  const noteHistory = ({ versions, decisions }: RecordHistory): void => {
    for (const { atMs } of versions) note(atMs)
    for (const { atMs, untilMs } of decisions) {
      note(atMs)
      note(untilMs)
    }
  }
  for (const history of tools) {
    noteHistory(history)
    for (const { body } of history.versions) note(endOf(body.toleratedUntil))
  }
  for (const history of vendors) {
    noteHistory(history)
    for (const { body } of history.versions)
      for (const item of checklistItems) note(endOf(body.facts[item]?.until))
  }
  return last
}

const endOf = (day: string | undefined): number | undefined =>
  day === undefined ? undefined : endOfDayMs(day)
