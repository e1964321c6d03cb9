import type { Migration } from '#/core/database/api.ts'
import { endedAndGroups } from './004-ended-and-groups.ts'
import { keyBounds } from './005-keys.ts'
import { devices } from './006-devices.ts'
import { scim } from './007-scim.ts'
import { renewedSessions } from './008-sessions.ts'
import { grants } from './009-grants.ts'
import { addressHeld } from './012-address-held.ts'
import { providerSessions } from './013-provider-sessions.ts'
import { usedWorkloadTokens } from './014-used-workload-tokens.ts'
import { usedLogoutTokens } from './015-used-logout-tokens.ts'

const people: Migration = {
  id: 'identity-001-people',
  sql: `
    CREATE TABLE person (
      id TEXT NOT NULL PRIMARY KEY,
      issuer TEXT NOT NULL,
      subject TEXT,
      email TEXT NOT NULL,
      is_email_verified SMALLINT NOT NULL,
      name TEXT NOT NULL,
      created_at BIGINT NOT NULL,
      bound_at BIGINT,
      signed_in_at BIGINT
    );
    CREATE UNIQUE INDEX person_by_subject ON person (issuer, subject) WHERE subject IS NOT NULL;
    CREATE UNIQUE INDEX person_pending ON person (issuer, email) WHERE subject IS NULL;
    CREATE TABLE role_grant (
      person TEXT NOT NULL REFERENCES person (id),
      role TEXT NOT NULL,
      granted_by TEXT NOT NULL,
      granted_at BIGINT NOT NULL,
      PRIMARY KEY (person, role)
    );
  `,
}

const sessions: Migration = {
  id: 'identity-002-sessions',
  sql: `
    CREATE TABLE session (
      hash TEXT NOT NULL PRIMARY KEY,
      person TEXT NOT NULL REFERENCES person (id),
      created_at BIGINT NOT NULL,
      seen_at BIGINT NOT NULL
    );
    CREATE INDEX session_by_person ON session (person);
  `,
}

const keys: Migration = {
  id: 'identity-003-keys',
  sql: `
    CREATE TABLE caller_key (
      id TEXT NOT NULL PRIMARY KEY,
      hash TEXT NOT NULL,
      person TEXT NOT NULL REFERENCES person (id),
      use_case TEXT,
      label TEXT,
      created_by TEXT NOT NULL,
      created_at BIGINT NOT NULL,
      expires_at BIGINT NOT NULL,
      revoked_at BIGINT,
      revoked_by TEXT,
      revoked_reason TEXT,
      last_used_at BIGINT
    );
    CREATE UNIQUE INDEX caller_key_by_hash ON caller_key (hash);
    CREATE INDEX caller_key_by_person ON caller_key (person);
  `,
}

/** Applied in this order; a released one is never edited. */
export const identityMigrations: readonly Migration[] = [
  people,
  sessions,
  keys,
  endedAndGroups,
  keyBounds,
  devices,
  scim,
  renewedSessions,
  grants,
  addressHeld,
  providerSessions,
  usedWorkloadTokens,
  usedLogoutTokens,
]
