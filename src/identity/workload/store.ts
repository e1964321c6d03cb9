import type { Database } from '#/core/database/api.ts'

/** Tokens of platforms that gave their key, by a hash, until they have ended. */
export interface UsedTokenStore {
  readonly read: (nowMs: number) => Promise<readonly { readonly hash: string; readonly untilMs: number }[]>
  readonly insert: (hash: string, untilMs: number) => Promise<void>
  readonly remove: (hash: string) => Promise<void>
  readonly removeEnded: (nowMs: number) => Promise<void>
}

export const createUsedTokenStore = (database: Database): UsedTokenStore => ({
  read: async (nowMs) =>
    (
      await database.all<{ readonly hash: string; readonly until_at: number }>(
        'SELECT hash, until_at FROM used_workload_token WHERE until_at > $1 ORDER BY until_at',
        [nowMs],
      )
    ).map(({ hash, until_at: untilMs }) => ({ hash, untilMs })),
  insert: async (hash, untilMs) => {
    await database.run('INSERT INTO used_workload_token (hash, until_at) VALUES ($1, $2)', [hash, untilMs])
  },
  remove: async (hash) => {
    await database.run('DELETE FROM used_workload_token WHERE hash = $1', [hash])
  },
  removeEnded: async (nowMs) => {
    await database.run('DELETE FROM used_workload_token WHERE until_at <= $1', [nowMs])
  },
})
