import type { Database, Queries, Row } from '#/core/database/api.ts'
import type { Role } from '#/core/role.ts'
import type { RecordDecision, RecordKind, RecordVersion, Verdict } from './api.ts'

/** The room's only SQL. Everything is read once at start; after that this only adds. */
export interface RegisterStore {
  readonly readRecords: () => Promise<readonly RecordVersion[]>
  readonly readDecisions: () => Promise<readonly RecordDecision[]>
  /** All of it or nothing. Throws when a version is there already: somebody else was faster. */
  readonly add: (records: readonly RecordVersion[], decisions: readonly RecordDecision[]) => Promise<void>
}

export const createRegisterStore = (database: Database): RegisterStore => ({
  readRecords: async () =>
    (
      await database.all<RecordRow>(
        'SELECT kind, id, version, body, hash, proposed_by, proposed_at FROM record ORDER BY kind, id, version',
      )
    ).map(toRecord),
  readDecisions: async () =>
    (
      await database.all<DecisionRow>(
        `SELECT id, subject_kind, subject_id, hash, verdict, decided_by, decided_as, reason, decided_at, ends_at, is_bootstrap
         FROM decision ORDER BY decided_at, id`,
      )
    ).map(toDecision),
  add: (records, decisions) =>
    database.transaction(async (queries) => {
      for (const record of records) await addRecord(queries, record)
      for (const decision of decisions) await addDecision(queries, decision)
    }),
})

const addRecord = (queries: Queries, record: RecordVersion) =>
  queries.run(
    `INSERT INTO record (kind, id, version, body, hash, proposed_by, proposed_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [record.kind, record.id, record.version, JSON.stringify(record.body), record.hash, record.by, record.atMs],
  )

const addDecision = (queries: Queries, decision: RecordDecision) =>
  queries.run(
    `INSERT INTO decision (id, subject_kind, subject_id, hash, verdict, decided_by, decided_as, reason, decided_at, ends_at, is_bootstrap)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      decision.id,
      decision.kind,
      decision.recordId,
      decision.hash,
      decision.verdict,
      decision.by,
      decision.role ?? null,
      decision.reason,
      decision.atMs,
      decision.untilMs ?? null,
      decision.isBootstrap ? 1 : 0,
    ],
  )

interface RecordRow extends Row {
  readonly kind: string
  readonly id: string
  readonly version: number
  readonly body: string
  readonly hash: string
  readonly proposed_by: string
  readonly proposed_at: number
}

const toRecord = (row: RecordRow): RecordVersion => ({
  kind: row.kind as RecordKind,
  id: row.id,
  version: row.version,
  body: JSON.parse(row.body) as object,
  hash: row.hash,
  by: row.proposed_by,
  atMs: row.proposed_at,
})

interface DecisionRow extends Row {
  readonly id: string
  readonly subject_kind: string
  readonly subject_id: string
  readonly hash: string
  readonly verdict: string
  readonly decided_by: string
  readonly decided_as: string | null
  readonly reason: string
  readonly decided_at: number
  readonly ends_at: number | null
  readonly is_bootstrap: number
}

const toDecision = (row: DecisionRow): RecordDecision => ({
  id: row.id,
  kind: row.subject_kind as RecordKind,
  recordId: row.subject_id,
  hash: row.hash,
  verdict: row.verdict as Verdict,
  by: row.decided_by,
  role: (row.decided_as ?? undefined) as Role | undefined,
  reason: row.reason,
  atMs: row.decided_at,
  untilMs: row.ends_at ?? undefined,
  isBootstrap: row.is_bootstrap === 1,
})
