import { z } from 'zod'
import { termLimits } from '#/inspect/index.ts'
import { dataClass, day, email, id, line } from '../fields.ts'
import { directClasses, type FirstRunAnswers, homes, schemes } from './api.ts'

/** Nobody connects more on the first day; more come one by one. */
const mostProviders = 10

const oneOf = <const T extends readonly [string, ...string[]]>(values: T) =>
  z.enum(values, `must be one of ${values.join(', ')}`)

const provider = z.strictObject(
  {
    offering: id,
    connection: line(64).regex(/^[a-z][a-z0-9-]{0,62}$/, 'must be small letters, digits and hyphens'),
    model: line(200),
    region: line(120).optional(),
    agreement: line(400).optional(),
    keptDays: z
      .int('must be a whole number of days')
      .min(0, 'must be 0 or more')
      .max(36_500, 'must be 36500 or less')
      .optional(),
    threatModel: line(500).optional(),
    patchedOn: day.optional(),
  },
  'must be { offering, connection, model }',
)

/** The answers as they come in: from the page, or from a file. */
export const answersShape: z.ZodType<FirstRunAnswers> = z
  .strictObject(
    {
      owner: email,
      home: oneOf(homes),
      classes: z.strictObject(
        {
          scheme: oneOf(schemes),
          examples: z
            .array(
              z.strictObject(
                {
                  term: line(termLimits.longest).min(
                    termLimits.shortest,
                    `must have at least ${termLimits.shortest} characters`,
                  ),
                  class: dataClass,
                },
                'must be a term: { term, class }',
              ),
              'must be a list of terms',
            )
            .max(200, 'must have at most 200 terms: write the others into the policy afterwards')
            .default([]),
        },
        'must be { scheme, examples }',
      ),
      direct: oneOf(directClasses),
      providers: z
        .array(provider, 'must be a list of providers')
        .max(mostProviders, `must have at most ${mostProviders} providers`)
        .default([]),
      exit: z
        .strictObject(
          { provider: z.int('must be a place in providers').min(0, 'must be 0 or more'), testedOn: day },
          'must be { provider, testedOn }',
        )
        .optional(),
    },
    'must be { owner, home, classes, direct, providers }',
  )
  .refine(({ exit, providers }) => exit === undefined || exit.provider < providers.length, {
    path: ['exit', 'provider'],
    message: 'must be a place in providers, the first is 0',
  })
  .refine(({ exit, providers }) => exit === undefined || providers.length > 1, {
    path: ['exit'],
    message: 'must be left out with fewer than two providers: there is nowhere else to go',
  })
