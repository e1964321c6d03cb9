import type { Database, Row } from '#/core/database/api.ts'
import type { Grant, GrantEnd, TargetKind } from './api.ts'

/** A request as stored. Its state is worked out: `verdict` is what somebody decided, or the asker took back. */
export interface RequestRecord {
  readonly id: string
  readonly what: 'role' | 'use-case'
  readonly target: string
  readonly personId: string
  /** A person's id, or what asked. */
  readonly by: string
  readonly reason: string
  readonly days: number
  readonly atMs: number
  readonly decision: RequestDecision | undefined
}

export interface RequestDecision {
  readonly verdict: 'approved' | 'declined' | 'withdrawn'
  readonly by: string
  readonly atMs: number
  readonly reason: string
}

/** Uses of one thing a person has. Days are those since 1970, UTC. */
export interface UseRecord {
  readonly personId: string
  readonly what: 'role' | 'use-case'
  readonly target: string
  /** When it was first seen, or given again. */
  readonly sinceDay: number
  readonly lastDay: number | undefined
  readonly count: number
}

export interface AccessStore {
  /** Those nobody ended, also when their date has passed. */
  readonly readGrants: () => Promise<readonly Grant[]>
  readonly insertGrant: (grant: Grant) => Promise<void>
  readonly endGrant: (end: GrantEnd) => Promise<void>
  readonly readRequests: (sinceMs: number) => Promise<readonly RequestRecord[]>
  readonly insertRequest: (request: RequestRecord) => Promise<void>
  readonly decideRequest: (id: string, decision: RequestDecision) => Promise<void>
  /** Adds to what is there; `sinceDay` counts only where nothing is. */
  readonly addUses: (uses: readonly UseRecord[]) => Promise<void>
  /** From now on unused, since this day: it was gone and is there again. */
  readonly beginUses: (uses: readonly UseRecord[]) => Promise<void>
  readonly readUses: () => Promise<readonly UseRecord[]>
}

export const createAccessStore = (database: Database): AccessStore => ({
  ...grantStore(database),
  ...requestStore(database),
  ...useStore(database),
})

const grantStore = (database: Database): Pick<AccessStore, 'readGrants' | 'insertGrant' | 'endGrant'> => ({
  readGrants: async () =>
    (
      await database.all<GrantRow>(
        `SELECT id, effect, what, target, person, group_id, reason, made_by, made_at, until_ms
         FROM access_grant WHERE ended_at IS NULL ORDER BY made_at, id`,
      )
    ).map(toGrant),
  insertGrant: async (grant) => {
    await database.run(
      `INSERT INTO access_grant (id, effect, what, target, person, group_id, reason, made_by, made_at, until_ms)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        grant.id,
        grant.effect,
        grant.what,
        grant.target,
        grant.person ?? null,
        grant.group ?? null,
        grant.reason,
        grant.by,
        grant.atMs,
        grant.untilMs ?? null,
      ],
    )
  },
  endGrant: async ({ id, atMs, by }) => {
    await database.run(
      'UPDATE access_grant SET ended_at = $2, ended_by = $3 WHERE id = $1 AND ended_at IS NULL',
      [id, atMs, by],
    )
  },
})

const requestStore = (
  database: Database,
): Pick<AccessStore, 'readRequests' | 'insertRequest' | 'decideRequest'> => ({
  readRequests: async (sinceMs) =>
    (
      await database.all<RequestRow>(
        `SELECT id, what, target, person, asked_by, reason, days, asked_at, verdict, decided_by, decided_at,
           decided_reason
         FROM access_request WHERE asked_at >= $1 ORDER BY asked_at, id`,
        [sinceMs],
      )
    ).map(toRequest),
  insertRequest: async ({ id, what, target, personId, by, reason, days, atMs }) => {
    await database.run(
      `INSERT INTO access_request (id, what, target, person, asked_by, reason, days, asked_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [id, what, target, personId, by, reason, days, atMs],
    )
  },
  decideRequest: async (id, { verdict, by, atMs, reason }) => {
    await database.run(
      `UPDATE access_request SET verdict = $2, decided_by = $3, decided_at = $4, decided_reason = $5
       WHERE id = $1 AND verdict IS NULL`,
      [id, verdict, by, atMs, reason],
    )
  },
})

const useStore = (database: Database): Pick<AccessStore, 'addUses' | 'beginUses' | 'readUses'> => ({
  addUses: (uses) =>
    database.transaction(async (queries) => {
      for (const { personId, what, target, sinceDay, lastDay, count } of uses)
        await queries.run(
          `INSERT INTO access_use (person, what, target, since_day, last_day, uses)
           VALUES ($1, $2, $3, $4, $5, $6)
           ON CONFLICT (person, what, target) DO UPDATE SET uses = access_use.uses + excluded.uses,
             last_day = COALESCE(excluded.last_day, access_use.last_day)`,
          [personId, what, target, sinceDay, lastDay ?? null, count],
        )
    }),
  beginUses: (uses) =>
    database.transaction(async (queries) => {
      for (const { personId, what, target, sinceDay } of uses)
        await queries.run(
          `INSERT INTO access_use (person, what, target, since_day, last_day, uses)
           VALUES ($1, $2, $3, $4, NULL, 0)
           ON CONFLICT (person, what, target) DO UPDATE SET since_day = excluded.since_day`,
          [personId, what, target, sinceDay],
        )
    }),
  readUses: async () =>
    (
      await database.all<UseRow>(
        'SELECT person, what, target, since_day, last_day, uses FROM access_use ORDER BY person, what, target',
      )
    ).map((row) => ({
      personId: row.person,
      what: row.what,
      target: row.target,
      sinceDay: row.since_day,
      lastDay: row.last_day ?? undefined,
      count: row.uses,
    })),
})

interface GrantRow extends Row {
  readonly id: string
  readonly effect: Grant['effect']
  readonly what: TargetKind
  readonly target: string
  readonly person: string | null
  readonly group_id: string | null
  readonly reason: string
  readonly made_by: string
  readonly made_at: number
  readonly until_ms: number | null
}

const toGrant = (row: GrantRow): Grant => ({
  id: row.id,
  effect: row.effect,
  what: row.what,
  target: row.target,
  person: row.person ?? undefined,
  group: row.group_id ?? undefined,
  reason: row.reason,
  by: row.made_by,
  atMs: row.made_at,
  untilMs: row.until_ms ?? undefined,
})

interface RequestRow extends Row {
  readonly id: string
  readonly what: RequestRecord['what']
  readonly target: string
  readonly person: string
  readonly asked_by: string
  readonly reason: string
  readonly days: number
  readonly asked_at: number
  readonly verdict: RequestDecision['verdict'] | null
  readonly decided_by: string | null
  readonly decided_at: number | null
  readonly decided_reason: string | null
}

const toRequest = (row: RequestRow): RequestRecord => ({
  id: row.id,
  what: row.what,
  target: row.target,
  personId: row.person,
  by: row.asked_by,
  reason: row.reason,
  days: row.days,
  atMs: row.asked_at,
  decision:
    row.verdict === null
      ? undefined
      : {
          verdict: row.verdict,
          by: row.decided_by ?? '',
          atMs: row.decided_at ?? 0,
          reason: row.decided_reason ?? '',
        },
})

interface UseRow extends Row {
  readonly person: string
  readonly what: UseRecord['what']
  readonly target: string
  readonly since_day: number
  readonly last_day: number | null
  readonly uses: number
}
