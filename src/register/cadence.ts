import { startOfDayMs } from './fields.ts'

export const cadences = ['month', 'quarter'] as const

export type Cadence = (typeof cadences)[number]

const monthsOf: Readonly<Record<Cadence, number>> = { month: 1, quarter: 3 }

/** Months or quarters since the year 0, in UTC: neighbours differ by one. */
export const periodOf = (cadence: Cadence, atMs: number): number => {
  const at = new Date(atMs)
  return Math.floor((at.getUTCFullYear() * 12 + at.getUTCMonth()) / monthsOf[cadence])
}

/** `2026-11`, or `2026-Q4`. */
export function nameOfPeriod(cadence: Cadence, period: number): string {
  if (cadence === 'quarter') return `${Math.floor(period / 4)}-Q${(period % 4) + 1}`
  return `${Math.floor(period / 12)}-${String((period % 12) + 1).padStart(2, '0')}`
}

export interface Rhythm {
  readonly cadence: Cadence
  readonly since: string
}

/** Which times there were, and in which of them somebody approved. */
export function periodsOf(
  { cadence, since }: Rhythm,
  approvedAtMs: readonly number[],
  nowMs: number,
): { readonly first: number; readonly current: number; readonly done: ReadonlySet<number> } {
  return {
    first: periodOf(cadence, startOfDayMs(since) ?? nowMs),
    current: periodOf(cadence, nowMs),
    done: new Set(approvedAtMs.map((atMs) => periodOf(cadence, atMs))),
  }
}

/** Whether it was done this time and last time. It is overdue when a time went by without it and it was not made up for. */
export function standingOf(
  rhythm: Rhythm,
  approvedAtMs: readonly number[],
  nowMs: number,
): { readonly stage: string; readonly isDue: boolean; readonly isOverdue: boolean } {
  const { first, current, done } = periodsOf(rhythm, approvedAtMs, nowMs)
  const name = (period: number): string => nameOfPeriod(rhythm.cadence, period)
  if (current < first) return { stage: `begins with ${name(first)}`, isDue: false, isOverdue: false }
  if (done.has(current)) return { stage: `done for ${name(current)}`, isDue: false, isOverdue: false }
  const isOverdue = current - 1 >= first && !done.has(current - 1)
  return {
    stage: isOverdue ? `overdue since ${name(current - 1)}` : `due in ${name(current)}`,
    isDue: true,
    isOverdue,
  }
}
