import type { IncomingMessage } from 'node:http'
import type { Caller, Person, Role } from '#/core/role.ts'

export interface NewKey {
  readonly id: string
  /** Shown once: never stored, never shown again. */
  readonly key: string
  readonly expiresAtMs: number
}

/** What of a caller has ended. */
export type AccessEnd = 'account' | 'session' | 'key'

/** Who is asking. */
export interface Identity {
  /** Key from `Authorization: Bearer` or `x-api-key`, else the page's session. Throws `key-*` and `sign-in-needed`. */
  readonly identify: (request: IncomingMessage) => Promise<Caller> | Caller
  /**
   * Whoever asked, as of now, for an exchange under way: the person with the roles of this moment, or why there is no
   * access any more. From memory, at once.
   */
  readonly lookAgain: (caller: Caller) => Person | AccessEnd
  /** The person of the page's session; undefined when not signed in. Checks Origin and the CSRF header on writes. */
  readonly personOf: (request: IncomingMessage) => Promise<Person | undefined> | Person | undefined
  /** Called with the id of a key or person whose access just ended; open streams of it must be cut. */
  readonly onEnded: (
    listener: (ended: { readonly keyId?: string; readonly personId?: string }) => void,
  ) => void
  readonly createKey: (asked: {
    readonly email: string
    readonly useCase: string | undefined
    readonly expiresInDays: number
    readonly label: string | undefined
    readonly by: string
  }) => Promise<NewKey>
  readonly revokeKey: (asked: {
    readonly id: string
    readonly by: string
    readonly reason: string
  }) => Promise<void>
  /** Ends everything a person can do, now: sessions, keys and open answers. */
  readonly endAccess: (asked: {
    readonly id: string
    readonly by: string
    readonly reason: string
  }) => Promise<void>
  readonly restoreAccess: (asked: {
    readonly id: string
    readonly by: string
    readonly reason: string
  }) => Promise<void>
  readonly findPeople: (email: string) => Promise<readonly Person[]>
  readonly findPerson: (id: string) => Promise<Person | undefined>
  /**
   * Gives roles to a person named by e-mail; pending until that person signs in for the first time. They end: after 90
   * days, or what the settings allow where that is less.
   */
  readonly grantRoles: (asked: {
    readonly email: string
    readonly roles: readonly Role[]
    readonly by: string
    readonly reason?: string
    readonly days?: number
  }) => Promise<void>
}
