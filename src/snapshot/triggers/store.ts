import type { Database, Row } from '#/core/database/api.ts'
import type { Closing, Firing } from './api.ts'

/** A firing with what came of it. */
export interface StoredFiring {
  readonly firing: Firing
  /** Of its entry; undefined while the log does not have it. */
  readonly logIndex: number | undefined
  readonly closing: Closing | undefined
}

/** The only SQL about triggers. */
export interface TriggerStore {
  /** Those to look at and the newest others, so many of each at most; oldest first. */
  readonly read: (most: number) => Promise<readonly StoredFiring[]>
  readonly find: (id: string) => Promise<StoredFiring | undefined>
  /** Takes one that is there already as it is, and forgets old ones nobody has to look at. */
  readonly insert: (added: Firing, logIndex: number | undefined) => Promise<void>
  readonly close: (id: string, closing: Closing, logIndex: number) => Promise<void>
  /** The highest index of the log that is here; -1 when nothing is. */
  readonly lastLogIndex: () => Promise<number>
}

/** The log has all of them. */
const mostKept = 1_000

export const createTriggerStore = (database: Database): TriggerStore => ({
  read: async (most) => {
    const newest = (isOpen: 0 | 1) =>
      database.all<FiringRow>(
        'SELECT firing, closing, log_index FROM trigger_firing WHERE is_open = $1 ORDER BY at_ms DESC LIMIT $2',
        [isOpen, most],
      )
    const rows = [...(await newest(1)), ...(await newest(0))].map(toStored)
    return rows.sort((one, other) => one.firing.atMs - other.firing.atMs)
  },
  find: async (id) => {
    const row = await database.first<FiringRow>(
      'SELECT firing, closing, log_index FROM trigger_firing WHERE id = $1',
      [id],
    )
    return row === undefined ? undefined : toStored(row)
  },
  insert: async (added, logIndex) => {
    await database.run(
      `INSERT INTO trigger_firing (id, at_ms, firing, is_open, log_index) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (id) DO NOTHING`,
      [added.id, added.atMs, JSON.stringify(added), isToLookAt(added) ? 1 : 0, logIndex ?? null],
    )
    // The newest entry stays: a start goes on from it.
    await database.run(
      `DELETE FROM trigger_firing WHERE is_open = 0 AND id NOT IN
         (SELECT id FROM trigger_firing WHERE is_open = 0 ORDER BY at_ms DESC LIMIT $1)`,
      [mostKept],
    )
  },
  close: async (id, closing, logIndex) => {
    await database.run(
      'UPDATE trigger_firing SET is_open = 0, closing = $2, closed_log_index = $3 WHERE id = $1',
      [id, JSON.stringify(closing), logIndex],
    )
  },
  lastLogIndex: async () => {
    const row = await database.first<{ last: number | null }>(
      `SELECT MAX(log_index) AS last FROM (SELECT log_index FROM trigger_firing
         UNION ALL SELECT closed_log_index AS log_index FROM trigger_firing) AS both_indexes`,
    )
    return row?.last ?? -1
  },
})

/** Somebody has to look at it: because that is the action, or because the action could not be done. */
export const isToLookAt = ({ action, problem }: Firing): boolean =>
  action === 'review' || problem !== undefined

interface FiringRow extends Row {
  readonly firing: string
  readonly closing: string | null
  readonly log_index: number | null
}

const toStored = ({ firing, closing, log_index }: FiringRow): StoredFiring => ({
  // JSON leaves out what is undefined.
  firing: { problem: undefined, ...(JSON.parse(firing) as Omit<Firing, 'problem'>) },
  closing: closing === null ? undefined : (JSON.parse(closing) as Closing),
  logIndex: log_index ?? undefined,
})
