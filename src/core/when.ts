/** Times as people write them: how long, and when. */

const unitMs: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 }

/** Longer than any use; keeps the sum with a time inside what a date can hold. */
const maxAmount = 100_000

/** Milliseconds of `90m`, `12h` or `30d`; undefined for anything else. */
export function readDuration(text: string): number | undefined {
  const [, amount, unit] = /^(\d{1,6})([mhd])$/.exec(text) ?? []
  if (amount === undefined || unit === undefined || Number(amount) > maxAmount) return undefined
  return Number(amount) * (unitMs[unit] ?? 0)
}

/** Milliseconds since 1970 of `2026-12-31` (its start, UTC) or `2026-12-31T18:00:00Z`; undefined for anything else. */
export function readDate(text: string): number | undefined {
  const isDay = /^\d{4}-\d\d-\d\d$/.test(text)
  if (!isDay && !/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/.test(text))
    return undefined
  const ms = Date.parse(text)
  if (Number.isNaN(ms)) return undefined
  // Date.parse takes 2026-02-30 for the second of March.
  return new Date(isDay ? ms : Date.parse(`${text.slice(0, 10)}T00:00Z`)).toISOString().slice(0, 10) ===
    text.slice(0, 10)
    ? ms
    : undefined
}

/** Whole seconds until the next minute of the clock begins, 1 to 60: then rates are counted anew. */
export const secondsToNextMinute = (nowMs: number): number => 60 - (Math.floor(nowMs / 1_000) % 60)
