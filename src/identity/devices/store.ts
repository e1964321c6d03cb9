import type { Database, Row } from '#/core/database/api.ts'

/** A tool on a machine that is signed in for a person. Its tokens are stored as SHA-256, never as they are. */
export interface DeviceRecord {
  readonly id: string
  readonly personId: string
  /** What the log calls it, and what people read. */
  readonly tool: string
  readonly toolName: string
  readonly machine: string | undefined
  /** Where it was started from. */
  readonly address: string
  readonly refreshHash: string
  readonly createdAt: number
  /** Until then it can be refreshed; after that a person signs in again. */
  readonly expiresAt: number
  readonly usedAt: number
}

export interface AccessRecord {
  readonly hash: string
  readonly deviceId: string
  readonly expiresAt: number
}

/** Everything that is an ended device's goes with it. */
export interface DeviceStore {
  /** Those that have not ended by `now`; the others are removed. */
  readonly readDevices: (now: number) => Promise<readonly DeviceRecord[]>
  readonly readAccess: () => Promise<readonly AccessRecord[]>
  readonly insert: (device: DeviceRecord, access: AccessRecord) => Promise<void>
  /** Another refresh token; the one before is remembered, so that whoever uses it again is found out. */
  readonly rotate: (rotated: {
    readonly deviceId: string
    readonly formerHash: string
    readonly refreshHash: string
    readonly access: AccessRecord
    readonly now: number
  }) => Promise<void>
  /** The device a refresh token was of before it was replaced. */
  readonly findFormer: (hash: string) => Promise<string | undefined>
  readonly remove: (deviceIds: readonly string[]) => Promise<void>
  readonly saveUsed: (used: ReadonlyMap<string, number>) => Promise<void>
}

/** Refresh tokens of a device that are remembered: one an hour is 720 in the 30 days it lives. */
const formerKept = 1_000

export const createDeviceStore = (database: Database): DeviceStore => ({
  readDevices: (now) =>
    database.transaction(async (queries) => {
      for (const table of ['device_access', 'device_former'])
        await queries.run(
          `DELETE FROM ${table} WHERE device IN (SELECT id FROM device WHERE expires_at <= $1)`,
          [now],
        )
      await queries.run('DELETE FROM device_access WHERE expires_at <= $1', [now])
      await queries.run('DELETE FROM device WHERE expires_at <= $1', [now])
      const rows = await queries.all<DeviceRow>(
        `SELECT id, person, tool, tool_name, machine, address, refresh_hash, created_at, expires_at, used_at
         FROM device ORDER BY used_at, id`,
      )
      return rows.map(toDevice)
    }),
  readAccess: async () =>
    (
      await database.all<AccessRow>(
        'SELECT hash, device, expires_at FROM device_access ORDER BY expires_at, hash',
      )
    ).map(({ hash, device, expires_at }) => ({ hash, deviceId: device, expiresAt: expires_at })),
  insert: (device, access) =>
    database.transaction(async (queries) => {
      await queries.run(
        `INSERT INTO device (id, person, tool, tool_name, machine, address, refresh_hash, created_at, expires_at, used_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
        [
          device.id,
          device.personId,
          device.tool,
          device.toolName,
          device.machine ?? null,
          device.address,
          device.refreshHash,
          device.createdAt,
          device.expiresAt,
          device.usedAt,
        ],
      )
      await queries.run('INSERT INTO device_access (hash, device, expires_at) VALUES ($1, $2, $3)', [
        access.hash,
        access.deviceId,
        access.expiresAt,
      ])
    }),
  rotate: ({ deviceId, formerHash, refreshHash, access, now }) =>
    database.transaction(async (queries) => {
      await queries.run('UPDATE device SET refresh_hash = $2 WHERE id = $1', [deviceId, refreshHash])
      await queries.run('INSERT INTO device_former (hash, device, replaced_at) VALUES ($1, $2, $3)', [
        formerHash,
        deviceId,
        now,
      ])
      await queries.run(
        `DELETE FROM device_former WHERE device = $1 AND hash NOT IN
           (SELECT hash FROM device_former WHERE device = $1 ORDER BY replaced_at DESC, hash LIMIT ${formerKept})`,
        [deviceId],
      )
      await queries.run('DELETE FROM device_access WHERE device = $1 AND expires_at <= $2', [deviceId, now])
      await queries.run('INSERT INTO device_access (hash, device, expires_at) VALUES ($1, $2, $3)', [
        access.hash,
        deviceId,
        access.expiresAt,
      ])
    }),
  findFormer: async (hash) =>
    (await database.first<{ device: string }>('SELECT device FROM device_former WHERE hash = $1', [hash]))
      ?.device,
  remove: async (deviceIds) => {
    if (deviceIds.length === 0) return
    await database.transaction(async (queries) => {
      for (const id of deviceIds) {
        await queries.run('DELETE FROM device_access WHERE device = $1', [id])
        await queries.run('DELETE FROM device_former WHERE device = $1', [id])
        await queries.run('DELETE FROM device WHERE id = $1', [id])
      }
    })
  },
  saveUsed: async (used) => {
    if (used.size === 0) return
    await database.transaction(async (queries) => {
      for (const [id, at] of used) await queries.run('UPDATE device SET used_at = $2 WHERE id = $1', [id, at])
    })
  },
})

interface DeviceRow extends Row {
  readonly id: string
  readonly person: string
  readonly tool: string
  readonly tool_name: string
  readonly machine: string | null
  readonly address: string
  readonly refresh_hash: string
  readonly created_at: number
  readonly expires_at: number
  readonly used_at: number
}

const toDevice = (row: DeviceRow): DeviceRecord => ({
  id: row.id,
  personId: row.person,
  tool: row.tool,
  toolName: row.tool_name,
  machine: row.machine ?? undefined,
  address: row.address,
  refreshHash: row.refresh_hash,
  createdAt: row.created_at,
  expiresAt: row.expires_at,
  usedAt: row.used_at,
})

interface AccessRow extends Row {
  readonly hash: string
  readonly device: string
  readonly expires_at: number
}
