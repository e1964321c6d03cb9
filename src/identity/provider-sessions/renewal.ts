import type { Clock } from '#/core/clock.ts'
import { Refusal } from '#/core/refusal.ts'
import type { Refreshed } from '../oidc/refresh.ts'
import type { RelyingParty } from '../oidc/relying-party.ts'
import type { Claims, People } from '../people.ts'
import { ageOf, momentNow } from '../sessions/age.ts'
import type { Sessions } from '../sessions/sessions.ts'
import type { ProviderSessions } from './provider-sessions.ts'
import { withinAMoment } from './within-a-moment.ts'

/** A provider that did not answer is asked again after this. */
const awayMs = 60_000

/** At once. Whoever is left out is asked for at their next use. */
const mostAtOnce = 16

/** A provider that is away for an hour must not fill the log of the process with a line for each session. */
const tellEveryMs = 60_000

/** How often a provider is asked whether somebody who uses their session is still there. */
export const askEveryMsOf = (absoluteHours: number): number => Math.min(900_000, absoluteHours * 900_000)

export interface Renewal {
  /** Called at every use of a session; asks the provider in the background when it is time. */
  readonly consider: (session: string) => void
  /** Resolves when nothing is under way. */
  readonly settled: () => Promise<void>
  /** Asks no more, and waits a moment for what is under way. */
  readonly close: () => Promise<void>
}

export interface RenewalServices {
  readonly providerSessions: ProviderSessions
  readonly partyOf: (provider: string) => RelyingParty | undefined
  readonly sessions: Pick<Sessions, 'confirm' | 'end'>
  readonly people: Pick<People, 'findCurrent' | 'recordOf' | 'setGroups' | 'signIn'>
  readonly clock: Clock
  readonly onError: (error: unknown) => void
}

/**
 * A session goes on without a click as long as the provider says that its person is still there: it is asked with the
 * refresh token of the sign-in, every quarter of an hour in which the session is used. Who has left is out the first time.
 */
export function createRenewal(services: RenewalServices): Renewal {
  const { providerSessions, partyOf, sessions, people, clock } = services
  const underWay = new Map<string, Promise<void>>()
  let isClosed = false
  const settled = async (): Promise<void> => {
    await Promise.all(underWay.values())
  }
  let toldAt = Number.NEGATIVE_INFINITY
  const tell = (error: unknown): void => {
    if (clock.monotonic() - toldAt < tellEveryMs) return
    toldAt = clock.monotonic()
    services.onError(error)
  }

  const ask = async (session: string): Promise<void> => {
    const held = providerSessions.find(session)
    const party = held && partyOf(held.record.provider)
    const secrets = await providerSessions.secretsOf(session)
    if (held === undefined || party === undefined || secrets?.refreshToken === undefined)
      return providerSessions.stopRenewing(session)
    const before = held.record
    await providerSessions.asking(session)
    const answer = await party.refresh(secrets.refreshToken, before)
    const now = providerSessions.find(session)
    // Somebody signed in anew meanwhile: that sign-in has a token of its own.
    if (now !== undefined && now.signIn !== held.signIn) return
    if (answer.is === 'confirmed') {
      const refreshToken = answer.refreshToken ?? secrets.refreshToken
      const idToken = answer.idToken ?? secrets.idToken
      const isThere = await providerSessions.answered(session, { refreshToken, idToken })
      if (!isThere) return party.revoke(refreshToken)
      if (!isSame(answer.claims, before.personId)) return end(session, before.provider)
      if (await follow(answer, before.personId, before.provider))
        await sessions.confirm(session, before.provider)
      return
    }
    if (answer.is === 'refused') {
      // A token that may have been taken already says nothing of its person when it comes again.
      if (before.isInDoubt) return providerSessions.stopRenewing(session)
      return end(session, before.provider)
    }
    if (answer.is === 'needs-person') return providerSessions.stopRenewing(session)
    if (!answer.mayBeTaken && !before.isInDoubt) await providerSessions.notTaken(session)
    if (answer.is === 'away') providerSessions.askAgainAfter(session, awayMs)
    tell(answer.error)
  }

  const end = async (session: string, by: string): Promise<void> => {
    await sessions.end([session], { by, reason: 'provider-refused' })
  }
  const isSame = ({ issuer, subject }: Claims, personId: string): boolean => {
    const known = people.recordOf(personId)
    return known?.issuer === issuer && known.subject === subject
  }

  /** Takes over what has changed. Gives false when something is not known anew, so that the session keeps its end. */
  const follow = async (
    { claims, groups }: Extract<Refreshed, { readonly is: 'confirmed' }>,
    personId: string,
    provider: string,
  ): Promise<boolean> => {
    try {
      if (claims.email !== undefined && hasChanged(claims, personId)) await people.signIn(claims)
    } catch (error) {
      // A directory says that this person has left; that has ended their sessions.
      if (error instanceof Refusal && error.code === 'account-ended') return false
      throw error
    }
    const person = people.findCurrent(personId)
    if (person === undefined) return false
    if (groups === undefined) return !person.groups.some((group) => group.startsWith(`${provider}:`))
    await people.setGroups(personId, provider, groups)
    return true
  }
  const hasChanged = ({ email = '', isEmailVerified, name }: Claims, personId: string): boolean => {
    const known = people.recordOf(personId)
    return (
      known?.email !== email.trim().toLowerCase() ||
      known.isEmailVerified !== isEmailVerified ||
      (name !== undefined && known.name !== name)
    )
  }

  return {
    consider: (session) => {
      const held = providerSessions.find(session)
      if (held === undefined || !held.record.isRenewable) return
      if (ageOf(held.asked, momentNow(clock)) < held.againMs) return
      if (isClosed || underWay.has(session) || underWay.size >= mostAtOnce) return
      providerSessions.noteAsked(session)
      const done = ask(session)
        .catch(tell)
        .finally(() => underWay.delete(session))
      underWay.set(session, done)
    },
    settled,
    close: async () => {
      isClosed = true
      await withinAMoment(settled())
    },
  }
}
