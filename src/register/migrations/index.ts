import type { Migration } from '#/core/database/api.ts'

const recordsAndDecisions: Migration = {
  id: 'register-001-records',
  sql: `
    CREATE TABLE record (
      kind TEXT NOT NULL,
      id TEXT NOT NULL,
      version BIGINT NOT NULL,
      body TEXT NOT NULL,
      hash TEXT NOT NULL,
      by_id TEXT NOT NULL,
      by_name TEXT NOT NULL,
      at_ms BIGINT NOT NULL,
      log_index BIGINT NOT NULL,
      PRIMARY KEY (kind, id, version)
    );
    CREATE TABLE decision (
      number BIGINT NOT NULL PRIMARY KEY,
      kind TEXT NOT NULL,
      id TEXT NOT NULL,
      version BIGINT NOT NULL,
      hash TEXT NOT NULL,
      by_id TEXT NOT NULL,
      by_name TEXT NOT NULL,
      role TEXT NOT NULL,
      verdict TEXT NOT NULL,
      reason TEXT NOT NULL,
      conditions TEXT NOT NULL,
      at_ms BIGINT NOT NULL,
      until_ms BIGINT,
      is_bootstrap SMALLINT NOT NULL,
      receipt TEXT NOT NULL,
      log_index BIGINT NOT NULL
    );
  `,
}

export const registerMigrations: readonly Migration[] = [recordsAndDecisions]
