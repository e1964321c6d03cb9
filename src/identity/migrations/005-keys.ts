import type { Migration } from '#/core/database/api.ts'

/** What a key is bound to, where it comes from, what it was used for; and the applications keys are made for. */
export const keyBounds: Migration = {
  id: 'identity-005-keys',
  sql: `
    CREATE TABLE service (
      id TEXT NOT NULL PRIMARY KEY,
      label TEXT NOT NULL,
      owner TEXT NOT NULL REFERENCES person (id),
      created_by TEXT NOT NULL,
      created_at BIGINT NOT NULL
    );
    ALTER TABLE caller_key ADD COLUMN service TEXT;
    ALTER TABLE caller_key ADD COLUMN bounds TEXT;
    ALTER TABLE caller_key ADD COLUMN parent TEXT;
    ALTER TABLE caller_key ADD COLUMN budget TEXT;
    ALTER TABLE caller_key ADD COLUMN replaced_by TEXT;
    ALTER TABLE caller_key ADD COLUMN workload TEXT;
    ALTER TABLE caller_key ADD COLUMN uses BIGINT;
    ALTER TABLE caller_key ADD COLUMN machines TEXT;
    CREATE TABLE key_budget (
      budget TEXT NOT NULL PRIMARY KEY,
      day BIGINT NOT NULL,
      requests BIGINT NOT NULL,
      tokens BIGINT NOT NULL
    );
  `,
}
