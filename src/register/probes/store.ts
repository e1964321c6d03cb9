import type { Database, Row } from '#/core/database/api.ts'
import type { Probed, ReachMeasured } from './api.ts'

/** One probe that counts for availability. */
export type Run = Pick<ReachMeasured, 'isAvailable' | 'latencyMs'>

/** Availability is told over so many probes: four days of hourly ones. */
export const keptRuns = 100

/** What is known of a connection, with the index of the last entry about it in the log; -1 when there is none. */
export interface StoredProbed {
  readonly probed: Probed
  readonly logIndex: number
}

/** The only SQL about probes. */
export interface ProbeStore {
  readonly readProbed: () => Promise<readonly StoredProbed[]>
  /** Of every connection, oldest first. */
  readonly readRuns: () => Promise<ReadonlyMap<string, readonly Run[]>>
  /** What is known now in place of what was, and one more run; the oldest beyond `keptRuns` is forgotten. */
  readonly add: (stored: StoredProbed, run: Run | undefined) => Promise<void>
}

export const createProbeStore = (database: Database): ProbeStore => ({
  readProbed: async () =>
    (await database.all<{ body: string }>('SELECT body FROM probed ORDER BY connection')).map(
      ({ body }) => JSON.parse(body) as StoredProbed,
    ),
  readRuns: async () => {
    const rows = await database.all<RunRow>(
      'SELECT connection, is_available, latency_ms FROM probe_run ORDER BY connection, number',
    )
    const runs = new Map<string, Run[]>()
    for (const { connection, is_available, latency_ms } of rows) {
      const ofOne = runs.get(connection) ?? []
      runs.set(connection, ofOne)
      ofOne.push({ isAvailable: is_available === 1, latencyMs: latency_ms ?? undefined })
    }
    return runs
  },
  add: (stored, run) =>
    database.transaction(async (queries) => {
      const { connection, atMs } = stored.probed
      await queries.run(
        `INSERT INTO probed (connection, at_ms, body) VALUES ($1, $2, $3)
         ON CONFLICT (connection) DO UPDATE SET at_ms = excluded.at_ms, body = excluded.body`,
        [connection, atMs, JSON.stringify(stored)],
      )
      if (run === undefined) return
      const newest = await queries.first<{ newest: number | null }>(
        'SELECT MAX(number) AS newest FROM probe_run WHERE connection = $1',
        [connection],
      )
      const number = (newest?.newest ?? 0) + 1
      await queries.run(
        'INSERT INTO probe_run (connection, number, is_available, latency_ms) VALUES ($1, $2, $3, $4)',
        [connection, number, run.isAvailable ? 1 : 0, run.latencyMs ?? null],
      )
      await queries.run('DELETE FROM probe_run WHERE connection = $1 AND number <= $2', [
        connection,
        number - keptRuns,
      ])
    }),
})

interface RunRow extends Row {
  readonly connection: string
  readonly is_available: number
  readonly latency_ms: number | null
}
