import type { Migration } from '#/core/database/api.ts'

/**
 * Sessions get an id of their own, because their token changes. Those of before have no CSRF token and nothing that
 * says when their person signed in: they end here, and everybody signs in once more.
 */
export const renewedSessions: Migration = {
  id: 'identity-008-sessions',
  sql: `
    DROP TABLE session;
    CREATE TABLE browser_session (
      id TEXT NOT NULL PRIMARY KEY,
      person TEXT NOT NULL REFERENCES person (id),
      hash TEXT NOT NULL,
      next_hash TEXT,
      previous_hash TEXT,
      renewed_at BIGINT NOT NULL,
      csrf TEXT NOT NULL,
      created_at BIGINT NOT NULL,
      seen_at BIGINT NOT NULL,
      authenticated_at BIGINT,
      acr TEXT,
      amr TEXT NOT NULL,
      browser TEXT NOT NULL,
      network TEXT NOT NULL
    );
    CREATE INDEX browser_session_by_person ON browser_session (person);
  `,
}
