import type { z } from 'zod'
import { type Asked, type Route, route } from '#/core/http/route.ts'
import type { Person } from '#/core/role.ts'
import { releaseShape } from '../switches/asked.ts'
import { mayClose, maySee } from './rights.ts'
import type { Triggers } from './triggers.ts'

export const triggerRoutes = (triggers: Triggers): readonly Route[] => [
  route({
    on: 'admin',
    method: 'GET',
    path: '/api/triggers',
    need: maySee,
    reads: 'nothing',
    handle: async ({ person }) => ({ json: await triggers.list(person as Person) }),
  }),
  route({
    on: 'admin',
    method: 'POST',
    path: '/api/triggers/firings/:id/close',
    need: mayClose,
    // A reason, as it is given for the release of a switch.
    reads: releaseShape,
    handle: async ({ parameters, body, person }: Asked<z.infer<typeof releaseShape>>) => ({
      json: await triggers.close(parameters['id'] ?? '', body.reason, person as Person),
    }),
  }),
]
