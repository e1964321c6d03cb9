/**
 * What is governed, as the other rooms and the page see it: records, decisions about them, and the states that
 * follow. A state is never stored: it follows from the decisions, what they were about, and the clock.
 */
import type { DataClass } from '#/core/data-class.ts'
import type { Role } from '#/core/role.ts'
import type { ControlResult } from './controls/api.ts'
import type { Difference } from './differences.ts'
import type { Control } from './kinds/control.ts'
import type { Dataset } from './kinds/dataset.ts'
import type { Incident } from './kinds/incident.ts'
import type { RecordKind, State } from './kinds/names.ts'
import type { Offering } from './kinds/offering.ts'
import type { Pilot } from './kinds/pilot.ts'
import type { Policy } from './kinds/policy.ts'
import type { Review } from './kinds/review.ts'
import type { Tool } from './kinds/tool.ts'
import type { UseCase } from './kinds/use-case.ts'
import type { Vendor } from './kinds/vendor.ts'
import type { Contradiction, ProbeView } from './probes/api.ts'

export type { ControlException, ControlResult } from './controls/api.ts'
export type { Difference } from './differences.ts'
export type { Fact, FactSource } from './fact.ts'
export type { Control } from './kinds/control.ts'
export type { Dataset } from './kinds/dataset.ts'
export type { Incident } from './kinds/incident.ts'
export { type RecordKind, recordKinds, type State, states } from './kinds/names.ts'
export type { Offering, OfferingFacts, Trains } from './kinds/offering.ts'
export type { Pilot } from './kinds/pilot.ts'
export type { Policy } from './kinds/policy.ts'
export type { Review } from './kinds/review.ts'
export type { Tool } from './kinds/tool.ts'
export type { UseCase } from './kinds/use-case.ts'
export type { Vendor } from './kinds/vendor.ts'

/** The body of each kind of record. */
export interface Bodies {
  readonly offering: Offering
  readonly 'use-case': UseCase
  readonly policy: Policy
  readonly dataset: Dataset
  readonly pilot: Pilot
  readonly incident: Incident
  readonly review: Review
  readonly control: Control
  readonly vendor: Vendor
  readonly tool: Tool
}

/** One version of a record, as somebody wrote it. Never changed, never removed. */
export interface RecordVersion<K extends RecordKind = RecordKind> {
  readonly kind: K
  readonly id: string
  /** 1, 2, 3, ... */
  readonly version: number
  readonly body: Bodies[K]
  /** SHA-256 over the material fields: what decisions are bound to. */
  readonly hash: string
  readonly by: Author
  readonly atMs: number
}

/** Who wrote or decided. `id` is the person's id, `bootstrap`, or what the command line says of itself. */
export interface Author {
  readonly id: string
  /** For people: the e-mail address. */
  readonly name: string
}

export const verdicts = ['approve', 'reject', 'suspend', 'stop'] as const

/** `suspend` holds one version, `stop` the record with every version there is; both until somebody approves again. */
export type Verdict = (typeof verdicts)[number]

/** What an approval asks for beside the record. Each is obeyed by the exchange; what cannot be is not offered. */
export interface Conditions {
  /** Lowers the ceiling of an offering or the highest class of a use case. */
  readonly highestClass?: DataClass | undefined
}

/** What somebody decided about one version of a record; kept for ever. */
export interface Decision {
  readonly kind: RecordKind
  readonly id: string
  readonly version: number
  readonly hash: string
  readonly by: Author
  /** The role that gave the right to decide. */
  readonly role: Role | 'bootstrap'
  readonly verdict: Verdict
  readonly reason: string
  readonly conditions: Conditions
  readonly atMs: number
  /** The moment it is over; undefined when it has no end. */
  readonly untilMs: number | undefined
  /** Came in a file into an empty register; never counts as the word of a person. */
  readonly isBootstrap: boolean
  /** Counts up over all decisions: their order, whatever the clock did. */
  readonly number: number
  /** `origin#index` of its entry in the log. */
  readonly receipt: string
}

/** A record with everything that was ever written and decided about it, oldest first. */
export interface RecordHistory<K extends RecordKind = RecordKind> {
  readonly kind: K
  readonly id: string
  readonly versions: readonly RecordVersion<K>[]
  readonly decisions: readonly Decision[]
}

/** The version of a record that serves now, and on whose word. */
export interface Serving<K extends RecordKind = RecordKind> {
  readonly record: RecordVersion<K>
  /** Of several voices: the newest, with the strictest conditions of all and the first of their ends. */
  readonly approval: Decision
  /** Everybody whose approval counts, oldest first. */
  readonly voices: readonly Decision[]
}

/** What taking a record over would do, or did. */
export interface PlanStep {
  readonly kind: RecordKind
  readonly id: string
  readonly change: 'new' | 'changed' | 'same'
  /** The version it is now, or would be. */
  readonly version: number
  /** First-level fields that differ from the newest version. */
  readonly fields: readonly string[]
  /** Whether a decision waits for somebody: false when nothing material changed. */
  readonly waits: boolean
}

/** What proposing a record did. */
export interface Proposed extends PlanStep {
  /** What should be looked at, in sentences; nothing was refused for it. Left out where there is nothing. */
  readonly notes?: readonly string[]
}

// --- Answers of /api/records ------------------------------------------------------------------------------

/** A line of `GET /api/records/:kind`. */
export interface RecordSummary {
  readonly kind: RecordKind
  readonly id: string
  readonly title: string
  /** Of the newest version. */
  readonly state: State
  readonly version: number
  /** The version that serves; null when none does. */
  readonly serving: number | null
  /** Of an offering that serves: the last day of the first of its facts that ends within 30 days or has ended; null when none does. */
  readonly ends?: string | null
  /** What its kind calls it instead of the state: `runs until 2027-03-31`, `overdue since 2026-10`. */
  readonly stage?: string
}

/** `GET /api/records/:kind?after=&limit=&search=&state=`. */
export interface RecordPage {
  readonly records: readonly RecordSummary[]
  /** Of all pages. */
  readonly total: number
  /** The `after` of the next page; null on the last one. */
  readonly next: string | null
}

/** `GET /api/records`: what waits for whoever asks, the oldest first, and what there is. */
export interface RegisterOverview {
  readonly waiting: readonly RecordSummary[]
  readonly kinds: readonly { readonly kind: RecordKind; readonly total: number; readonly waiting: number }[]
}

/** `GET /api/records/:kind/:id/differences?from=&to=`. */
export interface DifferencesView {
  readonly from: number
  readonly to: number
  readonly differences: readonly Difference[]
}

/** `GET /api/records/:kind/:id`: newest version first. */
export interface RecordView {
  readonly kind: RecordKind
  readonly id: string
  readonly serving: number | null
  /** Any one of these roles rejects, suspends and stops; `quorum` of a version says whose approval it takes. */
  readonly deciders: readonly Role[]
  /** Whether it may stop serving with nothing in its place. */
  readonly mayEnd: boolean
  readonly stage?: string
  /** What keeps it from being approved now, as a sentence. */
  readonly heldBack?: string
  /** How many decisions there are: told when deciding, so that nobody decides about what has changed meanwhile. */
  readonly decided: number
  /** How many versions there are; the newest of them and the one that serves are here. */
  readonly total: number
  readonly versions: readonly VersionView[]
  /** Of a control: what it counts now. */
  readonly result?: ControlResult
}

export interface VersionView {
  readonly version: number
  readonly hash: string
  readonly at: string
  readonly by: string
  readonly body: Bodies[RecordKind]
  readonly state: State
  /** One sentence: why it is in this state. */
  readonly why: string
  /** Whose approval it takes and has. */
  readonly quorum: QuorumView
  /** What stands in the way of an approval, and what should be looked at. */
  readonly notes: readonly string[]
  readonly decisions: readonly DecisionView[]
  /** Of an offering: the highest class its facts allow today (null: none), and what each higher step lacks. */
  readonly ceiling?: { readonly class: DataClass | null; readonly reasons: readonly string[] }
  /** Of an offering: what was measured of its connection. */
  readonly probe?: ProbeView
  /** Of an offering: where what is written and what was measured differ. */
  readonly contradictions?: readonly Contradiction[]
}

/** An approval takes `voices` people, each with another of these roles. */
export interface QuorumView {
  readonly voices: number
  /** They need not differ in their roles: it came in a file. */
  readonly ofOneRole?: true
  readonly roles: readonly Role[]
  readonly given: readonly { readonly by: string; readonly role: Role | 'bootstrap' }[]
  /** Roles that may still add theirs; none when it is approved. */
  readonly missing: readonly Role[]
}

export interface DecisionView {
  readonly verdict: Verdict
  readonly by: string
  readonly role: Role | 'bootstrap'
  readonly reason: string
  readonly conditions: Conditions
  readonly at: string
  readonly until: string | null
  readonly isBootstrap: boolean
  readonly receipt: string
}
