import { readDate, readDuration } from '#/core/when.ts'
import { UsageError } from './command.ts'

const dayMs = 86_400_000

const right = 'a duration (90m, 12h, 30d) or a date (2026-12-31, 2026-12-31T18:00:00Z)'

/** A time in the past: a date, or so long ago. Throws `UsageError` naming the option. */
export function readPast(text: string, option: string, now: number): number {
  const duration = readDuration(text)
  const ms = duration === undefined ? readDate(text) : now - duration
  if (ms === undefined) throw new UsageError(`--${option} must be ${right}`)
  return ms
}

/** A time to come: a date, or so long from now. Throws `UsageError` naming the option. */
export function readFuture(text: string, option: string, now: number): number {
  const duration = readDuration(text)
  const ms = duration === undefined ? readDate(text) : now + duration
  if (ms === undefined) throw new UsageError(`--${option} must be ${right}`)
  if (ms <= now) throw new UsageError(`--${option} must lie in the future`)
  return ms
}

/** Whole days until a time to come: nothing lasts longer than was asked for, so part of a day is left away. */
export function readDays(text: string, option: string, now: number): number {
  const days = Math.floor((readFuture(text, option, now) - now) / dayMs)
  if (days < 1) throw new UsageError(`--${option} must be at least one day away`)
  return days
}
