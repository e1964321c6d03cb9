import type { z } from 'zod'
import { type Asked, type Route, route } from '#/core/http/route.ts'
import type { Person } from '#/core/role.ts'
import { type AskedSwitch, pullShape, releaseShape } from './asked.ts'
import type { Switches } from './switches.ts'

/** A stop must not wait for a sign-in; a release does. Whose it is to do either is looked at with what is asked. */
export const switchRoutes = (switches: Switches): readonly Route[] => [
  route({
    on: 'admin',
    method: 'GET',
    path: '/api/switches',
    need: 'person',
    reads: 'nothing',
    handle: async ({ person }) => ({ json: await switches.list(person as Person) }),
  }),
  route({
    on: 'admin',
    method: 'POST',
    path: '/api/switches',
    need: 'person',
    reads: pullShape as z.ZodType<AskedSwitch>,
    handle: async (asked: Asked<AskedSwitch>) => {
      const view = await switches.pull(asked.body, asked.person as Person)
      // It holds either way.
      return { status: view.isWritten ? 201 : 202, json: view }
    },
  }),
  route({
    on: 'admin',
    method: 'POST',
    path: '/api/switches/:id/release',
    need: 'person',
    reads: releaseShape,
    fresh: true,
    handle: async ({ parameters, body, person }) => ({
      json: await switches.release(parameters['id'] ?? '', body.reason, person as Person),
    }),
  }),
]
