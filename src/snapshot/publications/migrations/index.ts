import type { Migration } from '#/core/database/api.ts'

const publications: Migration = {
  id: 'snapshot-002-publications',
  sql: `
    CREATE TABLE publication (
      number BIGINT NOT NULL PRIMARY KEY,
      cause TEXT NOT NULL,
      digest TEXT NOT NULL,
      put TEXT NOT NULL,
      gone TEXT NOT NULL,
      by_id TEXT,
      by_name TEXT,
      second_id TEXT,
      second_name TEXT,
      reason TEXT NOT NULL,
      at_ms BIGINT NOT NULL,
      log_index BIGINT NOT NULL
    );
    CREATE TABLE publication_ask (
      digest TEXT NOT NULL PRIMARY KEY,
      by_id TEXT NOT NULL,
      by_name TEXT NOT NULL,
      reason TEXT NOT NULL,
      at_ms BIGINT NOT NULL
    );
  `,
}

/** Applied in this order; a released one is never edited. */
export const publicationMigrations: readonly Migration[] = [publications]
