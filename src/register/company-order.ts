import { z } from 'zod'
import { dataClasses } from '#/core/data-class.ts'
import { line, unique } from './fields.ts'

/** What health data needs before it goes to an offering as it is, where it is not the company's own. Strictest first. */
export const healthNeeds = z.enum(['baa', 'agreement', 'nothing'], 'must be one of baa, agreement, nothing')

/** Which cloud is home: for a class tiers, connections or ids of offerings, the first to be taken first by `auto`. */
export const preference = z
  .strictObject(
    Object.fromEntries(
      dataClasses.map((each) => [
        each,
        unique(line(64), 50).min(1, 'must name a tier, a connection or an offering').optional(),
      ]),
    ) as Record<(typeof dataClasses)[number], z.ZodOptional<z.ZodArray<z.ZodString>>>,
    'must be { public, internal, confidential, restricted }, each a list',
  )
  .refine((orders) => Object.values(orders).some((order) => order !== undefined), {
    message: 'must say an order for at least one class',
  })
