import { z } from 'zod'
import { verdicts } from './api.ts'
import { dataClass, day, id, text } from './fields.ts'
import { recordKinds } from './kinds/index.ts'
import { mostFiles } from './read-files.ts'

/** What the register is asked, as it comes in. */

/** What somebody asks to be decided, as it comes in. */
export const decisionShape = z.strictObject({
  kind: z.enum(recordKinds, `must be one of ${recordKinds.join(', ')}`),
  id,
  version: z.int('must be a whole number').min(1, 'must be 1 or more'),
  verdict: z.enum(verdicts, `must be one of ${verdicts.join(', ')}`),
  reason: text,
  conditions: z.strictObject({ highestClass: dataClass.optional() }, 'must be { highestClass }').default({}),
  /** The last day of an approval. */
  until: day.optional(),
  /** How many decisions on this record whoever decides has seen; left out, it is not compared. */
  seen: z.int('must be a whole number').min(0, 'must be 0 or more').optional(),
})

export type AskedDecision = z.infer<typeof decisionShape>

const fileName = z.string().min(1).max(1_024)
const files = z
  .array(z.strictObject({ name: fileName, text: z.string() }))
  .min(1)
  .max(mostFiles)
export const applyShape = z.strictObject({
  files,
  by: z.string().min(1).max(200),
  dryRun: z.boolean().default(false),
  /** The plan somebody agreed to: when another one has come of it since, nothing is written. */
  digest: z.string().length(64).optional(),
})
export const diffShape = z.strictObject({ files })

export type AgreedFiles = Pick<z.infer<typeof applyShape>, 'files'> & { readonly digest: string }
