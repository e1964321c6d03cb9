import type { Clock } from '#/core/clock.ts'
import type { Database } from '#/core/database/api.ts'
import type { Sealer } from '#/sealing/sealer.ts'
import type { SessionSettings } from '#/settings/api.ts'
import type { WriteEntry } from '../entry.ts'
import type { SignIn } from '../oidc/sign-in.ts'
import type { People } from '../people.ts'
import { openSessions, type Sessions } from '../sessions/sessions.ts'
import { createSessionStore } from '../sessions/store.ts'
import { type EndAtProvider, endAtProvider } from './end-at-provider.ts'
import { openProviderSessions, type ProviderSessions } from './provider-sessions.ts'
import { askEveryMsOf, createRenewal, type Renewal } from './renewal.ts'
import { createProviderSessionStore } from './store.ts'

export interface RenewedSessionServices {
  readonly database: Database
  readonly settings: SessionSettings
  readonly sealer: Sealer
  readonly people: People
  /** As at a sign-in: directories are asked, too. */
  readonly signInKnown: People['signIn']
  readonly signIn: Pick<SignIn, 'partyOf'>
  readonly publicUrl: () => string
  readonly clock: Clock
  readonly writeEntry: WriteEntry
  readonly onError: (what: string) => (error: unknown) => void
}

export interface RenewedSessions extends EndAtProvider {
  readonly sessions: Sessions
  readonly providerSessions: ProviderSessions
  readonly renewal: Renewal
  /** Lets what is under way at providers end. */
  readonly close: () => Promise<void>
}

/** Sessions, what each has at its provider, and their renewal there: using one asks for it, ending one forgets it. */
export async function openRenewedSessions(services: RenewedSessionServices): Promise<RenewedSessions> {
  const { database, settings, people, clock, writeEntry, onError } = services
  const { partyOf } = services.signIn
  let later: { readonly providerSessions: ProviderSessions; readonly renewal: Renewal } | undefined
  const sessions = await openSessions({
    store: createSessionStore(database),
    people,
    clock,
    settings,
    writeEntry,
    onError: onError('ending a session was not finished'),
    onUsed: (id) => later?.renewal.consider(id),
    onGone: (id) => later?.providerSessions.forget(id),
  })
  const providerSessions = await openProviderSessions({
    store: createProviderSessionStore(database),
    sealer: services.sealer,
    partyOf,
    isLiving: sessions.has,
    clock,
    askEveryMs: askEveryMsOf(settings.absoluteHours),
    onError: onError('what a session has at its provider was not ended there'),
  })
  const renewal = createRenewal({
    providerSessions,
    partyOf,
    sessions,
    people: { ...people, signIn: services.signInKnown },
    clock,
    onError: onError('a session could not be renewed at its provider; it keeps its end'),
  })
  later = { providerSessions, renewal }
  return {
    sessions,
    providerSessions,
    renewal,
    ...endAtProvider({
      providerSessions,
      partyOf,
      publicUrl: services.publicUrl,
      onError: onError('the provider does not say how to sign out there'),
    }),
    close: async () => {
      later = undefined
      await renewal.close()
      await providerSessions.close()
    },
  }
}
