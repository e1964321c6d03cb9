import type { Migration } from '#/core/database/api.ts'

/** Tokens of platforms that count once, and did. */
export const usedWorkloadTokens: Migration = {
  id: 'identity-014-used-workload-tokens',
  sql: `
    CREATE TABLE used_workload_token (
      hash TEXT NOT NULL PRIMARY KEY,
      until_at BIGINT NOT NULL
    );
    CREATE INDEX used_workload_token_by_end ON used_workload_token (until_at);
  `,
}
