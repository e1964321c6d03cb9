import { z } from 'zod'
import { clearedForm } from '#/policy/cleared.ts'
import { day, email, id, line, sample, unique } from './fields.ts'
import type { BodyProblem } from './kinds/kind.ts'
import { findUnknownNames } from './rule.ts'

/** A value that was found and is not sensitive: for whom, until when, and who says so. */
export const entry = z.strictObject(
  {
    id: id.max(60, 'must have at most 60 characters'),
    text: sample.refine(
      (value) => clearedForm(value).length >= 3,
      'must hold at least three characters that are no spaces or hyphens',
    ),
    types: unique(id, 20).min(1, 'must name the kinds of finding it stands for'),
    /** All when empty. */
    useCases: unique(id, 100).default([]),
    /** The last day it holds. */
    until: day,
    reason: line(300),
    by: email,
  },
  'must be an entry: { id, text, types, until, reason, by }',
)

export const notSensitive = z
  .array(entry, 'must be a list of entries')
  .max(2_000, 'must have at most 2000 entries')
  .refine(
    (list) => new Set(list.map((each) => each.id)).size === list.length,
    'must not hold two entries with one id',
  )
  .default([])

export type NotSensitive = z.infer<typeof entry>

/** A rule that names a kind nobody finds is refused, and so is an entry. */
export const findUnknownCleared = (entries: readonly NotSensitive[]): readonly BodyProblem[] =>
  entries.flatMap(({ types }, place) => findUnknownNames(types, ['notSensitive', place, 'types']))
