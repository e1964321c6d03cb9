import type { ReadingState, ReadingView } from '#/audit/reading/api.ts'
import { count } from '../conversations/words.ts'

export const stateWords: Readonly<Record<ReadingState, string>> = {
  waiting: 'waits for approval',
  open: 'open',
  declined: 'declined',
  ended: 'ended',
  expired: 'expired',
}

/** What a reading covers, as a person reads it. */
export function coversText({ covers }: Pick<ReadingView, 'covers'>): string {
  if (covers.what === 'person')
    return `everything ${covers.person} entered from ${moment(covers.since)} to ${moment(covers.until)}`
  if (covers.what === 'query') return `${count(covers.exchanges, 'exchange')} found by ${covers.query}`
  const [first, ...others] = covers.receipts
  return others.length === 0 ? `${first}` : `${first} and ${others.length} more`
}

/** `2026-11-25 14:02`: UTC, like the log. */
export const moment = (at: string): string => `${at.slice(0, 10)} ${at.slice(11, 16)}`

/** What stands in the form. */
export interface AskedWords {
  readonly what: 'receipts' | 'person' | 'query'
  readonly receipts: string
  readonly query: string
  readonly email: string
  readonly days: string
  readonly reason: string
  readonly hours: string
}

export const emptyWords: AskedWords = {
  what: 'receipts',
  receipts: '',
  query: '',
  email: '',
  days: '7',
  reason: '',
  hours: '24',
}

const dayMs = 86_400_000

/** The body of a request. What does not fit is said by the gate, at its field. */
export function askedOf(words: AskedWords, nowMs: number): object {
  const { what, receipts, query, email, days, reason, hours } = words
  const scope =
    what === 'query'
      ? { query }
      : what === 'receipts'
        ? { receipts: receipts.split(/[\s,]+/).filter((each) => each !== '') }
        : { person: { email, sinceMs: nowMs - Number(days) * dayMs, untilMs: nowMs } }
  return { reason, hours: Number(hours), ...scope }
}
