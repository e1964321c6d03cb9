import type { Clock } from '#/core/clock.ts'
import type { Sealer } from '#/sealing/sealer.ts'
import type { Provided, RelyingParty } from '../oidc/relying-party.ts'
import { momentNow } from '../sessions/age.ts'
import { type About, type Held, heldOf, ProviderSessionBook } from './book.ts'
import type { ProviderSecretsOfSession, ProviderSession } from './record.ts'
import { createRevocations } from './revocations.ts'
import type { ProviderSessionStore } from './store.ts'

/** Longer than providers write; one with hundreds of groups is not kept, and signing out there asks once more. */
const mostTokenCharacters = 16_384

export interface ProviderSessions {
  /** After a sign-in. The refresh token of the session before is left alone: at some providers it is the same sign-in. */
  readonly keep: (
    session: string,
    personId: string,
    came: { readonly provider: string; readonly provided: Provided },
  ) => Promise<void>
  readonly find: (session: string) => Held | undefined
  readonly idsOf: (about: About) => readonly string[]
  /** Opened for this moment; undefined when there are none, or their key was destroyed. */
  readonly secretsOf: (session: string) => Promise<ProviderSecretsOfSession | undefined>
  /** It is being asked for now. */
  readonly noteAsked: (session: string) => void
  /** Written before a refresh token is sent. */
  readonly asking: (session: string) => Promise<void>
  /** What the provider answered. Gives false when the session has ended meanwhile. */
  readonly answered: (session: string, secrets: ProviderSecretsOfSession) => Promise<boolean>
  /** The provider has answered, and did not take the token. */
  readonly notTaken: (session: string) => Promise<void>
  /** It cannot be renewed from now on; it keeps its end. */
  readonly stopRenewing: (session: string) => Promise<void>
  /** It is asked for again after this. */
  readonly askAgainAfter: (session: string, ms: number) => void
  /** The session is over: what is kept is deleted, and its refresh token revoked. */
  readonly forget: (session: string) => void
  /** Forgets what belongs to sessions that are over: those a stop kept from being forgotten. */
  readonly sweep: () => void
  readonly close: () => Promise<void>
}

export interface ProviderSessionServices {
  readonly store: ProviderSessionStore
  readonly sealer: Sealer
  readonly partyOf: (provider: string) => RelyingParty | undefined
  readonly isLiving: (session: string) => boolean
  readonly clock: Clock
  /** How often a provider is asked for a session that is used. */
  readonly askEveryMs: number
  readonly onError: (error: unknown) => void
}

/** What sessions have at their provider. Their secrets are sealed in the store and nowhere else. */
export async function openProviderSessions(services: ProviderSessionServices): Promise<ProviderSessions> {
  const { store, sealer, partyOf, isLiving, clock, askEveryMs, onError } = services
  const book = new ProviderSessionBook()
  const revocations = createRevocations(onError)

  const place = (session: string, person: string) => ({ person, purpose: 'provider-session', id: session })
  const sealed = (session: string, person: string, secrets: ProviderSecretsOfSession): string | undefined => {
    if (secrets.refreshToken === undefined && secrets.idToken === undefined) return undefined
    const month = new Date(clock.now()).toISOString().slice(0, 7)
    return sealer.seal({ ...place(session, person), month }, JSON.stringify(secrets)).toString('base64')
  }
  const opened = (
    { session, personId }: ProviderSession,
    stored: string | undefined,
  ): ProviderSecretsOfSession | undefined => {
    if (stored === undefined) return undefined
    const text = sealer.open(place(session, personId), Buffer.from(stored, 'base64'))
    // Sealed by this file.
    return text === undefined ? undefined : (JSON.parse(text.toString()) as ProviderSecretsOfSession)
  }
  const secretsOf = async (record: ProviderSession): Promise<ProviderSecretsOfSession | undefined> =>
    opened(record, await store.secretsOf(record.session))

  const revoke = async ({ provider }: ProviderSession, refreshToken: string | undefined): Promise<void> => {
    const party = partyOf(provider)
    // The development provider's lie in the memory of this process.
    if (refreshToken === undefined || party === undefined || party.provider.isDevelopment) return
    await party.revoke(refreshToken)
  }
  const remove = (record: ProviderSession): void =>
    revocations.add(async () => {
      const stored = await store.secretsOf(record.session)
      // First, so that a store stolen later holds nothing of it.
      await store.remove(record.session)
      await revoke(record, opened(record, stored)?.refreshToken)
    })
  const change = async (session: string, changes: Partial<ProviderSession>): Promise<void> => {
    const held = book.find(session)
    if (held === undefined) return
    const record = { ...held.record, ...changes }
    book.keep({ ...held, record })
    await store.update(record)
  }

  const forget = (session: string): void => {
    const held = book.remove(session)
    if (held !== undefined) remove(held.record)
  }

  const opening = momentNow(clock)
  for (const record of await store.read()) {
    const provider = partyOf(record.provider)?.provider
    book.keep(heldOf(record, opening, askEveryMs))
    const isOver = provider === undefined || provider.isDevelopment || provider.renewal === 'none'
    if (isOver && record.isRenewable) await change(record.session, { isRenewable: false })
  }

  return {
    keep: async (session, personId, { provider, provided }) => {
      const { issuer, subject, sid } = provided
      const secrets = bounded(provided)
      const isRenewable = secrets.refreshToken !== undefined
      const askedAt = clock.now()
      const record = {
        ...{ session, personId, provider, issuer, subject, sid },
        ...{ isRenewable, isInDoubt: false, askedAt },
      }
      book.keep(heldOf(record, momentNow(clock), askEveryMs))
      await store.save(record, sealed(session, personId, secrets))
      // It ended while this was stored, and nobody else would take it away.
      if (book.find(session) === undefined) remove(record)
    },
    find: (session) => book.find(session),
    idsOf: (about) => book.idsOf(about),
    secretsOf: async (session) => {
      const held = book.find(session)
      return held && secretsOf(held.record)
    },
    noteAsked: (session) => {
      const held = book.find(session)
      if (held !== undefined) book.keep({ ...held, asked: momentNow(clock), againMs: askEveryMs })
    },
    asking: (session) => change(session, { isInDoubt: true, askedAt: clock.now() }),
    answered: async (session, told) => {
      const held = book.find(session)
      if (held === undefined) return false
      const secrets = bounded(told)
      const isRenewable = secrets.refreshToken !== undefined
      const record = { ...held.record, isRenewable, isInDoubt: false }
      book.keep({ ...held, record })
      await store.save(record, sealed(session, record.personId, secrets))
      if (book.find(session) === undefined) remove(record)
      return true
    },
    notTaken: (session) => change(session, { isInDoubt: false }),
    stopRenewing: (session) => change(session, { isRenewable: false }),
    askAgainAfter: (session, againMs) => {
      const held = book.find(session)
      if (held !== undefined) book.keep({ ...held, againMs })
    },
    forget,
    sweep: () => {
      for (const { record } of book.all()) if (!isLiving(record.session)) forget(record.session)
    },
    close: revocations.close,
  }
}

const bounded = ({ refreshToken, idToken }: ProviderSecretsOfSession): ProviderSecretsOfSession => ({
  refreshToken: isKept(refreshToken) ? refreshToken : undefined,
  idToken: isKept(idToken) ? idToken : undefined,
})

const isKept = (token: string | undefined): boolean =>
  token !== undefined && token.length <= mostTokenCharacters
