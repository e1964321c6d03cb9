import type { Migration } from '#/core/database/api.ts'

/** `person_id` is empty for what all people together spent. `period` is a month `2026-11` or a day `2026-11-26`, in UTC. */
const spending: Migration = {
  id: 'gateway-001-spending',
  sql: `
    CREATE TABLE use_case_spent (
      use_case TEXT NOT NULL,
      person_id TEXT NOT NULL,
      period TEXT NOT NULL,
      micro_usd BIGINT NOT NULL,
      PRIMARY KEY (use_case, person_id, period)
    );
  `,
}

/** Outcomes of killed exchanges up to `entry` of the log of this origin are counted. */
const killed: Migration = {
  id: 'gateway-002-killed',
  sql: `
    CREATE TABLE killed_exchange_mark (
      log TEXT NOT NULL PRIMARY KEY,
      entry BIGINT NOT NULL
    );
  `,
}

/** Applied in this order; a released one is never edited. */
export const spendingMigrations: readonly Migration[] = [spending, killed]
