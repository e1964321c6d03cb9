/** What has lasted long enough. Texts and names go by whole months, because a month is what a key is for. */
import { monthOf } from '../layout.ts'

export interface RetentionSettings {
  /** Texts last at least this long. */
  readonly contentDays: number
  /** Whose entry it was is known at least this long; after that headers are anonymous for ever. */
  readonly headerDays: number
  /** Why less than six months is enough here; undefined keeps everything for six calendar months at least. */
  readonly belowSixMonths: string | undefined
  /** Whether headers older than `headerDays` end, or stay for ever with nobody named in them. */
  readonly headers: 'end' | 'keep'
}

const dayMs = 86_400_000

/**
 * EU AI Act, Regulation (EU) 2024/1689, Articles 19 (1) and 26 (6): logs of high-risk systems are kept for at least
 * six months. Six calendar months are up to 184 days, so a number of days alone does not say it.
 */
const leastMonths = 6

/** Milliseconds since 1970 at which a month (`yyyy-mm`) and `more` further ones are over, UTC. */
export function endOfMonth(month: string, more = 0): number {
  const [year, number] = month.split('-').map(Number) as [number, number]
  return Date.UTC(year, number + more, 1)
}

/** True when everything of a month is older than `days`, and than six months unless it may be less. */
export function isOver(
  month: string,
  days: number,
  { belowSixMonths }: RetentionSettings,
  nowMs: number,
): boolean {
  const isOldEnough = endOfMonth(month) + days * dayMs <= nowMs
  return isOldEnough && (belowSixMonths !== undefined || endOfMonth(month, leastMonths) <= nowMs)
}

/** Milliseconds since 1970 before which everything lies in months that are over. */
export function overBefore(days: number, settings: RetentionSettings, nowMs: number): number {
  let month = monthOf(nowMs)
  // A hundred years of months at most: no setting is longer.
  while (!isOver(month, days, settings, nowMs)) month = monthOf(endOfMonth(month, -1) - 1)
  return endOfMonth(month)
}
