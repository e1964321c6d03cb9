import type { IncomingMessage } from 'node:http'
import type { Caller, Person, Role } from '#/core/role.ts'
import type { MadeKey } from './keys/api.ts'
import type { KeyRequest } from './keys/control.ts'
import type { LeakedKey } from './keys/end.ts'

export type { MadeKey as NewKey }

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
  readonly createKey: (asked: KeyRequest) => Promise<MadeKey>
  readonly revokeKey: (asked: {
    readonly id: string
    readonly by: string
    readonly reason: string
  }) => Promise<void>
  /** Counts one exchange of a key against what it is bound to. Throws `key-rate-reached` and `key-budget-spent`. */
  readonly admitKey: (keyId: string) => void
  /** Counts what an exchange of a key took. */
  readonly spendKey: (keyId: string, tokens: number) => void
  /** Ends every key of ours among these texts, before it returns; resolves once that is on disk. */
  readonly reportLeaked: (texts: readonly string[], where: string) => Promise<readonly LeakedKey[]>
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
