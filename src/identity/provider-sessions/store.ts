import type { Database, Row } from '#/core/database/api.ts'
import type { ProviderSession } from './record.ts'

/** The SQL of what sessions have at their provider. All but the secrets are read once at start. */
export interface ProviderSessionStore {
  readonly read: () => Promise<readonly ProviderSession[]>
  /** `secrets` is sealed, in base64. */
  readonly save: (session: ProviderSession, secrets: string | undefined) => Promise<void>
  /** All but the secrets. */
  readonly update: (session: ProviderSession) => Promise<void>
  readonly secretsOf: (session: string) => Promise<string | undefined>
  readonly remove: (session: string) => Promise<void>
}

export const createProviderSessionStore = (database: Database): ProviderSessionStore => ({
  read: async () =>
    (
      await database.all<SessionRow>(
        `SELECT session, person, provider, issuer, subject, sid, is_renewable, is_in_doubt, asked_at
         FROM provider_session ORDER BY session`,
      )
    ).map(toRecord),
  save: async (session, secrets) => {
    await database.run(
      `INSERT INTO provider_session (session, person, provider, issuer, subject, sid, is_renewable, is_in_doubt,
         asked_at, secrets)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
       ON CONFLICT (session) DO UPDATE SET person = excluded.person, provider = excluded.provider,
         issuer = excluded.issuer, subject = excluded.subject, sid = excluded.sid,
         is_renewable = excluded.is_renewable, is_in_doubt = excluded.is_in_doubt,
         asked_at = excluded.asked_at, secrets = excluded.secrets`,
      [
        session.session,
        session.personId,
        session.provider,
        session.issuer,
        session.subject,
        session.sid ?? null,
        Number(session.isRenewable),
        Number(session.isInDoubt),
        session.askedAt,
        secrets ?? null,
      ],
    )
  },
  update: async ({ session, isRenewable, isInDoubt, askedAt }) => {
    await database.run(
      'UPDATE provider_session SET is_renewable = $2, is_in_doubt = $3, asked_at = $4 WHERE session = $1',
      [session, Number(isRenewable), Number(isInDoubt), askedAt],
    )
  },
  secretsOf: async (session) => {
    const row = await database.first<{ readonly secrets: string | null }>(
      'SELECT secrets FROM provider_session WHERE session = $1',
      [session],
    )
    return row?.secrets ?? undefined
  },
  remove: async (session) => {
    await database.run('DELETE FROM provider_session WHERE session = $1', [session])
  },
})

interface SessionRow extends Row {
  readonly session: string
  readonly person: string
  readonly provider: string
  readonly issuer: string
  readonly subject: string
  readonly sid: string | null
  readonly is_renewable: number
  readonly is_in_doubt: number
  readonly asked_at: number
}

const toRecord = (row: SessionRow): ProviderSession => ({
  session: row.session,
  personId: row.person,
  provider: row.provider,
  issuer: row.issuer,
  subject: row.subject,
  sid: row.sid ?? undefined,
  isRenewable: row.is_renewable === 1,
  isInDoubt: row.is_in_doubt === 1,
  askedAt: row.asked_at,
})
