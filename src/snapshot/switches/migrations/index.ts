import type { Migration } from '#/core/database/api.ts'

const switches: Migration = {
  id: 'snapshot-001-switches',
  sql: `
    CREATE TABLE stop_switch (
      id TEXT NOT NULL PRIMARY KEY,
      scope TEXT NOT NULL,
      target TEXT NOT NULL,
      reason TEXT NOT NULL,
      by_id TEXT NOT NULL,
      by_name TEXT NOT NULL,
      at_ms BIGINT NOT NULL,
      until_ms BIGINT,
      is_drill SMALLINT NOT NULL,
      log_index BIGINT,
      over_at_ms BIGINT,
      over_log_index BIGINT,
      released_by_id TEXT,
      released_by_name TEXT,
      released_reason TEXT,
      report TEXT
    );
    CREATE INDEX stop_switch_over ON stop_switch (over_at_ms);
  `,
}

/** Applied in this order; a released one is never edited. */
export const switchMigrations: readonly Migration[] = [switches]
