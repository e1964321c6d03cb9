import type { Database, Queries, Row } from '#/core/database/api.ts'
import type { Conditions, Decision, RecordKind, RecordVersion, Verdict } from './api.ts'
import { completeBody } from './read-body.ts'

/** A line of the register with the index of its entry in the log. */
export type Written =
  | { readonly what: 'record'; readonly record: RecordVersion; readonly logIndex: number }
  | { readonly what: 'decision'; readonly decision: Decision; readonly logIndex: number }

/** The room's only SQL. Everything is read once at start; after that this only adds. */
export interface RegisterStore {
  readonly readRecords: () => Promise<readonly RecordVersion[]>
  readonly readDecisions: () => Promise<readonly Decision[]>
  /** The highest index of the log that is here; -1 when nothing is. */
  readonly lastLogIndex: () => Promise<number>
  /** All of it or nothing. */
  readonly add: (lines: readonly Written[]) => Promise<void>
}

export const createRegisterStore = (database: Database): RegisterStore => ({
  readRecords: async () =>
    (
      await database.all<RecordRow>(
        'SELECT kind, id, version, body, hash, by_id, by_name, at_ms FROM record ORDER BY kind, id, version',
      )
    ).map(toRecord),
  readDecisions: async () =>
    (
      await database.all<DecisionRow>(
        `SELECT number, kind, id, version, hash, by_id, by_name, role, verdict, reason, conditions, at_ms, until_ms,
           is_bootstrap, receipt
         FROM decision ORDER BY number`,
      )
    ).map(toDecision),
  lastLogIndex: async () => {
    const row = await database.first<{ last: number | null }>(
      `SELECT MAX(log_index) AS last FROM (SELECT log_index FROM record UNION ALL SELECT log_index FROM decision) AS both_tables`,
    )
    return row?.last ?? -1
  },
  add: (lines) =>
    database.transaction(async (queries) => {
      for (const line of lines) {
        if (line.what === 'record') await addRecord(queries, line.record, line.logIndex)
        else await addDecision(queries, line.decision, line.logIndex)
      }
    }),
})

const addRecord = (
  queries: Queries,
  { kind, id, version, body, hash, by, atMs }: RecordVersion,
  logIndex: number,
) =>
  queries.run(
    `INSERT INTO record (kind, id, version, body, hash, by_id, by_name, at_ms, log_index)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [kind, id, version, JSON.stringify(body), hash, by.id, by.name, atMs, logIndex],
  )

const addDecision = (queries: Queries, decision: Decision, logIndex: number) => {
  const { number, kind, id, version, hash, by, role, verdict, reason, conditions, atMs, untilMs } = decision
  return queries.run(
    `INSERT INTO decision (number, kind, id, version, hash, by_id, by_name, role, verdict, reason, conditions, at_ms,
       until_ms, is_bootstrap, receipt, log_index)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
    [
      number,
      kind,
      id,
      version,
      hash,
      by.id,
      by.name,
      role,
      verdict,
      reason,
      JSON.stringify(conditions),
      atMs,
      untilMs ?? null,
      decision.isBootstrap ? 1 : 0,
      decision.receipt,
      logIndex,
    ],
  )
}

interface RecordRow extends Row {
  readonly kind: string
  readonly id: string
  readonly version: number
  readonly body: string
  readonly hash: string
  readonly by_id: string
  readonly by_name: string
  readonly at_ms: number
}

const toRecord = (row: RecordRow): RecordVersion => ({
  kind: row.kind as RecordKind,
  id: row.id,
  version: row.version,
  body: completeBody(row.kind as RecordKind, JSON.parse(row.body)),
  hash: row.hash,
  by: { id: row.by_id, name: row.by_name },
  atMs: row.at_ms,
})

interface DecisionRow extends Row {
  readonly number: number
  readonly kind: string
  readonly id: string
  readonly version: number
  readonly hash: string
  readonly by_id: string
  readonly by_name: string
  readonly role: string
  readonly verdict: string
  readonly reason: string
  readonly conditions: string
  readonly at_ms: number
  readonly until_ms: number | null
  readonly is_bootstrap: number
  readonly receipt: string
}

const toDecision = (row: DecisionRow): Decision => ({
  number: row.number,
  kind: row.kind as RecordKind,
  id: row.id,
  version: row.version,
  hash: row.hash,
  by: { id: row.by_id, name: row.by_name },
  role: row.role as Decision['role'],
  verdict: row.verdict as Verdict,
  reason: row.reason,
  conditions: JSON.parse(row.conditions) as Conditions,
  atMs: row.at_ms,
  untilMs: row.until_ms ?? undefined,
  isBootstrap: row.is_bootstrap === 1,
  receipt: row.receipt,
})
