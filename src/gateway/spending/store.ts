import type { Database, Row } from '#/core/database/api.ts'

/** What was spent under a use case in a period: by one person, or by all where `personId` is empty. */
export interface SpentRow {
  readonly useCase: string
  readonly personId: string
  /** `2026-11` or `2026-11-26`. */
  readonly period: string
  readonly microUsd: number
}

/** Up to which entry of a log what was killed is counted. */
export interface KilledMark {
  /** The origin of the log. */
  readonly log: string
  readonly entry: number
}

/** The only SQL about what use cases spend. */
export interface SpendingStore {
  readonly read: (periods: readonly [month: string, day: string]) => Promise<readonly SpentRow[]>
  /** All of it or nothing. */
  readonly put: (rows: readonly SpentRow[], mark?: KilledMark) => Promise<void>
  /** The entry of the mark of a log; undefined where there is none. */
  readonly readMark: (log: string) => Promise<number | undefined>
  /** Rows of months before this one. */
  readonly forgetBefore: (month: string) => Promise<void>
}

interface StoredRow extends Row {
  readonly use_case: string
  readonly person_id: string
  readonly period: string
  readonly micro_usd: number
}

interface MarkRow extends Row {
  readonly entry: number
}

export const createSpendingStore = (database: Database): SpendingStore => ({
  read: async (periods) => {
    const rows = await database.all<StoredRow>(
      'SELECT use_case, person_id, period, micro_usd FROM use_case_spent WHERE period IN ($1, $2)',
      periods,
    )
    return rows.map((row) => ({
      useCase: row.use_case,
      personId: row.person_id,
      period: row.period,
      microUsd: row.micro_usd,
    }))
  },
  put: (rows, mark) =>
    database.transaction(async (queries) => {
      for (const { useCase, personId, period, microUsd } of rows)
        await queries.run(
          `INSERT INTO use_case_spent (use_case, person_id, period, micro_usd) VALUES ($1, $2, $3, $4)
           ON CONFLICT (use_case, person_id, period) DO UPDATE SET micro_usd = excluded.micro_usd`,
          [useCase, personId, period, microUsd],
        )
      if (mark !== undefined)
        await queries.run(
          `INSERT INTO killed_exchange_mark (log, entry) VALUES ($1, $2)
           ON CONFLICT (log) DO UPDATE SET entry = excluded.entry`,
          [mark.log, mark.entry],
        )
    }),
  readMark: async (log) => {
    const [row] = await database.all<MarkRow>('SELECT entry FROM killed_exchange_mark WHERE log = $1', [log])
    return row?.entry
  },
  forgetBefore: async (month) => {
    await database.run('DELETE FROM use_case_spent WHERE period < $1', [month])
  },
})
