import { z } from 'zod'
import { day, email, id, line, role, text, title, unique } from '../fields.ts'
import { domains } from '../vendors/fields.ts'
import type { BodyProblem, Kind } from './kind.ts'

export const toolForms = ['chat', 'api', 'meeting', 'code', 'image', 'embedded'] as const
export const toolStandings = ['sanctioned', 'tolerated', 'unsanctioned'] as const

const schema = z.strictObject({
  title,
  /** Whom people ask about it. */
  owner: email,
  description: text.optional(),
  /** Whose it is: a sanctioned tool stays so only while this vendor is approved and explained. */
  vendor: id.optional(),
  /** What people use it as. */
  form: z.enum(toolForms, `must be one of ${toolForms.join(', ')}`),
  /** Where it is reached; everything below each of them, too. */
  domains,
  standing: z.enum(toolStandings, `must be one of ${toolStandings.join(', ')}`),
  /** The last day of a tolerated tool; it is unsanctioned after. */
  toleratedUntil: day.optional(),
  why: line(500),
  /** What people use in its place. */
  instead: line(300).optional(),
  /** Who may use it, where it is not everybody. */
  roles: unique(role, 20).min(1, 'must name at least one role').optional(),
})

export type Tool = z.infer<typeof schema>

/** An AI tool people use, whether or not it goes through the gate: sanctioned, tolerated for a time, or unsanctioned. */
export const tool: Kind<Tool> = {
  kind: 'tool',
  called: 'a tool',
  schema,
  fields: Object.keys(schema.shape),
  immaterial: ['title', 'description'],
  deciders: ['security', 'owner'],
  // What ends or is stopped counts as unsanctioned, so that no end opens anything.
  mayEnd: true,
  mayLowerClass: false,
  references: ({ vendor }) => (vendor === undefined ? [] : [{ field: 'vendor', kind: 'vendor', id: vendor }]),
  check: ({ standing, toleratedUntil, instead, roles }): readonly BodyProblem[] => [
    ...(standing === 'tolerated' && toleratedUntil === undefined
      ? [{ path: ['toleratedUntil'], problem: 'is missing: what is tolerated has a last day' }]
      : []),
    ...(standing !== 'tolerated' && toleratedUntil !== undefined
      ? [{ path: ['toleratedUntil'], problem: 'has a meaning for tolerated tools only' }]
      : []),
    ...(standing !== 'sanctioned' && instead === undefined
      ? [{ path: ['instead'], problem: 'is missing: say what people use in its place' }]
      : []),
    ...(standing === 'unsanctioned' && roles !== undefined
      ? [{ path: ['roles'], problem: 'has no meaning: nobody may use an unsanctioned tool' }]
      : []),
  ],
}
