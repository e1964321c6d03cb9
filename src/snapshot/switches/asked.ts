import { z } from 'zod'
import { switchScopes } from './api.ts'

/** How long a drill may last, and a stop that ends by itself: a day and a month, in minutes. */
export const longestMinutes = { drill: 1_440, stop: 43_200 } as const

const reason = z
  .string('must be a text')
  .trim()
  .min(5, 'must have at least 5 characters')
  .max(1_000, 'must have at most 1000 characters')

/** A switch as somebody asks for it. A person is named by e-mail address or id. */
export const pullShape = z
  .strictObject({
    scope: z.enum(switchScopes, `must be one of ${switchScopes.join(', ')}`),
    target: z
      .string('must be a text')
      .max(254, 'must have at most 254 characters')
      .regex(/^[^\p{Cc}]*$/u, 'must be one line')
      .default(''),
    reason,
    minutes: z.int('must be a whole number of minutes').min(1, 'must be 1 or more').optional(),
    drill: z.boolean('must be true or false').default(false),
  })
  .refine(({ scope, target }) => (scope === 'all') === (target === ''), {
    path: ['target'],
    message: 'must say what to stop, and must be left out for all',
  })
  .refine(({ drill, minutes }) => !drill || minutes !== undefined, {
    path: ['minutes'],
    message: 'must say how long the drill lasts',
  })
  .refine(({ drill, minutes = 1 }) => minutes <= longestMinutes[drill ? 'drill' : 'stop'], {
    path: ['minutes'],
    message: `must be at most ${longestMinutes.stop}, and ${longestMinutes.drill} for a drill`,
  })

export const releaseShape = z.strictObject({ reason })

export type AskedSwitch = z.infer<typeof pullShape>
