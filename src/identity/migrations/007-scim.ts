import type { Migration } from '#/core/database/api.ts'

export const scim: Migration = {
  id: 'identity-007-scim',
  sql: `
    CREATE TABLE scim_user (
      id TEXT NOT NULL PRIMARY KEY,
      client TEXT NOT NULL,
      person TEXT NOT NULL REFERENCES person (id),
      body TEXT NOT NULL,
      version BIGINT NOT NULL,
      created_at BIGINT NOT NULL,
      changed_at BIGINT NOT NULL,
      ended_here SMALLINT NOT NULL,
      deactivated_at BIGINT,
      deleted_at BIGINT
    );
    CREATE TABLE scim_group (
      id TEXT NOT NULL PRIMARY KEY,
      client TEXT NOT NULL,
      display_name TEXT NOT NULL,
      external_id TEXT,
      version BIGINT NOT NULL,
      created_at BIGINT NOT NULL,
      changed_at BIGINT NOT NULL
    );
    CREATE TABLE scim_member (
      group_id TEXT NOT NULL REFERENCES scim_group (id),
      user_id TEXT NOT NULL REFERENCES scim_user (id),
      PRIMARY KEY (group_id, user_id)
    );
    CREATE INDEX scim_member_by_user ON scim_member (user_id);
    CREATE TABLE scim_pause (
      client TEXT NOT NULL PRIMARY KEY,
      paused_at BIGINT,
      open_until BIGINT NOT NULL
    );
  `,
}
