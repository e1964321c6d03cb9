import { z } from 'zod'
import type { Route } from '#/core/http/route.ts'
import { readWith } from '#/core/http/router.ts'
import { Refusal } from '#/core/refusal.ts'
import { countedBy } from './api.ts'
import type { LogSearch } from './search-log.ts'

export interface SearchRouteServices {
  readonly search: LogSearch
}

const count = z
  .string()
  .regex(/^\d{1,15}$/, 'must be a whole number')
  .transform(Number)

const pageShape = (most: number) => ({
  q: z.string().default(''),
  limit: count.pipe(z.number().min(1).max(most)).default(50),
  before: count.optional(),
})

const entriesShape = z.strictObject({ ...pageShape(1_000), 'count-by': z.enum(countedBy).optional() })
/** Each opens a sealed text. */
const ownShape = z.strictObject(pageShape(100))

/** The log searched. Nobody is shown a text but their own; who may read others' is decided elsewhere. */
export const searchRoutes = ({ search }: SearchRouteServices): readonly Route[] => [
  {
    method: 'GET',
    path: '/api/log/entries',
    need: ['auditor', 'security', 'owner'],
    reads: 'nothing',
    handle: async ({ url, person }) => {
      const { q, limit, before, 'count-by': by } = readWith(entriesShape, parametersOf(url))
      const reader = { personId: person!.id, name: person!.email }
      return {
        json:
          by === undefined
            ? await search.entries({ question: q, limit, before }, reader)
            : await search.counts({ question: q, by }, reader),
      }
    },
  },
  {
    method: 'GET',
    path: '/api/log/mine',
    need: 'person',
    reads: 'nothing',
    handle: async ({ url, person }) => {
      const { q, limit, before } = readWith(ownShape, parametersOf(url))
      return { json: await search.own({ question: q, limit, before }, person!) }
    },
  },
]

/** A parameter that stands twice would have two meanings. */
function parametersOf({ searchParams }: URL): Readonly<Record<string, string>> {
  const parameters: Record<string, string> = {}
  for (const [name, value] of searchParams) {
    if (Object.hasOwn(parameters, name)) {
      throw new Refusal('request-invalid', { field: name, problem: 'stands more than once' })
    }
    parameters[name] = value
  }
  return parameters
}
