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
 * address, no prompt may stand here. Who it was is given apart (`subject`) and becomes a random alias.
 */
export interface EntryFacts {
  readonly requestId?: string
  readonly useCase?: string
  readonly offering?: string
  readonly provider?: string
  readonly model?: string
  readonly dialect?: string
  readonly isStream?: boolean
  readonly class?: DataClass
  readonly leavesAs?: DataClass
  readonly declaredClass?: DataClass
  readonly findings?: readonly FindingCount[]
  readonly decision?: string
  readonly code?: string
  readonly rules?: readonly string[]
  readonly snapshot?: string
  readonly inspector?: string
  readonly settings?: string
  readonly usage?: {
    readonly inputTokens: number
    readonly outputTokens: number
    readonly cacheReadTokens: number
    readonly cacheWriteTokens: number
  }
  readonly costMicroUsd?: number
  readonly status?: number
  readonly finish?: string
  readonly tools?: readonly string[]
  readonly timingsMs?: Readonly<Record<string, number>>
  /** The intent an outcome belongs to. */
  readonly intent?: number
  readonly keyId?: string
  /** Ids of records and decisions an entry is about. */
  readonly about?: string
  readonly version?: string
  readonly digest?: string
  readonly reason?: string
}

export interface NewEntry {
  readonly kind: EntryKind
  readonly facts: EntryFacts
  /** Whose text it is: the person's id. Decides the alias in the header and the key of the payload. */
  readonly subject?: string
  /** Sealed under the key of `subject` and month; kept outside the tree. JSON text or bytes. */
  readonly payload?: string | Uint8Array
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
  /** The newest signed checkpoint as a signed note; undefined before the first. */
  readonly checkpoint: () => string | undefined
  /** False once the log is dead; then nothing may be sent. */
  readonly isAlive: () => boolean
  readonly close: () => Promise<void>
}
