/** Governed reading, as the page and the rest of the log see it. */
import type { Role } from '#/core/role.ts'

/** Who may ask for a reading. */
export const askerRoles = ['auditor', 'security', 'legal', 'owner'] as const satisfies readonly Role[]
/** Who may let it happen. */
export const approverRoles = ['security', 'legal', 'owner'] as const satisfies readonly Role[]

export type AskerRole = (typeof askerRoles)[number]
export type ApproverRole = (typeof approverRoles)[number]

/** Somebody who takes part: a person, or an account of the machine (`command-line:ada`) without issuer and subject. */
export interface Reader {
  readonly id: string
  /** For people to read: the e-mail address, or the account. */
  readonly name: string
  readonly issuer: string | undefined
  readonly subject: string | undefined
}

/** What a reading covers: always something that is in the log already, never what is still to be entered. */
export type Scope =
  | { readonly what: 'receipts'; readonly indexes: readonly number[] }
  /** `sinceMs` is covered, `untilMs` is not. */
  | { readonly what: 'person'; readonly personId: string; readonly sinceMs: number; readonly untilMs: number }
  /** The exchanges a question found when it was asked for; what would fit it later is not covered. */
  | { readonly what: 'query'; readonly text: string; readonly indexes: readonly number[] }

export interface Reading {
  readonly id: string
  readonly by: Reader
  /** Undefined on the command line, where nobody is signed in. */
  readonly role: AskerRole | undefined
  readonly reason: string
  readonly scope: Scope
  /** Ids of the people whose texts it covers, as far as they were known when it was asked for. */
  readonly concerns: readonly string[]
  readonly askedAtMs: number
  /** From then on nothing can be read under it. */
  readonly untilMs: number
}

export interface ReadingDecision {
  readonly reading: string
  readonly by: Reader
  readonly role: ApproverRole
  readonly verdict: 'approve' | 'decline'
  readonly reason: string
  readonly atMs: number
}

export interface ReadingEnd {
  readonly reading: string
  readonly by: Reader
  readonly atMs: number
}

/** The content of one entry was opened under a reading. */
export interface Opening {
  readonly reading: string
  readonly index: number
  /** Whose text it is; undefined when nobody can tell any more. */
  readonly personId: string | undefined
  readonly by: Reader
  readonly atMs: number
}

/** A person was told that what they entered is being read. */
export interface Notice {
  readonly reading: string
  readonly personId: string
  readonly atMs: number
}

/** A reading with everything that happened to it. */
export interface ReadingHistory {
  readonly reading: Reading
  readonly decisions: readonly ReadingDecision[]
  readonly end: ReadingEnd | undefined
}

/** Derived from what happened and the clock, never stored. */
export type ReadingState = 'waiting' | 'open' | 'declined' | 'ended' | 'expired'

/**
 * The content of an exchange or of another entry of the log. `Facts` are `EntryFacts`; the page, which cannot take
 * everything the log's own api holds, does without.
 */
export interface EntryContent<Facts = object> {
  readonly receipt: string
  readonly index: number
  readonly atMs: number
  readonly kind: string
  readonly facts: Facts
  /** Of an intent, once there is one. */
  readonly outcome: Facts | null
  /** The body as it was entered, and as it left when that was something else. */
  readonly typed: unknown
  readonly sent: unknown
  readonly answer: string | null
  /** What an entry that is no exchange holds. */
  readonly other: unknown
  /** There is nothing to read: it holds no text, or the key of the text was destroyed. */
  readonly isEmpty: boolean
  /** Of an exchange: nothing of what was entered and answered was ever kept, because its use case says so. */
  readonly isNotKept: boolean
}

/** A reading as the page and the command line show it. Times are ISO 8601. */
export interface ReadingView {
  readonly id: string
  readonly state: ReadingState
  readonly by: string
  readonly role: AskerRole | null
  readonly reason: string
  readonly covers:
    | { readonly what: 'receipts'; readonly receipts: readonly string[] }
    | { readonly what: 'person'; readonly person: string; readonly since: string; readonly until: string }
    | { readonly what: 'query'; readonly query: string; readonly exchanges: number }
  readonly askedAt: string
  readonly until: string
  readonly approvalsNeeded: number
  readonly decisions: readonly {
    readonly by: string
    readonly role: ApproverRole
    readonly verdict: 'approve' | 'decline'
    readonly reason: string
    readonly at: string
  }[]
  readonly ended: { readonly by: string; readonly at: string } | null
  /** Whoever sees this asked for it, and may open what it covers. */
  readonly isMine: boolean
  readonly mayDecide: boolean
}

/** What a person is told about a reading of their texts. */
export interface NoticeView {
  readonly reading: string
  readonly at: string
  readonly by: string
  readonly approvedBy: readonly string[]
  readonly reason: string
  readonly entries: readonly {
    readonly receipt: string
    readonly openedAt: string
    /** Where the person reads the same content. */
    readonly content: string
  }[]
}
