import { createOneAtATime } from '#/core/one-at-a-time.ts'
import type { Control, RecordHistory } from '../api.ts'
import type { PublishedThen } from '../grounds.ts'
import type { Records } from '../records.ts'
import { stateOf } from '../state.ts'
import type { ControlResult } from './api.ts'
import { exchangesHaveBothEntries, exchangesStayBelowCeilings, type ReadableLog } from './exchanges.ts'
import {
  decisionsAreMadeByPeople,
  factsHaveNotEnded,
  fixesOfIncidentsServe,
  reviewsAreDoneInTime,
} from './records.ts'
import { createTally, type Tally } from './tally.ts'

export interface ControlServices {
  readonly records: Records
  readonly log: ReadableLog
  readonly publishedThen: PublishedThen
  readonly now: () => number
}

export type RunControl = (history: RecordHistory<'control'>) => Promise<ControlResult>

const dayMs = 86_400_000

/** Reading a hundred thousand entries takes a moment: they are read for one at a time. */
export function createControls(services: ControlServices): RunControl {
  const turns = createOneAtATime()
  return (history) => turns.run(() => run(history, services))
}

/** By the version that serves; by the newest where none does, so that whoever approves it sees what it would say. */
async function run(history: RecordHistory<'control'>, services: ControlServices): Promise<ControlResult> {
  const nowMs = services.now()
  const record = stateOf(history, nowMs).serving?.record ?? history.versions.at(-1)
  if (record === undefined) throw new Error(`the control ${history.id} has no version`)
  const { periodDays } = record.body
  const sinceMs = periodDays === undefined ? undefined : nowMs - periodDays * dayMs
  const tally = createTally()
  await ask(record.body, sinceMs ?? 0, nowMs, services, tally)
  const counted = tally.counted()
  return {
    state: counted.population === 0 ? 'none' : counted.exceptionCount === 0 ? 'satisfied' : 'exceptions',
    ...counted,
    since: sinceMs === undefined ? null : new Date(sinceMs).toISOString(),
    at: new Date(nowMs).toISOString(),
  }
}

async function ask(
  { query }: Control,
  sinceMs: number,
  nowMs: number,
  { records, log, publishedThen }: ControlServices,
  tally: Tally,
): Promise<void> {
  switch (query) {
    case 'exchanges-have-both-entries':
      return exchangesHaveBothEntries(log, sinceMs, nowMs, tally)
    case 'exchanges-stay-below-ceilings':
      return exchangesStayBelowCeilings(
        log,
        (id) => records.find('offering', id),
        publishedThen,
        sinceMs,
        tally,
      )
    case 'decisions-are-made-by-people':
      return decisionsAreMadeByPeople(records, sinceMs, tally)
    case 'facts-have-not-ended':
      return factsHaveNotEnded(records, nowMs, tally)
    case 'reviews-are-done-in-time':
      return reviewsAreDoneInTime(records, sinceMs, nowMs, tally)
    case 'fixes-of-incidents-serve':
      return fixesOfIncidentsServe(records, nowMs, tally)
  }
}
