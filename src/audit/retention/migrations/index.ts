import type { Migration } from '#/core/database/api.ts'

const holds: Migration = {
  id: 'retention-001-holds',
  sql: `
    CREATE TABLE legal_hold (
      id TEXT NOT NULL PRIMARY KEY,
      person_id TEXT,
      reason TEXT NOT NULL,
      by_name TEXT NOT NULL,
      began_ms BIGINT NOT NULL,
      until_ms BIGINT,
      ended_ms BIGINT,
      ended_by TEXT,
      ended_why TEXT
    );
  `,
}

/** Never edited after release: a change is a new step at the end. */
export const retentionMigrations: readonly Migration[] = [holds]
