/** An evidence bundle, as whoever makes one sees it. */
import type { AuditLog, EntryFacts } from '../api.ts'

/** The log as a bundle takes from it. */
export interface EvidenceLog {
  readonly origin: string
  readonly verifierKey: string
  /** The newest signed checkpoint; undefined before the first. */
  readonly checkpoint: () => SignedCheckpoint | undefined
  /** The header of an entry as it is stored; undefined when there is none. */
  readonly header: (index: number) => Promise<Buffer | undefined>
  /** Gives, for entries a checkpoint covers, the text of a `.tlog-proof` file against it. */
  readonly proofs: (against: SignedCheckpoint) => (index: number) => Promise<string>
  /** The sealed bytes of an entry's payload; undefined when there are none any more. */
  readonly sealed: (index: number) => Promise<Buffer | undefined>
  /** A signature over a text by the key of the log, as a signed note. */
  readonly sign: (text: string) => string
}

export interface SignedCheckpoint {
  readonly note: string
  readonly size: number
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
  readonly audit: Pick<AuditLog, 'append' | 'outcomeOf' | 'search'>
  readonly groundsOf: GroundsOf
  readonly now: () => number
}
