import { z } from 'zod'
import { email, line, text, title, unique } from '../fields.ts'
import type { Kind } from './kind.ts'

/** What a control asks. Each is computed in `controls/`; there is no control whose answer somebody types. */
export const controlQueries = [
  'exchanges-have-both-entries',
  'exchanges-stay-below-ceilings',
  'decisions-are-made-by-people',
  'facts-have-not-ended',
  'reviews-are-done-in-time',
  'fixes-of-incidents-serve',
] as const

export type ControlQuery = (typeof controlQueries)[number]

/** They look at what is now; the others look back over days. */
const queriesOfNow: readonly ControlQuery[] = ['facts-have-not-ended', 'fixes-of-incidents-serve']

const schema = z.strictObject({
  title,
  owner: email,
  description: text.optional(),
  query: z.enum(controlQueries, `must be one of ${controlQueries.join(', ')}`),
  /** How far back it looks; left out for a query about what is now. */
  periodDays: z.int('must be a whole number of days').min(1, 'must be 1 or more').max(400).optional(),
  /** Requirements it answers to: `ISO 42001 A.10.3`. */
  maps: unique(line(80), 50).optional(),
})

export type Control = z.infer<typeof schema>

/** A promise that is counted: of how many, how many not. Nobody ticks it. */
export const control: Kind<Control> = {
  kind: 'control',
  called: 'a control',
  schema,
  fields: Object.keys(schema.shape),
  immaterial: ['title', 'description', 'maps'],
  deciders: ['security', 'legal', 'owner'],
  mayEnd: true,
  mayLowerClass: false,
  references: () => [],
  check: ({ query, periodDays }) => {
    const isOfNow = queriesOfNow.includes(query)
    if (isOfNow === (periodDays === undefined)) return []
    const problem = isOfNow
      ? `must be left out: ${query} is about what is now`
      : `must say over how many days ${query} looks back`
    return [{ path: ['periodDays'], problem }]
  },
}
