import type { Migration } from '#/core/database/api.ts'

export const endedAndGroups: Migration = {
  id: 'identity-004-ended-and-groups',
  sql: `
    ALTER TABLE person ADD COLUMN ended_at BIGINT;
    CREATE TABLE person_group (
      person TEXT NOT NULL REFERENCES person (id),
      source TEXT NOT NULL,
      group_id TEXT NOT NULL,
      PRIMARY KEY (person, source, group_id)
    );
  `,
}
