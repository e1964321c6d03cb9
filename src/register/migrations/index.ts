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
      proposed_by TEXT NOT NULL,
      proposed_at BIGINT NOT NULL,
      PRIMARY KEY (kind, id, version)
    );
    CREATE TABLE decision (
      id TEXT NOT NULL PRIMARY KEY,
      subject_kind TEXT NOT NULL,
      subject_id TEXT NOT NULL,
      hash TEXT NOT NULL,
      verdict TEXT NOT NULL,
      decided_by TEXT NOT NULL,
      decided_as TEXT,
      reason TEXT NOT NULL,
      decided_at BIGINT NOT NULL,
      ends_at BIGINT,
      is_bootstrap SMALLINT NOT NULL
    );
    CREATE INDEX decision_by_subject ON decision (subject_kind, subject_id, decided_at);
  `,
}

export const registerMigrations: readonly Migration[] = [recordsAndDecisions]
