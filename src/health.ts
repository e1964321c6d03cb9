import type { Route } from '#/core/http/route.ts'

export interface HealthFacts {
  readonly isLogAlive: boolean
  /** What guards the keys has opened them within the last minute. */
  readonly areKeysOpen: boolean
  /** Nothing new is begun until there is room on the disk; what is under way still ends. */
  readonly isLogFull: boolean
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
      const { isLogAlive, isLogFull, areKeysOpen } = facts()
      const ready = isLogAlive && !isLogFull && areKeysOpen
      return {
        status: ready ? 200 : 503,
        json: {
          ready,
          log: !isLogAlive ? 'dead' : isLogFull ? 'full' : 'alive',
          keys: areKeysOpen ? 'open' : 'closed: the key service does not answer',
        },
      }
    },
  },
]
