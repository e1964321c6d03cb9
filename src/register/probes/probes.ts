import type { AuditLog } from '#/audit/api.ts'
import { describeError, type WriteLine } from '#/core/log-line.ts'
import { Refusal } from '#/core/refusal.ts'
import type { Probed, ProbeView } from './api.ts'
import { probeEntry } from './entry.ts'
import { measure, type Probeable, type ProbeWorld } from './measure.ts'
import { keptRuns, type ProbeStore, type Run } from './store.ts'
import { onlyWorse, take } from './take.ts'
import { probeView } from './views.ts'

export interface ProbeServices extends ProbeWorld {
  readonly store: ProbeStore
  readonly log: Pick<AuditLog, 'append'>
  readonly writeLine: WriteLine
  /** Of connections that are reached over a network, by id: what `Probed.target` says. */
  readonly targets: ReadonlyMap<string, string>
  readonly probeable: (connection: string) => Probeable
  readonly factDays: number
}

/** What was measured of connections. Reading is from memory. */
export interface Probes {
  /** Connections that can be probed. */
  readonly connections: () => readonly string[]
  /** Undefined when it was never probed, or at another address. */
  readonly of: (connection: string) => Probed | undefined
  readonly view: (connection: string) => ProbeView
  /**
   * Probes now; who asks while one is under way gets that one's result. Gives the names of what changed. `by` is a person's id, or
   * undefined for the schedule and the command line. Throws `request-invalid`.
   */
  readonly probe: (connection: string, by?: string) => Promise<readonly string[]>
  /** Called whenever what is known may be another. */
  readonly onChange: (listener: () => void) => void
  /** Waits for what is under way. */
  readonly close: () => Promise<void>
}

/** Reads what was measured before. */
export async function openProbes(services: ProbeServices): Promise<Probes> {
  const { store, targets, clock, log, writeLine, factDays } = services
  const known = new Map<string, Probed>()
  for (const probed of await store.readProbed())
    if (targets.get(probed.connection) === probed.target) known.set(probed.connection, probed)
  const runs = new Map<string, readonly Run[]>(await store.readRuns())
  const underWay = new Map<string, Promise<readonly string[]>>()
  const listeners: (() => void)[] = []

  const set = (probed: Probed): void => {
    known.set(probed.connection, probed)
    for (const listener of listeners) listener()
  }

  const probeOnce = async (
    connection: string,
    target: string,
    by: string | undefined,
  ): Promise<readonly string[]> => {
    const measured = await measure(services.probeable(connection), services)
    const before = known.get(connection)
    const { probed, changed } = take(before, measured, { connection, target, atMs: clock.now(), factDays })
    // What is worse serves before anything is written down; what is better once its entry is durable.
    if (changed.length > 0) set(onlyWorse(before, probed))
    if (changed.length > 0) await log.append(probeEntry(probed, changed, by))
    await store.add(probed, measured.reach)
    if (measured.reach !== undefined)
      runs.set(connection, [...(runs.get(connection) ?? []), measured.reach].slice(-keptRuns))
    set(probed)
    if (probed.tls !== undefined && probed.tls.problem !== null && changed.includes('tls'))
      writeLine({
        level: 'error',
        what: `no offering of the connection ${connection} serves`,
        problem: probed.tls.problem,
      })
    return changed
  }

  const probes: Probes = {
    connections: () => [...targets.keys()],
    of: (connection) => known.get(connection),
    view: (connection) =>
      probeView(connection, known.get(connection), runs.get(connection) ?? [], clock.now()),
    probe: async (connection, by) => {
      const target = targets.get(connection)
      if (target === undefined)
        throw new Refusal('request-invalid', {
          field: 'id',
          problem: `its connection ${connection} is not in the settings or runs in this process, so there is nothing to probe`,
        })
      const running = underWay.get(connection)
      if (running !== undefined) return running
      const started = probeOnce(connection, target, by).finally(() => underWay.delete(connection))
      underWay.set(connection, started)
      return started
    },
    onChange: (listener) => void listeners.push(listener),
    close: async () => {
      for (const each of await Promise.allSettled(underWay.values()))
        if (each.status === 'rejected')
          writeLine({ level: 'error', what: 'a probe failed', problem: describeError(each.reason) })
    },
  }
  return probes
}
