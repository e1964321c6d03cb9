import { z } from 'zod'
import { roles } from '#/core/role.ts'
import { targetKinds } from './api.ts'

/** What people and commands ask about access, as it comes in. */
const email = z.string('must be an e-mail address').trim().min(3, 'must be an e-mail address').max(254)
const id = z
  .string('must be an id, like contract-review')
  .regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'must be an id, like contract-review')
const days = z.int('must be a whole number of days').min(1, 'must be 1 or more').max(3_650)
/** Whoever decides, or looks at it in a year, reads it. */
const reason = z
  .string('must be a text')
  .trim()
  .min(5, 'must have at least 5 characters')
  .max(1_000, 'must have at most 1000 characters')
const role = z.enum(roles, `must be one of ${roles.join(', ')}`)
const group = z
  .string('must be a group, like oidc:7a31')
  .regex(/^[a-z][a-z0-9-]{0,62}:[^\s\p{Cc}]{1,200}$/u, 'must be a group as SOURCE:ID, like oidc:7a31')

export const roleShape = z.strictObject({ email, role, days: days.optional(), reason })
export const grantShape = z.strictObject({ email, useCase: id, days: days.optional(), reason })

export const denialShape = z
  .strictObject({
    email: email.optional(),
    group: group.optional(),
    what: z.enum(targetKinds, `must be one of ${targetKinds.join(', ')}`),
    target: id,
    days: days.optional(),
    reason,
  })
  .refine((asked) => (asked.email === undefined) !== (asked.group === undefined), {
    path: ['email'],
    message: 'name a person by email, or a group',
  })

export const endShape = z.strictObject({ reason })

export const requestShape = z
  .strictObject({ useCase: id.optional(), role: role.optional(), days: days.optional(), reason })
  .refine((asked) => (asked.useCase === undefined) !== (asked.role === undefined), {
    path: ['useCase'],
    message: 'name a use case or a role',
  })

export const decisionShape = z.strictObject({
  verdict: z.enum(['approve', 'decline'], 'must be approve or decline'),
  reason: reason.min(1),
  days: days.optional(),
})

/** Never the id of a person: those start with `person_`. */
export const by = z
  .string()
  .regex(/^command-line:/, 'must be an account of the machine')
  .max(200)

export const explainShape = z
  .strictObject({ offering: id.optional(), useCase: id.optional(), person: email.optional() })
  .refine(
    ({ offering, useCase, person }) =>
      [offering, useCase, person].filter((each) => each !== undefined).length === 1,
    { path: ['person'], message: 'name an offering, a use case or a person' },
  )

export type AskedRole = z.infer<typeof roleShape>
export type AskedUseCase = z.infer<typeof grantShape>
export type AskedDenial = z.infer<typeof denialShape>
export type AskedRequest = z.infer<typeof requestShape>
export type AskedDecision = z.infer<typeof decisionShape>
export type AskedEnd = z.infer<typeof endShape>
export type AskedExplanation = z.infer<typeof explainShape>
