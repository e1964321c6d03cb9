import type { Migration } from '#/core/database/api.ts'

/** Roles that were granted without an end get one: 90 days from then on. */
export const grants: Migration = {
  id: 'identity-009-grants',
  sql: `
    CREATE TABLE access_grant (
      id TEXT NOT NULL PRIMARY KEY,
      effect TEXT NOT NULL,
      what TEXT NOT NULL,
      target TEXT NOT NULL,
      person TEXT REFERENCES person (id),
      group_id TEXT,
      reason TEXT NOT NULL,
      made_by TEXT NOT NULL,
      made_at BIGINT NOT NULL,
      until_ms BIGINT,
      ended_at BIGINT,
      ended_by TEXT
    );
    CREATE INDEX access_grant_in_force ON access_grant (made_at) WHERE ended_at IS NULL;
    INSERT INTO access_grant (id, effect, what, target, person, reason, made_by, made_at, until_ms)
      SELECT 'grant_' || person || '_' || role, 'allow', 'role', role, person, 'from before grants ended',
        granted_by, granted_at, granted_at + 7776000000
      FROM role_grant;
    DROP TABLE role_grant;
    CREATE TABLE access_request (
      id TEXT NOT NULL PRIMARY KEY,
      what TEXT NOT NULL,
      target TEXT NOT NULL,
      person TEXT NOT NULL REFERENCES person (id),
      asked_by TEXT NOT NULL,
      reason TEXT NOT NULL,
      days BIGINT NOT NULL,
      asked_at BIGINT NOT NULL,
      verdict TEXT,
      decided_by TEXT,
      decided_at BIGINT,
      decided_reason TEXT
    );
    CREATE INDEX access_request_by_time ON access_request (asked_at);
    CREATE TABLE access_use (
      person TEXT NOT NULL REFERENCES person (id),
      what TEXT NOT NULL,
      target TEXT NOT NULL,
      since_day BIGINT NOT NULL,
      last_day BIGINT,
      uses BIGINT NOT NULL,
      PRIMARY KEY (person, what, target)
    );
  `,
}
