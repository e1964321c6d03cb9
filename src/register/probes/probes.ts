import type { AuditLog } from '#/audit/api.ts'
import { describeError, type WriteLine } from '#/core/log-line.ts'
import { Refusal } from '#/core/refusal.ts'
import type { Probed, ProbeView } from './api.ts'
import { probeEntry, readMissing } from './entry.ts'
import { measure, type Probeable, type ProbeWorld } from './measure.ts'
import { keptRuns, type ProbeStore, type Run } from './store.ts'
import { differing, onlyWorse, take } from './take.ts'
import { probeView } from './views.ts'

export interface ProbeServices extends ProbeWorld {
  readonly store: ProbeStore
  readonly log: Pick<AuditLog, 'append' | 'search' | 'open'>
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
  /** Undefined for one that runs in this process. */
  readonly view: (connection: string) => ProbeView | undefined
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

/** Reads what was measured before, and takes over what the log has and the store does not: a crash came between the two. */
export async function openProbes(services: ProbeServices): Promise<Probes> {
  const { store, targets, clock, log, writeLine, factDays } = services
  const known = new Map<string, Probed>()
  const logIndexes = new Map<string, number>()
  const stored = await store.readProbed()
  const last = stored.reduce((highest, { logIndex }) => Math.max(highest, logIndex), -1)
  const missing = await readMissing(log, last)
  for (const each of missing) await store.add(each, undefined)
  for (const { probed, logIndex } of [...stored, ...missing]) {
    logIndexes.set(probed.connection, logIndex)
    if (targets.get(probed.connection) === probed.target) known.set(probed.connection, probed)
  }
  /** As the log and the store have it: an entry the log did not take is written with the next probe. */
  const written = new Map(known)
  const runs = new Map<string, readonly Run[]>(await store.readRuns())
  const underWay = new Map<string, Promise<readonly string[]>>()
  const listeners: (() => void)[] = []

  const tell = (): void => {
    for (const listener of listeners) listener()
  }
  const set = (probed: Probed): void => {
    known.set(probed.connection, probed)
    tell()
  }

  const probeOnce = async (
    connection: string,
    target: string,
    by: string | undefined,
  ): Promise<readonly string[]> => {
    const measured = await measure(services.probeable(connection), services)
    const before = known.get(connection)
    const atMs = clock.now()
    const probed = take(before, measured, { connection, target, atMs, factDays })
    const changed = differing(written.get(connection), probed, atMs)
    if (changed.length > 0) {
      // What is worse serves before anything is written down; what is better once its entry is durable.
      set(onlyWorse(before, probed))
      logIndexes.set(connection, (await log.append(probeEntry(probed, changed, by))).index)
    }
    await store.add({ probed, logIndex: logIndexes.get(connection) ?? -1 }, measured.reach)
    written.set(connection, probed)
    if (measured.reach !== undefined)
      runs.set(connection, [...(runs.get(connection) ?? []), measured.reach].slice(-keptRuns))
    known.set(connection, probed)
    if (changed.length > 0) tell()
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
      targets.has(connection)
        ? probeView(connection, known.get(connection), runs.get(connection) ?? [], clock.now())
        : undefined,
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
