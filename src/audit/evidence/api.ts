/** An evidence bundle, as whoever makes one sees it. */
import type { AuditLog, EntryFacts, ProvingCheckpoint } from '../api.ts'
import type { PayloadPlace } from '../header.ts'

/** The log as a bundle takes from it. */
export interface EvidenceLog {
  readonly origin: string
  readonly verifierKey: string
  /** The first checkpoint that covers an entry, with proofs against it; undefined when none comes. */
  readonly against: (index: number) => Promise<ProvingCheckpoint | undefined>
  /** The header of an entry as it is stored; undefined when there is none. */
  readonly header: (index: number) => Promise<Buffer | undefined>
  /** The sealed bytes of a payload; undefined when its file is no longer kept. */
  readonly sealed: (place: PayloadPlace) => Promise<Buffer | undefined>
  /** A signature over a text by the key of the log, as a signed note. */
  readonly sign: (text: string) => string
}

/** A record an exchange rests on, with the text its hash is of. */
export interface EvidenceRecord {
  readonly kind: string
  readonly id: string
  readonly version: number
  readonly hash: string
  /** SHA-256 of this text is `hash`: the material fields. */
  readonly hashed: string
  readonly body: unknown
  readonly by: string
  readonly at: string
}

/** A decision about a record; its entry in the log names the record's hash. */
export interface EvidenceDecision {
  readonly kind: string
  readonly id: string
  readonly version: number
  readonly hash: string
  readonly verdict: string
  readonly reason: string
  readonly by: string
  readonly role: string
  readonly isBootstrap: boolean
  readonly at: string
  readonly until: string | null
  /** Of the entry in the log. */
  readonly receipt: string
}

/** What served when an exchange went: its use case, its offering and all policies. */
export interface Grounds {
  readonly records: readonly EvidenceRecord[]
  readonly decisions: readonly EvidenceDecision[]
}

/** Gives what an entry rests on. Audit stands left of the register, so this is handed over. */
export type GroundsOf = (facts: EntryFacts, atMs: number) => Grounds

/** What making a bundle needs. */
export interface BundleServices {
  readonly evidence: EvidenceLog
  readonly audit: Pick<AuditLog, 'append' | 'outcomeOf' | 'progressOf' | 'search'>
  readonly groundsOf: GroundsOf
  readonly now: () => number
}
