import { z } from 'zod'
import { email, id } from '../fields.ts'
import { longestDays, usualDays } from './api.ts'

export const coverageShape = z.strictObject({
  days: z.coerce
    .number('must be a number of days')
    .int('must be a whole number of days')
    .min(1, 'must be 1 or more')
    .max(longestDays, `must be ${longestDays} or less`)
    .default(usualDays),
  policy: id.optional(),
})

export const ownerShape = z.strictObject({ owner: email })
