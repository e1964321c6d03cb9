import type { Migration } from '#/core/database/api.ts'

/** Nothing stands there for people known before: they held their address when they were bound. */
export const addressHeld: Migration = {
  id: 'identity-012-address-held',
  sql: 'ALTER TABLE person ADD COLUMN email_held_at BIGINT;',
}
