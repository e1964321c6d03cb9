import { z } from 'zod'
import { dataClasses } from '#/core/data-class.ts'
import { roles } from '#/core/role.ts'

/** Pieces the kinds of records are made of. Each says what would be right, and none repeats what was written. */

export const idPattern = /^[a-z0-9][a-z0-9-]{0,63}$/

export const id = z
  .string('must be an id, like west-large')
  .regex(idPattern, 'must be an id: lower-case letters, digits and hyphens, 64 at most')

export const line = (longest: number) =>
  z
    .string('must be a text')
    .trim()
    .min(1, 'must not be empty')
    .max(longest, `must have at most ${longest} characters`)
    // A line break would let a value end a header or a log line early.
    .regex(/^\P{Cc}*$/u, 'must be one line')

export const title = line(120)
export const text = z
  .string('must be a text')
  .trim()
  .min(1, 'must not be empty')
  .max(4_000, 'must have at most 4000 characters')

/** A text a value is tried on or compared with. */
export const sample = z
  .string('must be a text')
  .min(1, 'must not be empty')
  .max(1_000, 'must have at most 1000 characters')

export const email = z
  .string('must be an e-mail address')
  .trim()
  .toLowerCase()
  .max(254, 'must be an e-mail address')
  .regex(/^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/, 'must be an e-mail address, like security@example.com')

/** A group of the directory by who tells of it and an id that never changes: names are given to other groups later. */
export const group = z
  .string('must be a group, like oidc:7a31')
  .regex(/^[a-z][a-z0-9-]{0,62}:[^\s\p{Cc}]{1,200}$/u, 'must be a group as SOURCE:ID, like oidc:7a31')

export const dataClass = z.enum(dataClasses, `must be one of ${dataClasses.join(', ')}`)
export const role = z.enum(roles, `must be one of ${roles.join(', ')}`)
export const flag = z.boolean('must be true or false')

/** `[a, b]` with no item twice. */
export const unique = <T>(items: z.ZodType<T>, most: number) =>
  z
    .array(items, 'must be a list')
    .max(most, `must have at most ${most} items`)
    .refine((list) => new Set(list).size === list.length, 'must not hold the same thing twice')

const dayMs = 86_400_000
const dayPattern = /^\d{4}-\d{2}-\d{2}$/

/** The start of a day `2027-06-30` in UTC; undefined when there is no such day. */
export function startOfDayMs(day: string): number | undefined {
  if (!dayPattern.test(day)) return undefined
  const at = Date.parse(`${day}T00:00:00Z`)
  // Date.parse takes 2027-02-30 for a day in March.
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(day) ? at : undefined
}

/** The first moment after a day: what is true until 2027-06-30 is true on that day. */
export const endOfDayMs = (day: string): number => (startOfDayMs(day) ?? Number.NaN) + dayMs

/** The day so many days after one. */
export const dayAfter = (from: string, days: number): string =>
  new Date((startOfDayMs(from) ?? Number.NaN) + days * dayMs).toISOString().slice(0, 10)

export const day = z
  .string('must be a day, like 2027-06-30')
  .refine((value) => startOfDayMs(value) !== undefined, 'must be a day, like 2027-06-30')
