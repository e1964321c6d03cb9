import { type Moment, momentOf } from './age.ts'
import type { SessionRecord } from './record.ts'

/** A session in memory, with the moments its ages are counted from. */
export interface Held {
  /** As it is stored; `seen` runs ahead of its `seenAt`. */
  readonly record: SessionRecord
  /** Its longest life is counted from here. */
  readonly confirmed: Moment
  readonly seen: Moment
  readonly renewed: Moment
  /** When its person last showed who they are; undefined when the provider does not say. */
  readonly signedIn: Moment | undefined
  /** When the token before this one was replaced, and for how long from then it still counts. */
  readonly replaced: Moment
  readonly countsMs: number
}

export const heldOf = (record: SessionRecord, now: Moment, countsMs: number): Held => ({
  record,
  confirmed: momentOf(record.confirmedAt, now),
  seen: momentOf(record.seenAt, now),
  renewed: momentOf(record.renewedAt, now),
  signedIn: record.signedIn.atMs === undefined ? undefined : momentOf(record.signedIn.atMs, now),
  replaced: momentOf(record.renewedAt, now),
  countsMs,
})

export const idOf = ({ record }: Held): string => record.id
