import type { Database, Queries, Row } from '#/core/database/api.ts'
import type { KeyBounds } from '#/core/key-bounds.ts'
import { type KeyRecord, type KeyUse, type ServiceRecord, type SpentRecord, unused } from './record.ts'

/** Keys and the applications they are for. Everything is read once at start; after that this only writes. */
export interface KeyStore {
  /** Keys that ended before `endedBefore` are left out. */
  readonly readKeys: (
    endedBefore: number,
  ) => Promise<readonly { readonly key: KeyRecord; readonly use: KeyUse }[]>
  readonly insertKey: (key: KeyRecord) => Promise<void>
  /** The new key, and the old one with its earlier end: both or neither. Children of the old one become the new one's. */
  readonly replaceKey: (replaced: KeyRecord, by: KeyRecord) => Promise<void>
  readonly revokeKey: (id: string, at: number, by: string, reason: string) => Promise<void>
  readonly deleteKeys: (ids: readonly string[]) => Promise<void>
  readonly saveUsed: (used: ReadonlyMap<string, KeyUse>) => Promise<void>
  readonly readSpent: (day: number) => Promise<readonly SpentRecord[]>
  readonly saveSpent: (spent: readonly SpentRecord[]) => Promise<void>
  readonly readServices: () => Promise<readonly ServiceRecord[]>
  /** Inserts, or replaces label and owner. */
  readonly saveService: (service: ServiceRecord) => Promise<void>
}

export const createKeyStore = (database: Database): KeyStore => ({
  readKeys: async (endedBefore) =>
    (
      await database.all<KeyRow>(
        `SELECT id, hash, person, service, use_case, bounds, label, parent, budget, replaced_by, workload,
           created_by, created_at, expires_at, revoked_at, revoked_reason, last_used_at, uses, machines
         FROM caller_key WHERE COALESCE(revoked_at, expires_at) > $1 ORDER BY created_at, id`,
        [endedBefore],
      )
    ).map((row) => ({ key: toKey(row), use: toUse(row) })),
  insertKey: (key) => insert(database, key),
  replaceKey: (replaced, by) =>
    database.transaction(async (queries) => {
      await insert(queries, by)
      await queries.run('UPDATE caller_key SET expires_at = $2, replaced_by = $3 WHERE id = $1', [
        replaced.id,
        replaced.expiresAt,
        by.id,
      ])
      await queries.run('UPDATE caller_key SET parent = $2 WHERE parent = $1', [replaced.id, by.id])
    }),
  revokeKey: async (id, at, by, reason) => {
    await database.run(
      `UPDATE caller_key SET revoked_at = $2, revoked_by = $3, revoked_reason = $4
       WHERE id = $1 AND revoked_at IS NULL`,
      [id, at, by, reason],
    )
  },
  deleteKeys: (ids) =>
    each(database, ids, (queries, id) => queries.run('DELETE FROM caller_key WHERE id = $1', [id])),
  saveUsed: (used) =>
    each(database, [...used], (queries, [id, { lastUsedAt, uses, machines }]) =>
      queries.run('UPDATE caller_key SET last_used_at = $2, uses = $3, machines = $4 WHERE id = $1', [
        id,
        lastUsedAt ?? null,
        uses,
        JSON.stringify(machines),
      ]),
    ),
  readSpent: async (day) =>
    (
      await database.all<SpentRow>('SELECT budget, day, requests, tokens FROM key_budget WHERE day = $1', [
        day,
      ])
    ).map(({ budget, ...counted }) => ({ budgetId: budget, ...counted })),
  saveSpent: (spent) =>
    each(database, spent, (queries, { budgetId, day, requests, tokens }) =>
      queries.run(
        `INSERT INTO key_budget (budget, day, requests, tokens) VALUES ($1, $2, $3, $4)
         ON CONFLICT (budget) DO UPDATE SET day = excluded.day, requests = excluded.requests,
           tokens = excluded.tokens`,
        [budgetId, day, requests, tokens],
      ),
    ),
  readServices: async () =>
    (
      await database.all<ServiceRow>(
        'SELECT id, label, owner, created_by, created_at FROM service ORDER BY created_at, id',
      )
    ).map(({ id, label, owner, created_by, created_at }) => ({
      id,
      label,
      ownerId: owner,
      createdBy: created_by,
      createdAt: created_at,
    })),
  saveService: async ({ id, label, ownerId, createdBy, createdAt }) => {
    await database.run(
      `INSERT INTO service (id, label, owner, created_by, created_at) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (id) DO UPDATE SET label = excluded.label, owner = excluded.owner`,
      [id, label, ownerId, createdBy, createdAt],
    )
  },
})

async function insert(queries: Queries, key: KeyRecord): Promise<void> {
  const { useCase, ...bounds } = key.bounds
  await queries.run(
    `INSERT INTO caller_key (id, hash, person, service, use_case, bounds, label, parent, budget, workload,
       created_by, created_at, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      key.id,
      key.hash,
      key.personId,
      key.serviceId ?? null,
      useCase ?? null,
      JSON.stringify(bounds),
      key.label ?? null,
      key.parentId ?? null,
      key.budgetId,
      key.workload ?? null,
      key.createdBy,
      key.createdAt,
      key.expiresAt,
    ],
  )
}

/** One transaction, so one wait for the disk, for any number of rows. */
async function each<T>(
  database: Database,
  items: readonly T[],
  write: (queries: Queries, item: T) => Promise<unknown>,
): Promise<void> {
  if (items.length === 0) return
  await database.transaction(async (queries) => {
    for (const item of items) await write(queries, item)
  })
}

interface KeyRow extends Row {
  readonly id: string
  readonly hash: string
  readonly person: string
  readonly service: string | null
  readonly use_case: string | null
  readonly bounds: string | null
  readonly label: string | null
  readonly parent: string | null
  readonly budget: string | null
  readonly replaced_by: string | null
  readonly workload: string | null
  readonly created_by: string
  readonly created_at: number
  readonly expires_at: number
  readonly revoked_at: number | null
  readonly revoked_reason: string | null
  readonly last_used_at: number | null
  readonly uses: number | null
  readonly machines: string | null
}

interface SpentRow extends Row {
  readonly budget: string
  readonly day: number
  readonly requests: number
  readonly tokens: number
}

interface ServiceRow extends Row {
  readonly id: string
  readonly label: string
  readonly owner: string
  readonly created_by: string
  readonly created_at: number
}

const toKey = (row: KeyRow): KeyRecord => ({
  id: row.id,
  hash: row.hash,
  personId: row.person,
  serviceId: row.service ?? undefined,
  bounds: {
    ...(row.use_case === null ? {} : { useCase: row.use_case }),
    ...(row.bounds === null ? {} : (JSON.parse(row.bounds) as KeyBounds)),
  },
  label: row.label ?? undefined,
  parentId: row.parent ?? undefined,
  budgetId: row.budget ?? row.id,
  replacedBy: row.replaced_by ?? undefined,
  workload: row.workload ?? undefined,
  createdBy: row.created_by,
  createdAt: row.created_at,
  expiresAt: row.expires_at,
  revokedAt: row.revoked_at ?? undefined,
  revokedReason: row.revoked_reason ?? undefined,
})

const toUse = (row: KeyRow): KeyUse => ({
  ...unused,
  lastUsedAt: row.last_used_at ?? undefined,
  uses: row.uses ?? 0,
  machines: row.machines === null ? [] : (JSON.parse(row.machines) as KeyUse['machines']),
})
