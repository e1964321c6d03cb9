import { z } from 'zod'
import { dataClass, day, email, endOfDayMs, line, startOfDayMs, text, title } from '../fields.ts'
import type { Approval, BodyProblem, Kind } from './kind.ts'

/** What was not shown in a month is not shown by waiting. */
const longestDays = 30
const dayMs = 86_400_000

const number = z.number('must be a number')

const fields = z.strictObject({
  title,
  owner: email,
  description: text.optional(),
  from: day,
  /** The last day. */
  until: day,
  /** What is measured, with its unit: `minutes for a contract`. */
  metric: line(120),
  /** What it is without AI. */
  baseline: number,
  /** From where on it was worth it. */
  target: number,
  /** Nothing above it goes out while the pilot runs. */
  highestClass: dataClass,
  /** Looks at what comes out; the only one who starts and ends it. */
  reviewer: email,
})

const schema = fields
  .refine(({ from, until }) => daysOf(from, until) >= 1, {
    path: ['until'],
    message: 'must not be before from',
  })
  .refine(({ from, until }) => daysOf(from, until) <= longestDays, {
    path: ['until'],
    message: `must be at most ${longestDays} days, the first and the last among them`,
  })
  .refine(({ owner, reviewer }) => owner !== reviewer, {
    path: ['reviewer'],
    message: 'must be somebody else than the owner',
  })
  .refine(({ baseline, target }) => baseline !== target, {
    path: ['target'],
    message: 'must differ from the baseline',
  })

export type Pilot = z.infer<typeof schema>

/** A trial with an end: the use case that names it serves while it runs, and not above its class. */
export const pilot: Kind<Pilot> = {
  kind: 'pilot',
  called: 'a pilot',
  schema,
  fields: Object.keys(fields.shape),
  immaterial: ['title', 'description'],
  deciders: ['reviewer', 'security', 'legal', 'engineering', 'product', 'owner'],
  mayEnd: true,
  mayLowerClass: true,
  references: () => [],
  check: () => [],
  decidesAlone: ({ reviewer }) => reviewer,
  lastDay: ({ until }) => until,
  beforeApproval: tooLong,
  stage: ({ from, until }, { state, nowMs }) => {
    if (state !== 'approved') return endOfDayMs(until) <= nowMs ? 'over' : undefined
    return nowMs < (startOfDayMs(from) ?? 0) ? `starts on ${from}` : `runs until ${until}`
  },
}

/** An edit does not begin the days anew: what was approved first counts. */
function tooLong({ until }: Pilot, { approvedBefore, nowMs }: Approval<Pilot>): BodyProblem | undefined {
  if (endOfDayMs(until) <= nowMs) return { path: ['until'], problem: 'it is over: write another pilot' }
  const began = approvedBefore.map(({ from }) => from).sort()[0]
  if (began === undefined || daysOf(began, until) <= longestDays) return undefined
  return {
    path: ['until'],
    problem: `this pilot began on ${began} and ends after ${longestDays} days: write another one, with what this one showed`,
  }
}

const daysOf = (from: string, until: string): number =>
  (endOfDayMs(until) - (startOfDayMs(from) ?? Number.NaN)) / dayMs
