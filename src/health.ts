import type { TreeHealth } from '#/audit/api.ts'
import type { Route } from '#/core/http/route.ts'

export interface HealthFacts extends TreeHealth {
  readonly isLogAlive: boolean
}

/** For load balancers: `live` while the process answers, `ready` while requests can be governed and logged. */
export const healthRoutes = (facts: () => HealthFacts): readonly Route[] => [
  {
    method: 'GET',
    path: '/health/live',
    need: 'anyone',
    reads: 'nothing',
    handle: () => ({ json: { live: true } }),
  },
  {
    method: 'GET',
    path: '/health/ready',
    need: 'anyone',
    reads: 'nothing',
    handle: () => {
      const { isLogAlive, checkpoints, copies } = facts()
      return {
        status: isLogAlive ? 200 : 503,
        json: {
          ready: isLogAlive,
          log: isLogAlive ? 'alive' : 'dead',
          checkpoints,
          checkpointCopies: copies,
        },
      }
    },
  },
]
