import type { Database, Row } from '#/core/database/api.ts'

/** That a person has read a notice, by `noticeKey`, and until when that counts, in ms. */
export interface ReadNotice {
  readonly personId: string
  readonly notice: string
  readonly untilMs: number
}

/** The only SQL about notices that were read. */
export interface AcknowledgementStore {
  /** Those that end last, `most` at most. */
  readonly read: (most: number) => Promise<readonly ReadNotice[]>
  readonly put: (read: ReadNotice) => Promise<void>
  readonly forgetBefore: (nowMs: number) => Promise<void>
}

interface NoticeRow extends Row {
  readonly person_id: string
  readonly notice: string
  readonly until_ms: number
}

export const createAcknowledgementStore = (database: Database): AcknowledgementStore => ({
  read: async (most) => {
    const rows = await database.all<NoticeRow>(
      'SELECT person_id, notice, until_ms FROM read_notice ORDER BY until_ms DESC LIMIT $1',
      [most],
    )
    return rows.map((row) => ({ personId: row.person_id, notice: row.notice, untilMs: row.until_ms }))
  },
  put: async ({ personId, notice, untilMs }) => {
    await database.run(
      `INSERT INTO read_notice (person_id, notice, until_ms) VALUES ($1, $2, $3)
       ON CONFLICT (person_id, notice) DO UPDATE SET until_ms = excluded.until_ms`,
      [personId, notice, untilMs],
    )
  },
  forgetBefore: async (nowMs) => {
    await database.run('DELETE FROM read_notice WHERE until_ms <= $1', [nowMs])
  },
})
