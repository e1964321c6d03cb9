import type { Migration } from '#/core/database/api.ts'

const readings: Migration = {
  id: 'reading-001-readings',
  sql: `
    CREATE TABLE reading (
      id TEXT NOT NULL PRIMARY KEY,
      by_id TEXT NOT NULL,
      by_name TEXT NOT NULL,
      by_issuer TEXT,
      by_subject TEXT,
      role TEXT,
      reason TEXT NOT NULL,
      scope TEXT NOT NULL,
      concerns TEXT NOT NULL,
      asked_at_ms BIGINT NOT NULL,
      until_ms BIGINT NOT NULL,
      log_index BIGINT NOT NULL
    );
    CREATE TABLE reading_decision (
      log_index BIGINT NOT NULL PRIMARY KEY,
      reading TEXT NOT NULL REFERENCES reading (id),
      by_id TEXT NOT NULL,
      by_name TEXT NOT NULL,
      by_issuer TEXT,
      by_subject TEXT,
      role TEXT NOT NULL,
      verdict TEXT NOT NULL,
      reason TEXT NOT NULL,
      at_ms BIGINT NOT NULL
    );
    CREATE TABLE reading_end (
      reading TEXT NOT NULL PRIMARY KEY REFERENCES reading (id),
      by_id TEXT NOT NULL,
      by_name TEXT NOT NULL,
      by_issuer TEXT,
      by_subject TEXT,
      at_ms BIGINT NOT NULL,
      log_index BIGINT NOT NULL
    );
    CREATE TABLE reading_opening (
      log_index BIGINT NOT NULL PRIMARY KEY,
      reading TEXT NOT NULL REFERENCES reading (id),
      entry_index BIGINT NOT NULL,
      person_id TEXT,
      by_id TEXT NOT NULL,
      by_name TEXT NOT NULL,
      by_issuer TEXT,
      by_subject TEXT,
      at_ms BIGINT NOT NULL
    );
    CREATE INDEX reading_opening_by_person ON reading_opening (person_id, reading);
    CREATE TABLE reading_notice (
      reading TEXT NOT NULL REFERENCES reading (id),
      person_id TEXT NOT NULL,
      at_ms BIGINT NOT NULL,
      log_index BIGINT NOT NULL,
      PRIMARY KEY (reading, person_id)
    );
    CREATE INDEX reading_notice_by_person ON reading_notice (person_id);
  `,
}

export const readingMigrations: readonly Migration[] = [readings]
