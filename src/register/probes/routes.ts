import type { Clock } from '#/core/clock.ts'
import { personIn, type Route, route } from '#/core/http/route.ts'
import type { Register } from '../register.ts'
import { probeOffering } from './probe-offering.ts'
import type { Probes } from './probes.ts'

export interface ProbeRouteServices {
  readonly register: Register
  readonly clock: Clock
  readonly probes: Pick<Probes, 'of' | 'view' | 'probe'>
}

/** A probe sends a request to the provider: those who connect and those who judge may cause one. */
export const probeRoutes = (services: ProbeRouteServices): readonly Route[] => [
  route({
    method: 'POST',
    path: '/api/offerings/:id/probe',
    need: ['security', 'engineering', 'operator', 'owner'],
    reads: 'nothing',
    handle: async (asked) => ({
      json: await probeOffering(
        asked.parameters['id'] ?? '',
        services.register,
        services.probes,
        services.clock,
        personIn(asked).id,
      ),
    }),
  }),
]
