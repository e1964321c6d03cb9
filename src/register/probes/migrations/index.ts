import type { Migration } from '#/core/database/api.ts'

const probes: Migration = {
  id: 'register-002-probes',
  sql: `
    CREATE TABLE probed (
      connection TEXT NOT NULL PRIMARY KEY,
      at_ms BIGINT NOT NULL,
      body TEXT NOT NULL
    );
    CREATE TABLE probe_run (
      connection TEXT NOT NULL,
      number BIGINT NOT NULL,
      is_available SMALLINT NOT NULL,
      latency_ms BIGINT,
      PRIMARY KEY (connection, number)
    );
  `,
}

/** Applied in this order; a released one is never edited. */
export const probeMigrations: readonly Migration[] = [probes]
