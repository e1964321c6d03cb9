import { z } from 'zod'

const reason = z
  .string('must be a text')
  .trim()
  .min(5, 'must have at least 5 characters')
  .max(1_000, 'must have at most 1000 characters')

/** What waits, as it was looked at, and why it may serve. */
export const publishShape = z.strictObject({
  digest: z.string('must be a digest').regex(/^[0-9a-f]{64}$/, 'must be the digest of what waits'),
  reason,
})

export const rollBackShape = z.strictObject({ reason })

export const publicationNumber = z
  .string()
  .regex(/^[1-9]\d{0,9}$/)
  .transform(Number)
