/** The log, as the other rooms see it. */
import type { DataClass } from '#/core/data-class.ts'

/** Every kind of entry. `intent` and `outcome` are the two of an exchange. */
export const entryKinds = [
  'intent',
  'outcome',
  'refusal',
  'sign-in',
  'sign-in-failed',
  'sign-out',
  'key-created',
  'key-revoked',
  'record',
  'decision',
  'snapshot',
  'read',
  'start',
  'stop',
  'export',
] as const

export type EntryKind = (typeof entryKinds)[number]

/** Kinds of findings with how often each was found and what was done: enough to replay a rule without content. */
export interface FindingCount {
  readonly type: string
  readonly channel: string
  readonly action: string
  readonly count: number
}

/**
 * What a caller of the log says of an entry. It becomes the header, which stays readable: no name, no
 * address, no prompt may stand here. Who it was is given apart (`subject`) and becomes a random alias. What is
 * undefined is left out.
 */
export interface EntryFacts {
  readonly requestId?: string | undefined
  readonly useCase?: string | undefined
  readonly offering?: string | undefined
  readonly provider?: string | undefined
  readonly model?: string | undefined
  readonly dialect?: string | undefined
  readonly isStream?: boolean | undefined
  readonly class?: DataClass | undefined
  readonly leavesAs?: DataClass | undefined
  readonly declaredClass?: DataClass | undefined
  readonly findings?: readonly FindingCount[] | undefined
  readonly decision?: string | undefined
  readonly code?: string | undefined
  readonly rules?: readonly string[] | undefined
  readonly snapshot?: string | undefined
  readonly inspector?: string | undefined
  readonly settings?: string | undefined
  readonly usage?:
    | {
        readonly inputTokens: number
        readonly outputTokens: number
        readonly cacheReadTokens: number
        readonly cacheWriteTokens: number
      }
    | undefined
  readonly costMicroUsd?: number | undefined
  readonly status?: number | undefined
  readonly finish?: string | undefined
  readonly tools?: readonly string[] | undefined
  readonly timingsMs?: Readonly<Record<string, number>> | undefined
  /** The intent an outcome belongs to. */
  readonly intent?: number | undefined
  readonly keyId?: string | undefined
  /** Ids of records and decisions an entry is about. */
  readonly about?: string | undefined
  readonly version?: string | undefined
  readonly digest?: string | undefined
  readonly reason?: string | undefined
}

export interface NewEntry {
  readonly kind: EntryKind
  readonly facts: EntryFacts
  /** Whose text it is: the person's id. Decides the alias in the header and the key of the payload. */
  readonly subject?: string
  /** Sealed under the key of `subject` and month; kept outside the tree. JSON text or bytes, whole or in pieces. */
  readonly payload?: string | Uint8Array | readonly (string | Uint8Array)[]
}

export interface Appended {
  readonly index: number
  /** `origin#index`. */
  readonly receipt: string
}

export interface OpenedEntry {
  readonly index: number
  readonly atMs: number
  readonly kind: EntryKind
  readonly facts: EntryFacts
  /** The person's id, when the alias is still known. */
  readonly subject: string | undefined
  /** Undefined when there is none, or its key was destroyed. */
  readonly payload: Uint8Array | undefined
}

/** An entry without its payload: what a search gives. */
export type EntryHead = Omit<OpenedEntry, 'payload'>

/** A head as it stands in the log, for whoever copies the log elsewhere. */
export interface LoggedHead extends EntryHead {
  /** Stands for the person in the header; undefined for an entry of nobody. */
  readonly alias: string | undefined
  /** The stored header, JSON on one line: the leaf is SHA-256(0x00 || header). */
  readonly header: string
}

export interface EntryQuery {
  /** Entries whose text is of one of these people; everybody's when left out. */
  readonly personIds?: readonly string[]
  /** Inclusive. */
  readonly sinceMs?: number
  /** Exclusive. */
  readonly untilMs?: number
  readonly kinds?: readonly EntryKind[]
  readonly limit: number
}

export interface AuditLog {
  readonly origin: string
  /** Number of entries durable so far. */
  readonly size: () => number
  /**
   * Resolves once the entry is on disk. Rejects with `Refusal('log-unavailable')`, and from the first write or
   * sync error on it rejects every time, until the process is started again.
   */
  readonly append: (entry: NewEntry) => Promise<Appended>
  /** Undefined when there is no entry of this index. */
  readonly open: (index: number) => Promise<OpenedEntry | undefined>
  /** The outcome of an intent, if it has one yet. */
  readonly outcomeOf: (intent: number) => Promise<OpenedEntry | undefined>
  /** Heads that fit, newest first. Reading is itself logged: people's searches go through `searchEntries`. */
  readonly search: (query: EntryQuery) => Promise<readonly EntryHead[]>
  /** At most `most` heads from index `from` on, in order; fewer where the log ends. */
  readonly readHeads: (from: number, most: number) => Promise<readonly LoggedHead[]>
  /** The newest signed checkpoint as a signed note; undefined before the first. */
  readonly checkpoint: () => string | undefined
  /** False once the log is dead; then nothing may be sent. */
  readonly isAlive: () => boolean
  readonly close: () => Promise<void>
}
