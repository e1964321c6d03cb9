import { type Moment, momentOf } from '../sessions/age.ts'
import type { ProviderSession } from './record.ts'

/** In memory, with the moment the provider was last asked and how long it is not asked again. */
export interface Held {
  readonly record: ProviderSession
  readonly asked: Moment
  readonly againMs: number
  /** The sign-in it comes from: another object after the next one. */
  readonly signIn: object
}

/** Whom a provider speaks of. */
export interface About {
  readonly provider: string
  readonly issuer: string
  readonly sid: string | undefined
  readonly subject: string | undefined
}

/** What sessions have at their provider, by the id of the session. It grows with the sessions, which are bounded. */
export class ProviderSessionBook {
  readonly #bySession = new Map<string, Held>()

  find(session: string): Held | undefined {
    return this.#bySession.get(session)
  }

  all(): readonly Held[] {
    return [...this.#bySession.values()]
  }

  keep(held: Held): Held {
    this.#bySession.set(held.record.session, held)
    return held
  }

  remove(session: string): Held | undefined {
    const held = this.#bySession.get(session)
    this.#bySession.delete(session)
    return held
  }

  /** The sessions of this provider and issuer that fit what is said; what is not said fits. */
  idsOf({ provider, issuer, sid, subject }: About): readonly string[] {
    return this.all()
      .filter(
        ({ record }) =>
          record.provider === provider &&
          record.issuer === issuer &&
          (sid === undefined || record.sid === sid) &&
          (subject === undefined || record.subject === subject),
      )
      .map(({ record }) => record.session)
  }
}

export const heldOf = (record: ProviderSession, now: Moment, againMs: number): Held => ({
  record,
  asked: momentOf(record.askedAt, now),
  againMs,
  signIn: {},
})
