import type { z } from 'zod'
import { type Asked, personIn, type Route, route } from '#/core/http/route.ts'
import type { Role } from '#/core/role.ts'
import { type AskedSimulation, simulationShape } from './asked.ts'
import type { Simulator } from './entries.ts'
import type { Simulations } from './simulations.ts'

/** A simulation says who asked for what: whoever may search the log. */
const simulators: readonly [Role, ...Role[]] = ['auditor', 'security', 'owner']

/** An answer that waits ends before a proxy takes it for a dead one. */
const longestWaitMs = 1_000

export const simulationRoutes = (simulations: Simulations): readonly Route[] => [
  route({
    method: 'POST',
    path: '/api/simulations',
    need: simulators,
    reads: simulationShape as z.ZodType<AskedSimulation>,
    handle: async (asked: Asked<AskedSimulation>) => ({
      status: 202,
      json: await simulations.begin(asked.body, simulatorIn(asked)),
    }),
  }),
  route({
    method: 'GET',
    path: '/api/simulations/:id',
    need: simulators,
    reads: 'nothing',
    handle: async (asked) => ({
      json: await simulations.look(asked.parameters['id'] ?? '', simulatorIn(asked), longestWaitMs),
    }),
  }),
  route({
    method: 'DELETE',
    path: '/api/simulations/:id',
    need: simulators,
    reads: 'nothing',
    handle: async (asked) => ({
      json: await simulations.cancel(asked.parameters['id'] ?? '', simulatorIn(asked)),
    }),
  }),
]

function simulatorIn(asked: Pick<Asked, 'person'>): Simulator {
  const { id, email } = personIn(asked)
  return { personId: id, name: email }
}
