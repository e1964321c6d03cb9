import { z } from 'zod'
import { id } from '#/register/fields.ts'
import { recordKinds } from '#/register/kinds/index.ts'
import { maxFileBytes } from '#/register/read-file.ts'
import { longestDays, usualDays } from './api.ts'

const kind = z.enum(recordKinds, `must be one of ${recordKinds.join(', ')}`)

/** As many records as a file of them may hold. */
const mostNamed = 2_000

const draft = z.union(
  [
    z.strictObject({
      file: z.strictObject({
        text: z.string().max(maxFileBytes, 'is larger than a file of records may be; split it'),
        fileName: z.string().min(1).max(255),
      }),
    }),
    z.strictObject({
      waiting: z.union([z.literal('all'), z.array(z.strictObject({ kind, id })).min(1).max(mostNamed)]),
    }),
  ],
  'must be { file: { text, fileName } }, or { waiting } with "all" or a list of { kind, id }',
)

/** What somebody asks to be tried, and on how many days up to now. */
export const simulationShape = z.strictObject({
  draft,
  days: z
    .int('must be a whole number of days')
    .min(1, 'must be 1 or more')
    .max(longestDays, `must be at most ${longestDays}`)
    .default(usualDays),
})

export type AskedSimulation = z.infer<typeof simulationShape>
export type AskedDraft = AskedSimulation['draft']
