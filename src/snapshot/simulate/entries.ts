import type { NewEntry } from '#/audit/api.ts'
import type { DraftedRecord } from './api.ts'

/** Who asks: a signed-in person, or an account of the machine at the command line. */
export interface Simulator {
  readonly personId?: string
  readonly name: string
}

interface Begun {
  readonly by: Simulator
  readonly source: 'file' | 'waiting'
  readonly digest: string
  readonly serving: string
  readonly records: readonly DraftedRecord[]
  readonly sinceMs: number
  readonly untilMs: number
}

/** A simulation names people, so it is a reading of the log, and is told before anything is read. */
export const simulationEntry = ({ by, source, digest, serving, records, ...range }: Begun): NewEntry => ({
  kind: 'simulation',
  ...(by.personId === undefined ? {} : { subject: by.personId }),
  facts: { reason: source, digest, snapshot: serving, counts: { records: records.length } },
  payload: JSON.stringify({ simulation: { by, ...range, records } }),
})
