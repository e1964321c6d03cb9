import type { Database, Row } from '#/core/database/api.ts'
import type { DrillReport, Release, Switch, SwitchScope } from './api.ts'

/** A switch with what came of it. */
export interface StoredSwitch {
  readonly switch: Switch
  /** Of its entry; undefined while the log does not have it. */
  readonly logIndex: number | undefined
  /** When it was released, or a drill ended; undefined while it was not. */
  readonly overAtMs: number | undefined
  readonly release: Release | undefined
  readonly report: DrillReport | undefined
}

/** The only SQL about switches. */
export interface SwitchStore {
  /** Those nobody released, oldest first, and the newest of the others. */
  readonly read: (mostPast: number) => Promise<readonly StoredSwitch[]>
  /** Takes a switch that is there already as it is. */
  readonly insert: (added: Switch) => Promise<void>
  readonly setLogIndex: (id: string, logIndex: number) => Promise<void>
  readonly end: (
    id: string,
    over: Pick<StoredSwitch, 'release' | 'report'> & {
      readonly atMs: number
      /** Of the entry of its release; undefined when it has none. */
      readonly logIndex: number | undefined
    },
  ) => Promise<void>
  /** The highest index of the log that is here; -1 when nothing is. */
  readonly lastLogIndex: () => Promise<number>
}

const columns = `id, scope, target, reason, by_id, by_name, at_ms, until_ms, is_drill, log_index, over_at_ms,
  released_by_id, released_by_name, released_reason, report`

export const createSwitchStore = (database: Database): SwitchStore => ({
  read: async (mostPast) => {
    const standing = await database.all<SwitchRow>(
      `SELECT ${columns} FROM stop_switch WHERE over_at_ms IS NULL ORDER BY at_ms`,
    )
    const past = await database.all<SwitchRow>(
      `SELECT ${columns} FROM stop_switch WHERE over_at_ms IS NOT NULL ORDER BY over_at_ms DESC LIMIT $1`,
      [mostPast],
    )
    return [...standing, ...past.toReversed()].map(toStored)
  },
  insert: async ({ id, scope, target, reason, by, atMs, untilMs, isDrill }) => {
    await database.run(
      `INSERT INTO stop_switch (id, scope, target, reason, by_id, by_name, at_ms, until_ms, is_drill)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (id) DO NOTHING`,
      [id, scope, target, reason, by.id, by.name, atMs, untilMs ?? null, isDrill ? 1 : 0],
    )
  },
  setLogIndex: async (id, logIndex) => {
    await database.run('UPDATE stop_switch SET log_index = $2 WHERE id = $1', [id, logIndex])
  },
  end: async (id, { atMs, release, report, logIndex }) => {
    await database.run(
      `UPDATE stop_switch SET over_at_ms = $2, released_by_id = $3, released_by_name = $4, released_reason = $5,
         report = $6, over_log_index = $7
       WHERE id = $1`,
      [
        id,
        atMs,
        release?.by.id ?? null,
        release?.by.name ?? null,
        release?.reason ?? null,
        report === undefined ? null : JSON.stringify(report),
        logIndex ?? null,
      ],
    )
  },
  lastLogIndex: async () => {
    const row = await database.first<{ last: number | null }>(
      `SELECT MAX(log_index) AS last FROM (SELECT log_index FROM stop_switch
         UNION ALL SELECT over_log_index AS log_index FROM stop_switch) AS both_indexes`,
    )
    return row?.last ?? -1
  },
})

interface SwitchRow extends Row {
  readonly id: string
  readonly scope: string
  readonly target: string
  readonly reason: string
  readonly by_id: string
  readonly by_name: string
  readonly at_ms: number
  readonly until_ms: number | null
  readonly is_drill: number
  readonly log_index: number | null
  readonly over_at_ms: number | null
  readonly released_by_id: string | null
  readonly released_by_name: string | null
  readonly released_reason: string | null
  readonly report: string | null
}

const toStored = (row: SwitchRow): StoredSwitch => ({
  switch: {
    id: row.id,
    scope: row.scope as SwitchScope,
    target: row.target,
    reason: row.reason,
    by: { id: row.by_id, name: row.by_name },
    atMs: row.at_ms,
    untilMs: row.until_ms ?? undefined,
    isDrill: row.is_drill === 1,
  },
  logIndex: row.log_index ?? undefined,
  overAtMs: row.over_at_ms ?? undefined,
  release:
    row.released_by_id === null || row.over_at_ms === null
      ? undefined
      : {
          by: { id: row.released_by_id, name: row.released_by_name ?? '' },
          atMs: row.over_at_ms,
          reason: row.released_reason ?? '',
        },
  report: row.report === null ? undefined : (JSON.parse(row.report) as DrillReport),
})
