import { z } from 'zod'
import { cadences, standingOf } from '../cadence.ts'
import { day, email, text, title } from '../fields.ts'
import type { Kind } from './kind.ts'
import { referencesTo, subjects } from './subject.ts'

const schema = z.strictObject({
  title,
  owner: email,
  /** What is looked at, and what is asked of it. */
  description: text.optional(),
  about: subjects,
  cadence: z.enum(cadences, `must be one of ${cadences.join(', ')}`),
  /** From the month or quarter of this day on. */
  since: day,
})

export type Review = z.infer<typeof schema>

/** Something that is looked at every month or quarter. Each approval says: looked at, for the time it was given in. */
export const review: Kind<Review> = {
  kind: 'review',
  called: 'a review',
  schema,
  fields: Object.keys(schema.shape),
  immaterial: ['title', 'description'],
  deciders: ['security', 'legal', 'engineering', 'product', 'owner'],
  mayEnd: true,
  mayLowerClass: false,
  references: ({ about }) => referencesTo(about),
  check: () => [],
  stage: (body, { state, approvedAtMs, nowMs }) =>
    state === 'rejected' ? undefined : standingOf(body, approvedAtMs, nowMs).stage,
  isDue: (body, { state, approvedAtMs, nowMs }) =>
    state !== 'rejected' && standingOf(body, approvedAtMs, nowMs).isDue,
  holdsBack: (body, { id, state, approvedAtMs, nowMs }) =>
    state !== 'rejected' && standingOf(body, approvedAtMs, nowMs).isOverdue
      ? { about: body.about, why: `the review ${id} of it is overdue: do it first` }
      : undefined,
}
