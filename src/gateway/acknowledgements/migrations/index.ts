import type { Migration } from '#/core/database/api.ts'

const acknowledgements: Migration = {
  id: 'acknowledgements-001-read-notices',
  sql: `
    CREATE TABLE read_notice (
      person_id TEXT NOT NULL,
      notice TEXT NOT NULL,
      until_ms BIGINT NOT NULL,
      PRIMARY KEY (person_id, notice)
    );
    CREATE INDEX read_notice_by_end ON read_notice (until_ms);
  `,
}

export const acknowledgementMigrations: readonly Migration[] = [acknowledgements]
