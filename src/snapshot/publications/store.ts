import type { Database, Row } from '#/core/database/api.ts'
import type { Author } from '#/register/api.ts'
import type { ItemName, Publication, PublicationAsk, PublicationCause, PublishedItem } from './api.ts'

/** The only SQL about publications. */
export interface PublicationStore {
  /** Oldest first. */
  readonly read: () => Promise<readonly Publication[]>
  readonly add: (publication: Publication, logIndex: number) => Promise<void>
  /** The highest index of the log that is here; -1 when nothing is. */
  readonly lastLogIndex: () => Promise<number>
  readonly readAsk: () => Promise<PublicationAsk | undefined>
  /** Takes the place of what was asked before; undefined: nothing is asked any more. */
  readonly setAsk: (ask: PublicationAsk | undefined) => Promise<void>
}

export const createPublicationStore = (database: Database): PublicationStore => ({
  read: async () =>
    (
      await database.all<PublicationRow>(
        `SELECT number, cause, digest, put, gone, by_id, by_name, second_id, second_name, reason, at_ms
         FROM publication ORDER BY number`,
      )
    ).map(toPublication),
  add: async ({ number, cause, digest, put, gone, by, second, reason, atMs }, logIndex) => {
    await database.run(
      `INSERT INTO publication (number, cause, digest, put, gone, by_id, by_name, second_id, second_name, reason, at_ms,
         log_index)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
      [
        number,
        cause,
        digest,
        JSON.stringify(put),
        JSON.stringify(gone),
        by?.id ?? null,
        by?.name ?? null,
        second?.id ?? null,
        second?.name ?? null,
        reason,
        atMs,
        logIndex,
      ],
    )
  },
  lastLogIndex: async () => {
    const row = await database.first<{ last: number | null }>(
      'SELECT MAX(log_index) AS last FROM publication',
    )
    return row?.last ?? -1
  },
  readAsk: async () => {
    const row = await database.first<AskRow>(
      'SELECT digest, by_id, by_name, reason, at_ms FROM publication_ask ORDER BY at_ms DESC LIMIT 1',
    )
    if (row === undefined) return undefined
    const { digest, by_id, by_name, reason, at_ms } = row
    return { digest, by: { id: by_id, name: by_name }, reason, atMs: at_ms }
  },
  setAsk: (ask) =>
    database.transaction(async (queries) => {
      await queries.run('DELETE FROM publication_ask')
      if (ask === undefined) return
      await queries.run(
        'INSERT INTO publication_ask (digest, by_id, by_name, reason, at_ms) VALUES ($1, $2, $3, $4, $5)',
        [ask.digest, ask.by.id, ask.by.name, ask.reason, ask.atMs],
      )
    }),
})

interface AskRow extends Row {
  readonly digest: string
  readonly by_id: string
  readonly by_name: string
  readonly reason: string
  readonly at_ms: number
}

interface PublicationRow extends Row {
  readonly number: number
  readonly cause: string
  readonly digest: string
  readonly put: string
  readonly gone: string
  readonly by_id: string | null
  readonly by_name: string | null
  readonly second_id: string | null
  readonly second_name: string | null
  readonly reason: string
  readonly at_ms: number
}

const authorIn = (id: string | null, name: string | null): Author | undefined =>
  id === null ? undefined : { id, name: name ?? '' }

const toPublication = (row: PublicationRow): Publication => ({
  number: row.number,
  cause: row.cause as PublicationCause,
  digest: row.digest,
  put: JSON.parse(row.put) as readonly PublishedItem[],
  gone: JSON.parse(row.gone) as readonly ItemName[],
  by: authorIn(row.by_id, row.by_name),
  second: authorIn(row.second_id, row.second_name),
  reason: row.reason,
  atMs: row.at_ms,
})
