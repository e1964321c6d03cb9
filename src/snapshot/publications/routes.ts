import type { z } from 'zod'
import { type Asked, personIn, type Route, route } from '#/core/http/route.ts'
import { Refusal } from '#/core/refusal.ts'
import type { Role } from '#/core/role.ts'
import { publicationNumber, publishShape, rollBackShape } from './asked.ts'
import { publishers } from './publications.ts'
import { pageOf, type ViewServices, viewOf } from './views.ts'

/** As with records: everybody who takes part in deciding, and who checks them. */
const readers: readonly [Role, ...Role[]] = [
  'reviewer',
  'security',
  'legal',
  'engineering',
  'product',
  'auditor',
  'operator',
  'owner',
]

export const publicationRoutes = (services: ViewServices): readonly Route[] => [
  route({
    method: 'GET',
    path: '/api/publications',
    need: readers,
    reads: 'nothing',
    handle: (asked) => ({ json: pageOf(services, personIn(asked)) }),
  }),
  route({
    method: 'GET',
    path: '/api/publications/:number',
    need: readers,
    reads: 'nothing',
    handle: ({ parameters }) => {
      const read = publicationNumber.safeParse(parameters['number'])
      if (!read.success) throw new Refusal('not-found', { what: 'publication' })
      return { json: viewOf(services, read.data) }
    },
  }),
  route({
    method: 'POST',
    path: '/api/publications',
    need: publishers,
    reads: publishShape,
    fresh: true,
    handle: async (asked: Asked<z.infer<typeof publishShape>>) => {
      const published = await services.publications.publish(asked.body, personIn(asked))
      return { status: published.state === 'asked' ? 202 : 201, json: published }
    },
  }),
  route({
    method: 'POST',
    path: '/api/publications/rollback',
    need: publishers,
    reads: rollBackShape,
    fresh: true,
    handle: async (asked: Asked<z.infer<typeof rollBackShape>>) => ({
      status: 201,
      json: await services.publications.rollBack(asked.body.reason, personIn(asked)),
    }),
  }),
]
