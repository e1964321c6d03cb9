import type { Database, Row } from '#/core/database/api.ts'
import type { JsonObject } from '#/core/json.ts'
import type { PauseRecord, ScimGroup, ScimUser } from './records.ts'

/** What changes of a group. */
export interface GroupSave {
  readonly group: ScimGroup
  readonly added: readonly string[]
  readonly removed: readonly string[]
}

/** All of it is read once at start; after that this only writes, each call whole or not at all. */
export interface ScimStore {
  readonly readUsers: () => Promise<readonly ScimUser[]>
  readonly readGroups: () => Promise<readonly ScimGroup[]>
  readonly readPauses: () => Promise<readonly PauseRecord[]>
  /** Also takes a deleted one out of its groups. */
  readonly saveUser: (user: ScimUser) => Promise<void>
  readonly forgetUser: (id: string) => Promise<void>
  readonly saveGroup: (save: GroupSave) => Promise<void>
  readonly deleteGroup: (id: string) => Promise<void>
  readonly savePause: (pause: PauseRecord) => Promise<void>
}

export const createScimStore = (database: Database): ScimStore => ({
  readUsers: async () =>
    (
      await database.all<UserRow>(
        `SELECT id, client, person, body, version, created_at, changed_at, ended_here, deactivated_at, deleted_at
         FROM scim_user ORDER BY created_at, id`,
      )
    ).map(toUser),
  readGroups: async () => {
    const members = new Map<string, Set<string>>()
    for (const { group_id, user_id } of await database.all<MemberRow>(
      'SELECT group_id, user_id FROM scim_member',
    )) {
      const there = members.get(group_id)
      if (there === undefined) members.set(group_id, new Set([user_id]))
      else there.add(user_id)
    }
    const rows = await database.all<GroupRow>(
      `SELECT id, client, display_name, external_id, version, created_at, changed_at
       FROM scim_group ORDER BY created_at, id`,
    )
    return rows.map((row) => toGroup(row, members.get(row.id) ?? new Set()))
  },
  readPauses: async () =>
    (await database.all<PauseRow>('SELECT client, paused_at, open_until FROM scim_pause')).map(
      ({ client, paused_at, open_until }) => ({
        client,
        pausedAt: paused_at ?? undefined,
        openUntil: open_until,
      }),
    ),
  saveUser: (user) =>
    database.transaction(async (queries) => {
      await queries.run(
        `INSERT INTO scim_user (id, client, person, body, version, created_at, changed_at, ended_here, deactivated_at, deleted_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
         ON CONFLICT (id) DO UPDATE SET person = excluded.person, body = excluded.body, version = excluded.version,
           changed_at = excluded.changed_at, ended_here = excluded.ended_here,
           deactivated_at = excluded.deactivated_at, deleted_at = excluded.deleted_at`,
        [
          user.id,
          user.client,
          user.personId,
          JSON.stringify(user.body),
          user.version,
          user.createdAt,
          user.changedAt,
          user.isEndedHere ? 1 : 0,
          user.deactivatedAt ?? null,
          user.deletedAt ?? null,
        ],
      )
      if (user.deletedAt !== undefined)
        await queries.run('DELETE FROM scim_member WHERE user_id = $1', [user.id])
    }),
  forgetUser: async (id) => {
    await database.run('DELETE FROM scim_user WHERE id = $1', [id])
  },
  saveGroup: ({ group, added, removed }) =>
    database.transaction(async (queries) => {
      await queries.run(
        `INSERT INTO scim_group (id, client, display_name, external_id, version, created_at, changed_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (id) DO UPDATE SET display_name = excluded.display_name, external_id = excluded.external_id,
           version = excluded.version, changed_at = excluded.changed_at`,
        [
          group.id,
          group.client,
          group.displayName,
          group.externalId ?? null,
          group.version,
          group.createdAt,
          group.changedAt,
        ],
      )
      for (const user of removed)
        await queries.run('DELETE FROM scim_member WHERE group_id = $1 AND user_id = $2', [group.id, user])
      for (const user of added)
        await queries.run('INSERT INTO scim_member (group_id, user_id) VALUES ($1, $2)', [group.id, user])
    }),
  deleteGroup: (id) =>
    database.transaction(async (queries) => {
      await queries.run('DELETE FROM scim_member WHERE group_id = $1', [id])
      await queries.run('DELETE FROM scim_group WHERE id = $1', [id])
    }),
  savePause: async ({ client, pausedAt, openUntil }) => {
    await database.run(
      `INSERT INTO scim_pause (client, paused_at, open_until) VALUES ($1, $2, $3)
       ON CONFLICT (client) DO UPDATE SET paused_at = excluded.paused_at, open_until = excluded.open_until`,
      [client, pausedAt ?? null, openUntil],
    )
  },
})

interface UserRow extends Row {
  readonly id: string
  readonly client: string
  readonly person: string
  readonly body: string
  readonly version: number
  readonly created_at: number
  readonly changed_at: number
  readonly ended_here: number
  readonly deactivated_at: number | null
  readonly deleted_at: number | null
}

const toUser = (row: UserRow): ScimUser => ({
  id: row.id,
  client: row.client,
  personId: row.person,
  body: JSON.parse(row.body) as JsonObject,
  version: row.version,
  createdAt: row.created_at,
  changedAt: row.changed_at,
  isEndedHere: row.ended_here === 1,
  deactivatedAt: row.deactivated_at ?? undefined,
  deletedAt: row.deleted_at ?? undefined,
})

interface GroupRow extends Row {
  readonly id: string
  readonly client: string
  readonly display_name: string
  readonly external_id: string | null
  readonly version: number
  readonly created_at: number
  readonly changed_at: number
}

const toGroup = (row: GroupRow, members: ReadonlySet<string>): ScimGroup => ({
  id: row.id,
  client: row.client,
  displayName: row.display_name,
  externalId: row.external_id ?? undefined,
  members,
  version: row.version,
  createdAt: row.created_at,
  changedAt: row.changed_at,
})

interface MemberRow extends Row {
  readonly group_id: string
  readonly user_id: string
}

interface PauseRow extends Row {
  readonly client: string
  readonly paused_at: number | null
  readonly open_until: number
}
