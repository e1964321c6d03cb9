import type { Database, Row } from '#/core/database/api.ts'

/** A legal hold: while it is in force, nothing of whom it covers is erased. */
export interface Hold {
  readonly id: string
  /** Undefined covers everybody. */
  readonly personId: string | undefined
  readonly reason: string
  readonly by: string
  readonly beganMs: number
  /** When it ends by itself. */
  readonly untilMs: number | undefined
  readonly ended: { readonly atMs: number; readonly by: string; readonly why: string } | undefined
}

export interface HoldStore {
  /** All there ever were, oldest first. */
  readonly readHolds: () => Promise<readonly Hold[]>
  readonly add: (hold: Hold) => Promise<void>
  /** False when there is none of this id, or it has ended. */
  readonly end: (id: string, ended: NonNullable<Hold['ended']>) => Promise<boolean>
}

export const createHoldStore = (database: Database): HoldStore => ({
  readHolds: async () =>
    (
      await database.all<HoldRow>(
        `SELECT id, person_id, reason, by_name, began_ms, until_ms, ended_ms, ended_by, ended_why
         FROM legal_hold ORDER BY began_ms, id`,
      )
    ).map(toHold),
  add: async ({ id, personId, reason, by, beganMs, untilMs }) => {
    await database.run(
      `INSERT INTO legal_hold (id, person_id, reason, by_name, began_ms, until_ms)
       VALUES ($1, $2, $3, $4, $5, $6)`,
      [id, personId ?? null, reason, by, beganMs, untilMs ?? null],
    )
  },
  end: async (id, { atMs, by, why }) => {
    const changed = await database.run(
      `UPDATE legal_hold SET ended_ms = $2, ended_by = $3, ended_why = $4 WHERE id = $1 AND ended_ms IS NULL`,
      [id, atMs, by, why],
    )
    return changed === 1
  },
})

interface HoldRow extends Row {
  readonly id: string
  readonly person_id: string | null
  readonly reason: string
  readonly by_name: string
  readonly began_ms: number
  readonly until_ms: number | null
  readonly ended_ms: number | null
  readonly ended_by: string | null
  readonly ended_why: string | null
}

const toHold = (row: HoldRow): Hold => ({
  id: row.id,
  personId: row.person_id ?? undefined,
  reason: row.reason,
  by: row.by_name,
  beganMs: row.began_ms,
  untilMs: row.until_ms ?? undefined,
  ended:
    row.ended_ms === null
      ? undefined
      : { atMs: row.ended_ms, by: row.ended_by ?? '', why: row.ended_why ?? '' },
})
