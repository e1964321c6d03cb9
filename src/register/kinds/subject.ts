import { z } from 'zod'
import { id } from '../fields.ts'
import type { Reference } from './kind.ts'

/** Records an incident or a review may be about: what serves, and data. */
export const subjectKinds = ['offering', 'use-case', 'policy', 'dataset', 'pilot', 'vendor', 'tool'] as const

const subject = z.strictObject(
  { kind: z.enum(subjectKinds, `must be one of ${subjectKinds.join(', ')}`), id },
  'must be { kind, id }',
)

export type Subject = z.infer<typeof subject>

export const subjects = z
  .array(subject, 'must be a list of { kind, id }')
  .min(1, 'must name at least one record')
  .max(100, 'must have at most 100 items')
  .refine(
    (list) => new Set(list.map((each) => `${each.kind} ${each.id}`)).size === list.length,
    'must not hold the same thing twice',
  )

export const referencesTo = (about: readonly Subject[]): readonly Reference[] =>
  about.map(({ kind, id: name }, index) => ({ field: `about.${index}`, kind, id: name }))
