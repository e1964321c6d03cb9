import type { Route } from '#/core/http/route.ts'

export interface HealthFacts {
  readonly isLogAlive: boolean
  readonly exports: readonly { readonly id: string; readonly state: string; readonly lag: number }[]
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
      const { isLogAlive, exports } = facts()
      // A sink that is down stops nothing: the log is its queue. It is told all the same.
      const told = exports.map(({ id, state, lag }) => ({ id, state, lag }))
      return {
        status: isLogAlive ? 200 : 503,
        json: {
          ready: isLogAlive,
          log: isLogAlive ? 'alive' : 'dead',
          ...(told.length === 0 ? {} : { export: told }),
        },
      }
    },
  },
]
