import type { Migration } from '#/core/database/api.ts'

/** Tools that are signed in for a person, the access tokens they hold, and refresh tokens they held before. */
export const devices: Migration = {
  id: 'identity-006-devices',
  sql: `
    CREATE TABLE device (
      id TEXT NOT NULL PRIMARY KEY,
      person TEXT NOT NULL REFERENCES person (id),
      tool TEXT NOT NULL,
      tool_name TEXT NOT NULL,
      machine TEXT,
      address TEXT NOT NULL,
      refresh_hash TEXT NOT NULL,
      created_at BIGINT NOT NULL,
      expires_at BIGINT NOT NULL,
      used_at BIGINT NOT NULL
    );
    CREATE INDEX device_by_person ON device (person);
    CREATE TABLE device_access (
      hash TEXT NOT NULL PRIMARY KEY,
      device TEXT NOT NULL REFERENCES device (id),
      expires_at BIGINT NOT NULL
    );
    CREATE INDEX device_access_by_device ON device_access (device);
    CREATE TABLE device_former (
      hash TEXT NOT NULL PRIMARY KEY,
      device TEXT NOT NULL REFERENCES device (id),
      replaced_at BIGINT NOT NULL
    );
    CREATE INDEX device_former_by_device ON device_former (device);
  `,
}
