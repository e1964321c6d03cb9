import type { Database, Queries, Row } from '#/core/database/api.ts'
import type { SessionRecord } from './record.ts'

/** The SQL of sessions. All are read once at start; after that this only writes. */
export interface SessionStore {
  /** The one not seen for longest first. */
  readonly read: () => Promise<readonly SessionRecord[]>
  /** Inserts, or replaces everything but id, person and CSRF token. */
  readonly save: (session: SessionRecord) => Promise<void>
  readonly saveSeen: (sessions: readonly SessionRecord[]) => Promise<void>
  readonly remove: (ids: readonly string[]) => Promise<void>
}

export const createSessionStore = (database: Database): SessionStore => ({
  read: async () =>
    (
      await database.all<SessionRow>(
        `SELECT id, person, hash, next_hash, previous_hash, renewed_at, csrf, created_at, confirmed_at,
           seen_at, authenticated_at, acr, amr, browser, network
         FROM browser_session ORDER BY seen_at, id`,
      )
    ).map(toSession),
  save: async (session) => {
    await database.run(
      `INSERT INTO browser_session (id, person, hash, next_hash, previous_hash, renewed_at, csrf, created_at,
         confirmed_at, seen_at, authenticated_at, acr, amr, browser, network)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
       ON CONFLICT (id) DO UPDATE SET hash = excluded.hash, next_hash = excluded.next_hash,
         previous_hash = excluded.previous_hash, renewed_at = excluded.renewed_at,
         created_at = excluded.created_at, confirmed_at = excluded.confirmed_at, seen_at = excluded.seen_at,
         authenticated_at = excluded.authenticated_at, acr = excluded.acr, amr = excluded.amr,
         browser = excluded.browser, network = excluded.network`,
      valuesOf(session),
    )
  },
  saveSeen: (sessions) =>
    each(database, sessions, (queries, { id, seenAt }) =>
      queries.run('UPDATE browser_session SET seen_at = $2 WHERE id = $1', [id, seenAt]),
    ),
  remove: (ids) =>
    each(database, ids, (queries, id) => queries.run('DELETE FROM browser_session WHERE id = $1', [id])),
})

const valuesOf = (session: SessionRecord): (string | number | null)[] => [
  session.id,
  session.personId,
  session.hash,
  session.nextHash ?? null,
  session.previousHash ?? null,
  session.renewedAt,
  session.csrf,
  session.createdAt,
  session.confirmedAt,
  session.seenAt,
  session.signedIn.atMs ?? null,
  session.signedIn.acr ?? null,
  session.signedIn.amr.join(' '),
  session.from.browser,
  session.from.network,
]

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

interface SessionRow extends Row {
  readonly id: string
  readonly person: string
  readonly hash: string
  readonly next_hash: string | null
  readonly previous_hash: string | null
  readonly renewed_at: number
  readonly csrf: string
  readonly created_at: number
  readonly confirmed_at: number | null
  readonly seen_at: number
  readonly authenticated_at: number | null
  readonly acr: string | null
  readonly amr: string
  readonly browser: string
  readonly network: string
}

const toSession = (row: SessionRow): SessionRecord => ({
  id: row.id,
  personId: row.person,
  hash: row.hash,
  nextHash: row.next_hash ?? undefined,
  previousHash: row.previous_hash ?? undefined,
  renewedAt: row.renewed_at,
  csrf: row.csrf,
  createdAt: row.created_at,
  // Of a session from before there was renewal.
  confirmedAt: row.confirmed_at ?? row.created_at,
  seenAt: row.seen_at,
  signedIn: {
    atMs: row.authenticated_at ?? undefined,
    acr: row.acr ?? undefined,
    amr: row.amr === '' ? [] : row.amr.split(' '),
  },
  from: { browser: row.browser, network: row.network },
})
