import type { Database, Queries, Row, SqlValue } from '#/core/database/api.ts'
import type {
  Notice,
  Opening,
  Reader,
  Reading,
  ReadingDecision,
  ReadingEnd,
  ReadingHistory,
  Scope,
} from './api.ts'
import type { Written } from './log-lines.ts'

/** The only SQL about readings. It only adds. */
export interface ReadingStore {
  /** All of it or nothing. */
  readonly add: (lines: readonly Written[]) => Promise<void>
  readonly find: (id: string) => Promise<ReadingHistory | undefined>
  /** The newest first. */
  readonly list: (limit: number) => Promise<readonly ReadingHistory[]>
  /** Whom nobody has told yet that what they entered was opened: once for each reading and person. */
  readonly untold: () => Promise<readonly { readonly reading: string; readonly personId: string }[]>
  /** What a person was told, the newest first. */
  readonly noticesOf: (personId: string, limit: number) => Promise<readonly Notice[]>
  /** The first time each entry of a person was opened under a reading, in the order of entries. */
  readonly openedOf: (
    reading: string,
    personId: string,
  ) => Promise<readonly { readonly index: number; readonly atMs: number }[]>
  /** The highest index of the log that is here, -1 when nothing is; and when the last reading known here ends. */
  readonly state: () => Promise<{ readonly lastLogIndex: number; readonly lastUntilMs: number }>
}

export const createReadingStore = (database: Database): ReadingStore => ({
  add: (lines) =>
    database.transaction(async (queries) => {
      for (const line of lines) await addLine(queries, line)
    }),
  find: async (id) => (await histories(database, 'WHERE id = $1', [id])).at(0),
  list: (limit) => histories(database, 'ORDER BY asked_at_ms DESC, id LIMIT $1', [limit]),
  untold: async () =>
    (
      await database.all<{ reading: string; person_id: string }>(
        `SELECT DISTINCT opening.reading AS reading, opening.person_id AS person_id
         FROM reading_opening AS opening
         LEFT JOIN reading_notice AS notice
           ON notice.reading = opening.reading AND notice.person_id = opening.person_id
         WHERE opening.person_id IS NOT NULL AND notice.reading IS NULL`,
      )
    ).map((row) => ({ reading: row.reading, personId: row.person_id })),
  noticesOf: async (personId, limit) =>
    (
      await database.all<{ reading: string; at_ms: number }>(
        'SELECT reading, at_ms FROM reading_notice WHERE person_id = $1 ORDER BY at_ms DESC, reading LIMIT $2',
        [personId, limit],
      )
    ).map((row) => ({ reading: row.reading, personId, atMs: row.at_ms })),
  openedOf: async (reading, personId) =>
    (
      await database.all<{ entry_index: number; at_ms: number }>(
        `SELECT entry_index, MIN(at_ms) AS at_ms FROM reading_opening WHERE reading = $1 AND person_id = $2
         GROUP BY entry_index ORDER BY entry_index`,
        [reading, personId],
      )
    ).map((row) => ({ index: row.entry_index, atMs: row.at_ms })),
  state: async () => {
    const row = await database.first<{ last: number | null }>(
      `SELECT MAX(log_index) AS last FROM (
         SELECT log_index FROM reading UNION ALL SELECT log_index FROM reading_decision
         UNION ALL SELECT log_index FROM reading_end UNION ALL SELECT log_index FROM reading_opening
         UNION ALL SELECT log_index FROM reading_notice) AS all_of_them`,
    )
    const until = await database.first<{ last: number | null }>('SELECT MAX(until_ms) AS last FROM reading')
    return { lastLogIndex: row?.last ?? -1, lastUntilMs: until?.last ?? 0 }
  },
})

function addLine(queries: Queries, line: Written): Promise<number> {
  const { logIndex } = line
  if (line.what === 'request') return addReading(queries, line.value, logIndex)
  if (line.what === 'decision') return addDecision(queries, line.value, logIndex)
  if (line.what === 'end') return addEnd(queries, line.value, logIndex)
  if (line.what === 'opening') return addOpening(queries, line.value, logIndex)
  const { reading, personId, atMs } = line.value
  return queries.run(
    'INSERT INTO reading_notice (reading, person_id, at_ms, log_index) VALUES ($1, $2, $3, $4)',
    [reading, personId, atMs, logIndex],
  )
}

const addReading = (queries: Queries, reading: Reading, logIndex: number): Promise<number> =>
  queries.run(
    `INSERT INTO reading (id, by_id, by_name, by_issuer, by_subject, role, reason, scope, concerns, asked_at_ms,
       until_ms, log_index)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      reading.id,
      ...columnsOf(reading.by),
      reading.role ?? null,
      reading.reason,
      JSON.stringify(reading.scope),
      JSON.stringify(reading.concerns),
      reading.askedAtMs,
      reading.untilMs,
      logIndex,
    ],
  )

const addDecision = (queries: Queries, decision: ReadingDecision, logIndex: number): Promise<number> =>
  queries.run(
    `INSERT INTO reading_decision (log_index, reading, by_id, by_name, by_issuer, by_subject, role, verdict, reason,
       at_ms)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      logIndex,
      decision.reading,
      ...columnsOf(decision.by),
      decision.role,
      decision.verdict,
      decision.reason,
      decision.atMs,
    ],
  )

const addEnd = (queries: Queries, { reading, by, atMs }: ReadingEnd, logIndex: number): Promise<number> =>
  queries.run(
    `INSERT INTO reading_end (reading, by_id, by_name, by_issuer, by_subject, at_ms, log_index)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [reading, ...columnsOf(by), atMs, logIndex],
  )

const addOpening = (queries: Queries, opening: Opening, logIndex: number): Promise<number> =>
  queries.run(
    `INSERT INTO reading_opening (log_index, reading, entry_index, person_id, by_id, by_name, by_issuer, by_subject,
       at_ms)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      logIndex,
      opening.reading,
      opening.index,
      opening.personId ?? null,
      ...columnsOf(opening.by),
      opening.atMs,
    ],
  )

const columnsOf = ({ id, name, issuer, subject }: Reader): readonly [string, string, SqlValue, SqlValue] => [
  id,
  name,
  issuer ?? null,
  subject ?? null,
]

interface ByRow extends Row {
  readonly by_id: string
  readonly by_name: string
  readonly by_issuer: string | null
  readonly by_subject: string | null
}

const readerOf = (row: ByRow): Reader => ({
  id: row.by_id,
  name: row.by_name,
  issuer: row.by_issuer ?? undefined,
  subject: row.by_subject ?? undefined,
})

interface ReadingRow extends ByRow {
  readonly id: string
  readonly role: string | null
  readonly reason: string
  readonly scope: string
  readonly concerns: string
  readonly asked_at_ms: number
  readonly until_ms: number
}

interface DecisionRow extends ByRow {
  readonly role: string
  readonly verdict: string
  readonly reason: string
  readonly at_ms: number
}

interface EndRow extends ByRow {
  readonly at_ms: number
}

async function histories(
  queries: Queries,
  which: string,
  parameters: readonly SqlValue[],
): Promise<readonly ReadingHistory[]> {
  const rows = await queries.all<ReadingRow>(
    `SELECT id, by_id, by_name, by_issuer, by_subject, role, reason, scope, concerns, asked_at_ms, until_ms
     FROM reading ${which}`,
    parameters,
  )
  const found: ReadingHistory[] = []
  for (const row of rows) {
    found.push({
      reading: readingOf(row),
      decisions: await decisionsOf(queries, row.id),
      end: await endOf(queries, row.id),
    })
  }
  return found
}

const readingOf = (row: ReadingRow): Reading => ({
  id: row.id,
  by: readerOf(row),
  role: (row.role ?? undefined) as Reading['role'],
  reason: row.reason,
  scope: JSON.parse(row.scope) as Scope,
  concerns: JSON.parse(row.concerns) as readonly string[],
  askedAtMs: row.asked_at_ms,
  untilMs: row.until_ms,
})

const decisionsOf = async (queries: Queries, reading: string): Promise<readonly ReadingDecision[]> =>
  (
    await queries.all<DecisionRow>(
      `SELECT by_id, by_name, by_issuer, by_subject, role, verdict, reason, at_ms
       FROM reading_decision WHERE reading = $1 ORDER BY log_index`,
      [reading],
    )
  ).map((row) => ({
    reading,
    by: readerOf(row),
    role: row.role as ReadingDecision['role'],
    verdict: row.verdict as ReadingDecision['verdict'],
    reason: row.reason,
    atMs: row.at_ms,
  }))

async function endOf(queries: Queries, reading: string): Promise<ReadingEnd | undefined> {
  const row = await queries.first<EndRow>(
    'SELECT by_id, by_name, by_issuer, by_subject, at_ms FROM reading_end WHERE reading = $1',
    [reading],
  )
  return row && { reading, by: readerOf(row), atMs: row.at_ms }
}
