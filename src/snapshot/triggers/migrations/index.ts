import type { Migration } from '#/core/database/api.ts'

const firings: Migration = {
  id: 'snapshot-003-triggers',
  sql: `
    CREATE TABLE trigger_firing (
      id TEXT NOT NULL PRIMARY KEY,
      at_ms BIGINT NOT NULL,
      firing TEXT NOT NULL,
      is_open SMALLINT NOT NULL,
      closing TEXT,
      log_index BIGINT,
      closed_log_index BIGINT
    );
    CREATE INDEX trigger_firing_open ON trigger_firing (is_open, at_ms);
  `,
}

/** Applied in this order; a released one is never edited. */
export const triggerMigrations: readonly Migration[] = [firings]
