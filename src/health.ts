import type { TreeHealth } from '#/audit/api.ts'
import type { Route } from '#/core/http/route.ts'

export interface HealthFacts extends TreeHealth {
  readonly isLogAlive: boolean
  /** Nothing new is begun until there is room on the disk; what is under way still ends. */
  readonly isLogFull: boolean
  /** What guards the keys has opened them within the last minute. */
  readonly areKeysOpen: boolean
  readonly exports: readonly { readonly id: string; readonly state: string; readonly lag: number }[]
  /** Ids of directories whose deactivations wait for a decision. */
  readonly pausedDirectories: readonly string[]
  /** What kinds of things a switch stops now. */
  readonly stoppedScopes: readonly string[]
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
      const {
        isLogAlive,
        isLogFull,
        areKeysOpen,
        checkpoints,
        copies,
        exports,
        pausedDirectories,
        stoppedScopes,
      } = facts()
      // A sink that is down stops nothing: the log is its queue. It is told all the same.
      const told = exports.map(({ id, state, lag }) => ({ id, state, lag }))
      const ready = isLogAlive && !isLogFull && areKeysOpen
      return {
        status: ready ? 200 : 503,
        json: {
          ready,
          log: !isLogAlive ? 'dead' : isLogFull ? 'full' : 'alive',
          keys: areKeysOpen ? 'open' : 'closed: the key service does not answer',
          checkpoints,
          checkpointCopies: copies,
          ...(told.length === 0 ? {} : { export: told }),
          // Everything else goes on: only somebody who should look is told.
          // Somebody stopped it on purpose: a balancer that took it away would hide why.
          ...(stoppedScopes.length === 0 ? {} : { stopped: stoppedScopes }),
          ...(pausedDirectories.length === 0 ? {} : { scimPaused: pausedDirectories }),
        },
      }
    },
  },
]
