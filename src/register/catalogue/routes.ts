import type { Clock } from '#/core/clock.ts'
import { type Route, route } from '#/core/http/route.ts'
import { Refusal } from '#/core/refusal.ts'
import type { Role } from '#/core/role.ts'
import type { Probes } from '../probes/probes.ts'
import type { Register } from '../register.ts'
import { findOffering, problemOf } from './find.ts'
import { readCatalogueOfferings } from './read-catalogue.ts'
import { compare, lineOf, viewOfCatalogue } from './view.ts'

export interface CatalogueRouteServices {
  readonly register: Register
  readonly clock: Clock
  readonly probes: Pick<Probes, 'of'>
  /** Who sees the records of the register; for everybody else there is only the catalogue. */
  readonly readers: readonly Role[]
}

/** The catalogue is no secret: whoever signed in may know what is known of an offering. */
export const catalogueRoutes = ({
  register,
  clock,
  probes,
  readers,
}: CatalogueRouteServices): readonly Route[] => [
  route({
    method: 'GET',
    path: '/api/catalogue/offerings',
    need: 'person',
    reads: 'nothing',
    handle: () => {
      const nowMs = clock.now()
      return {
        json: { offerings: readCatalogueOfferings().map((each) => lineOf(viewOfCatalogue(each, nowMs))) },
      }
    },
  }),
  route({
    method: 'GET',
    path: '/api/catalogue/offerings/:id',
    need: 'person',
    reads: 'nothing',
    handle: ({ parameters }) => {
      const found = findOffering(`catalogue:${parameters['id'] ?? ''}`, undefined, clock.now(), probes.of)
      if (found === undefined) throw new Refusal('not-found', { what: 'offering' })
      return { json: found }
    },
  }),
  route({
    method: 'GET',
    path: '/api/catalogue/compare',
    need: 'person',
    reads: 'nothing',
    handle: ({ url, person }) => {
      const records = person?.roles.some((role) => readers.includes(role)) ? register : undefined
      const [a, b] = (['a', 'b'] as const).map((field) => {
        const named = url.searchParams.get(field) ?? ''
        const found = findOffering(named, records, clock.now(), probes.of)
        if (found === undefined)
          throw new Refusal('request-invalid', { field, problem: problemOf(named, records) })
        return found
      })
      return { json: compare(a!, b!) }
    },
  }),
]
