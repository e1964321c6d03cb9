import type { Database } from '#/core/database/api.ts'

/** Tokens that count once and did, by a hash, until they have ended: of platforms that gave their key, or logout tokens. */
export interface UsedTokenStore {
  readonly read: (nowMs: number) => Promise<readonly { readonly hash: string; readonly untilMs: number }[]>
  readonly insert: (hash: string, untilMs: number) => Promise<void>
  readonly remove: (hash: string) => Promise<void>
  readonly removeEnded: (nowMs: number) => Promise<void>
}

export const createUsedTokenStore = (
  database: Database,
  table: 'used_workload_token' | 'used_logout_token',
): UsedTokenStore => ({
  read: async (nowMs) =>
    (
      await database.all<{ readonly hash: string; readonly until_at: number }>(
        `SELECT hash, until_at FROM ${table} WHERE until_at > $1 ORDER BY until_at`,
        [nowMs],
      )
    ).map(({ hash, until_at: untilMs }) => ({ hash, untilMs })),
  insert: async (hash, untilMs) => {
    await database.run(`INSERT INTO ${table} (hash, until_at) VALUES ($1, $2)`, [hash, untilMs])
  },
  remove: async (hash) => {
    await database.run(`DELETE FROM ${table} WHERE hash = $1`, [hash])
  },
  removeEnded: async (nowMs) => {
    await database.run(`DELETE FROM ${table} WHERE until_at <= $1`, [nowMs])
  },
})
