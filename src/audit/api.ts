/** The log, as the other rooms see it. */
import type { DataClass } from '#/core/data-class.ts'
import type { StatefulFeature } from '#/core/stateful-feature.ts'

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
  'progress',
  'clock-jump',
  'log-full',
  'erase',
  'retention',
  'hold',
  'hold-ended',
  'backup',
  'key-rotated',
  'key-destroyed',
  'read-request',
  'read-approval',
  'read-ended',
  'read-notice',
  'export',
  'key-replaced',
  'key-leaked',
  'alert',
  'workload-sign-in',
  'access-ended',
  'access-restored',
  'session-ended',
  'step-up',
  'role-granted',
  'role-ended',
  'access-request',
  'access-decision',
  'device-approved',
  'device-refused',
  'scim-change',
  'scim-paused',
  'scim-resumed',
  'service-changed',
  'publication',
  'probe',
  'simulation',
  'moderation',
  'session-renewed',
] as const

export type EntryKind = (typeof entryKinds)[number]

/** Kinds of findings with how often each was found and what was done: enough to replay a rule without content. */
export interface FindingCount {
  readonly type: string
  readonly channel: string
  readonly action: string
  readonly count: number
  /** Where it is not the class of its kind: a term has its own. */
  readonly class?: DataClass | undefined
  /** Where it stood: in text that must not be changed, or in a file. */
  readonly place?: 'fixed' | 'file' | undefined
  /** Entries of policies by which these values are not sensitive. */
  readonly cleared?: readonly string[] | undefined
}

/**
 * What a request asked for, as far as what was decided does not say it: with it an exchange is decided again by other
 * rules. Names are those of records there were; any other is `?`, so that nothing somebody typed stands here.
 */
export interface AskedFacts {
  /** `auto`, or the id or alias of an offering. */
  readonly model: string
  readonly useCase?: string | undefined
  /** The caller asked to have masked what is blocked. */
  readonly mask?: true | undefined
  /** What labels on files say, where they say something. */
  readonly labels?: DataClass | undefined
  /** What it asks of the provider that keeps data and cannot be taken out. */
  readonly features?: readonly StatefulFeature[] | undefined
  /** Parts nobody has read. */
  readonly unread?: number | undefined
  /** The key bounds use case, class or offerings: its record says to what. */
  readonly bound?: true | undefined
  /** The caller gave a reason; its words are sealed. */
  readonly reason?: true | undefined
  /** Rules whose notice counted as read, by id. */
  readonly notices?: readonly string[] | undefined
}

/** What a moderation model was asked before an exchange left, or why it was not. */
export interface ModerationFacts {
  readonly offering: string
  /** The name the provider knows it by, and what it calls itself in its answer, where it answered. */
  readonly model?: string | undefined
  readonly version?: string | undefined
  /** `answered`; `known` from before; `nothing` that people wrote; or the reason why it was not asked or did not answer. */
  readonly how: string
  /** The entry that says what it was shown. */
  readonly entry?: number | undefined
  /** What asking it counted as, in millionths of a US dollar; left out where it was not served, or no price is known. */
  readonly costMicroUsd?: number | undefined
  readonly tookMs?: number | undefined
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
  /** Of an intent, and of a refusal of what was inspected. */
  readonly asked?: AskedFacts | undefined
  readonly findings?: readonly FindingCount[] | undefined
  /** Of an intent, and of a refusal that came after it. */
  readonly moderation?: ModerationFacts | undefined
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
  /** The intent an outcome or a progress belongs to. */
  readonly intent?: number | undefined
  /** Of a progress: the one before it. Of an outcome: the last one. */
  readonly progress?: number | undefined
  /** Of a progress: bytes of the answer sealed so far, in UTF-8. Of an outcome after a crash: how many are known. */
  readonly answerBytes?: number | undefined
  /** How far the clock moved against the steady one, or at a start against the last entry; less than zero when it was set back. */
  readonly clockMovedMs?: number | undefined
  readonly keyId?: string | undefined
  /** The application a key is for; `subject` is its owner. */
  readonly service?: string | undefined
  /** Ids of records and decisions an entry is about. */
  readonly about?: string | undefined
  readonly version?: string | undefined
  readonly digest?: string | undefined
  readonly reason?: string | undefined
  /** Of `erase`: entries whose payloads are overwritten from here on. */
  readonly erased?: readonly number[] | undefined
  /** Of `retention`: payload files that are deleted from here on. */
  readonly goneFiles?: readonly string[] | undefined
  /**
   * Of `retention`: the headers before index `below` end from here on; `root` is that of the tree over these entries,
   * in hex, and `kept` how many of these headers stay. Left out by the first version that ended headers.
   */
  readonly ended?:
    | { readonly below: number; readonly root: string; readonly kept?: number | undefined }
    | undefined
  /** Names of data keys that were destroyed. */
  readonly keys?: readonly string[] | undefined
  readonly counts?: Readonly<Record<string, number>> | undefined
  /** Of `hold`: when it ends by itself. */
  readonly untilMs?: number | undefined
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
  /** Parts of the payload that cannot be had any more: a mark stands in it instead. Left out when it is whole. */
  readonly lostParts?: readonly LostPart[]
  /**
   * Earlier entries that hold parts of the payload: whoever erases it for good, or takes it somewhere else, needs them,
   * too. Left out where there are none.
   */
  readonly sources?: readonly number[]
}

/** A part of a payload that lay with an earlier entry. */
export interface LostPart {
  readonly entry: number
  /** Of the mark, in the payload as it is given. */
  readonly offset: number
  /** Bytes of the part that is lost. */
  readonly length: number
  /** `erased`: on purpose, or its key was destroyed. `gone`: its file is no longer kept. `damaged`: it is not what it was. */
  readonly why: 'erased' | 'gone' | 'damaged'
}

/** An entry without its payload: what a search gives. */
export type EntryHead = Omit<OpenedEntry, 'payload' | 'lostParts' | 'sources'>

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
  /** Entries before this index only: how a search is gone on with, whatever the clock did. */
  readonly below?: number
  readonly limit: number
}

export interface HeadsQuery {
  readonly kinds: readonly EntryKind[]
  /** Inclusive. */
  readonly sinceMs: number
  /** Exclusive. */
  readonly untilMs: number
  /** Entries before this index only. */
  readonly below: number
  readonly most: number
}

export interface HeadsPage {
  /** In order of their indexes. May be empty though earlier ones fit. */
  readonly heads: readonly EntryHead[]
  /** What the next page is asked below; 0 once nothing is left. */
  readonly below: number
  /**
   * When the first entry that is kept was written, where headers of the time that was asked for have ended before it. Left
   * out where nothing of it is missing.
   */
  readonly goneBeforeMs?: number
}

export interface TreeHealth {
  /** `late`: the tiles cannot be written, so no checkpoint comes. */
  readonly checkpoints: 'current' | 'late'
  readonly copies: 'none' | 'current' | 'failing'
}

export interface ProvingCheckpoint {
  /** The signed note. */
  readonly note: string
  readonly size: number
  /** A `.tlog-proof` of an entry it covers, without the header. Cheapest in the order of entries. */
  readonly prove: (index: number) => Promise<string>
}

/** What a log shows of its tree to those who check it. */
export interface LogTree {
  /** A resource of C2SP tlog-tiles, such as `tile/0/000`; undefined when the newest checkpoint has none of that name. */
  readonly tile: (path: string) => Promise<Buffer | undefined>
  /** Whose entry it is and what it says, without its text. Undefined when there is none. */
  readonly headOf: (index: number) => Promise<Pick<EntryHead, 'kind' | 'facts' | 'subject'> | undefined>
  /**
   * A `.tlog-proof` of an entry, with its header as extra data. Waits for the checkpoint that covers it, some seconds
   * at most: then `Refusal('proof-pending')`.
   */
  readonly prove: (index: number) => Promise<string>
  /** The header of an entry as it is stored; undefined when there is none. */
  readonly header: (index: number) => Promise<Buffer | undefined>
  /**
   * The first checkpoint that covers an entry, and proofs of any entry against just this one; undefined when none
   * comes within some seconds.
   */
  readonly against: (index: number) => Promise<ProvingCheckpoint | undefined>
  /** Entries before this index have no header any more: retention ended them. 0 while the log is whole. */
  readonly firstKept: () => number
  /** Of the tree over the first `size` entries, which a checkpoint must cover. */
  readonly rootOf: (size: number) => Promise<Buffer>
  /** Makes the tiles anew out of the segments. Gives the number of entries. */
  readonly rebuildTiles: () => Promise<number>
  readonly health: () => TreeHealth
}

/** What the log knows of an entry, and where its header lies in a segment. */
export interface DurableEntry {
  readonly index: number
  readonly kind: EntryKind
  readonly atMs: number
  readonly alias: string | undefined
  readonly facts: EntryFacts
  readonly offset: number
}

/** Told of the entries of a commit, which lie in one segment, in their order. Never throws. */
export type OnDurable = (entries: readonly DurableEntry[], segment: number) => void

export interface AuditLog {
  readonly origin: string
  /** Number of entries durable so far, ended ones counted. */
  readonly size: () => number
  /** Index of the first entry whose header is kept. */
  readonly first: () => number
  /** Tells of every commit from now on, once it is on disk; whoever asked before is told no more. */
  readonly watch: (onDurable: OnDurable) => void
  /**
   * Resolves once the entry is on disk. Rejects with `Refusal('log-unavailable')`, and from the first write or
   * sync error on it rejects every time, until the process is started again.
   */
  readonly append: (entry: NewEntry) => Promise<Appended>
  /** Throws `log-quota-spent` when the entries of this person fill their share of today's log. */
  readonly assertQuota: (personId: string) => void
  /** Undefined when there is no entry of this index, or its header has ended. */
  readonly open: (index: number) => Promise<OpenedEntry | undefined>
  /** The outcome of an intent, if it has one yet. */
  readonly outcomeOf: (intent: number) => Promise<OpenedEntry | undefined>
  /** What was written down of the answer to an intent while it came, oldest first; empty for most. */
  readonly progressOf: (intent: number) => Promise<readonly OpenedEntry[]>
  /** Heads that fit, newest first. Reading is itself logged: people's searches go through `index/search-log.ts`. */
  readonly search: (query: EntryQuery) => Promise<readonly EntryHead[]>
  /** Signs what is durable now. False when no checkpoint can be written yet: the tiles are late. */
  readonly signNow: () => Promise<boolean>
  /**
   * Overwrites the sealed payload of an entry, durably; false when it has none, or none any more. An `erase` entry
   * that names the index comes first and is signed, so that the verifier knows why nothing is there.
   */
  readonly erasePayload: (index: number) => Promise<boolean>
  /** Earlier entries that hold parts of the text of this one. */
  readonly sourcesOf: (index: number) => Promise<readonly number[]>
  /**
   * The index before which all headers are older than `beforeMs`, nobody's alias is among `aliases`, every exchange has
   * its outcome and a checkpoint covers them: whole segments only. `first()` when there is none.
   */
  readonly endable: (asked: { readonly beforeMs: number; readonly aliases: ReadonlySet<string> }) => number
  /**
   * Ends the headers before `below`, an index `endable` gave, durably. A `retention` entry that says so comes first.
   * Whoever asks for one of them afterwards is told that there is none.
   */
  readonly endHeaders: (below: number) => Promise<void>
  /** How far the wall clock has moved against the steady one since it was last written down; above zero is ahead. */
  readonly clockMovedMs: () => number
  /** Entries the largest checkpoint covered when this was opened: what stands behind them may be anybody's. */
  readonly signedAtStart: number
  /** How many headers before `below` stay when the others end, those of segments that have ended counted. */
  readonly lastingBefore: (below: number) => number
  /** At most `most` heads from index `from` on, or from the first that is kept, in order; fewer where the log ends. */
  readonly readHeads: (from: number, most: number) => Promise<readonly LoggedHead[]>
  /** The newest heads that fit, a page at a time: for whoever goes through many of a kind. Reading is not logged here. */
  readonly newestHeads: (query: HeadsQuery) => Promise<HeadsPage>
  /** The newest signed checkpoint as a signed note; undefined before the first. */
  readonly checkpoint: () => string | undefined
  readonly tree: LogTree
  /** False once the log is dead; then nothing may be sent. */
  readonly isAlive: () => boolean
  /** True while only what is under way is taken, because the disk is nearly full. */
  readonly isFull: () => boolean
  readonly close: () => Promise<void>
}
