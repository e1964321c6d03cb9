import type { Migration } from '#/core/database/api.ts'

/** Logout tokens that signed somebody out, until they could not come again anyway. */
export const usedLogoutTokens: Migration = {
  id: 'identity-015-used-logout-tokens',
  sql: `
    CREATE TABLE used_logout_token (
      hash TEXT NOT NULL PRIMARY KEY,
      until_at BIGINT NOT NULL
    );
    CREATE INDEX used_logout_token_by_end ON used_logout_token (until_at);
  `,
}
