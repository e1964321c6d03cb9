import type { Migration } from '#/core/database/api.ts'

/** What a session has at the provider it came from; `secrets` is sealed. And from when its longest life is counted. */
export const providerSessions: Migration = {
  id: 'identity-013-provider-sessions',
  sql: `
    ALTER TABLE browser_session ADD COLUMN confirmed_at BIGINT;
    CREATE TABLE provider_session (
      session TEXT NOT NULL PRIMARY KEY,
      person TEXT NOT NULL REFERENCES person (id),
      provider TEXT NOT NULL,
      issuer TEXT NOT NULL,
      subject TEXT NOT NULL,
      sid TEXT,
      secrets TEXT,
      is_renewable SMALLINT NOT NULL,
      is_in_doubt SMALLINT NOT NULL,
      asked_at BIGINT NOT NULL
    );
  `,
}
