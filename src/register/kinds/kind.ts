import type { z } from 'zod'
import type { DataClass } from '#/core/data-class.ts'
import type { Role } from '#/core/role.ts'
import type { Quorum } from '../quorum.ts'
import type { RecordKind, State } from './names.ts'

/** Something a record names: it must exist before the record can serve. */
export interface Reference {
  /** Dotted, as problems name it: `offerings.2`. */
  readonly field: string
  readonly kind: RecordKind
  readonly id: string
}

/** Something wrong in a body that is right by its schema. */
export interface BodyProblem {
  readonly path: readonly (string | number)[]
  readonly problem: string
  /** Where it is more than a mistake. */
  readonly code?: 'practice-prohibited'
}

/** What an approval is measured against, beside the version itself. */
export interface Approval<Body> {
  readonly nowMs: number
  /** Bodies of versions of this record that were approved before, oldest first. */
  readonly approvedBefore: readonly Body[]
  /** Of a dataset that is approved now. */
  readonly classOfDataset: (id: string) => DataClass | undefined
  /** When the version of a policy was written that serves now; undefined when it has no such rule. */
  readonly ruleServesSince: (policy: string, rule: string) => number | undefined
  /** Whether the version of a use case that serves has such a rule. */
  readonly useCaseRuleServes: (useCase: string, rule: string) => boolean
  /** When something was stopped, by its receipt; undefined when that is no receipt of a stop. */
  readonly stoppedAt: (receipt: string) => Promise<number | undefined>
}

/** What has become of a record, for kinds that call it by other words. */
export interface Standing {
  readonly id: string
  /** Of the newest version. */
  readonly state: State
  /** When somebody approved any version of it. */
  readonly approvedAtMs: readonly number[]
  readonly nowMs: number
}

/** Records nobody approves a version of for the time being. */
export interface HeldBack {
  readonly about: readonly { readonly kind: RecordKind; readonly id: string }[]
  /** Goes on from "because". */
  readonly why: string
}

/** A kind of record: its shape, what of it is material, and who decides. */
export interface Kind<Body> {
  readonly kind: string
  /** For sentences: 'an offering'. */
  readonly called: string
  /** Strict: a field that is not there is an error. Fills in what may be left out. */
  readonly schema: z.ZodType<Body>
  /** First-level fields, for "did you mean". */
  readonly fields: readonly string[]
  /** Fields whose change needs no new decision. All others are material, so that a new field is, until somebody says no. */
  readonly immaterial: readonly (keyof Body & string)[]
  /** Fields that were immaterial in an earlier version of Sallyport: hashes of then are without them. */
  readonly onceImmaterial?: readonly (keyof Body & string)[]
  /** Any one of these roles decides. */
  readonly deciders: readonly [Role, ...Role[]]
  /** Whose approval this body takes, where it is not any one of `deciders`. */
  readonly quorumOf?: (body: Body) => Quorum
  /** What must be answered before anybody may approve this body. */
  readonly unready?: (body: Body, nowMs: number) => readonly BodyProblem[]
  /** What should be looked at, in sentences; nothing is refused for it. */
  readonly remind?: (body: Body, nowMs: number) => readonly string[]
  /**
   * Whether it may stop serving with nothing in its place: by date, suspended, or stopped. Not what restricts: a day
   * nobody thinks of would open the gate.
   */
  readonly mayEnd: boolean
  /** Whether an approval may set a lower class than the record does. */
  readonly mayLowerClass: boolean
  readonly references: (body: Body) => readonly Reference[]
  /** What a schema cannot see, because it depends on the rest of Sallyport. Asked when a version is written. */
  readonly check: (body: Body) => readonly BodyProblem[]
  /** The only person who decides about it, by e-mail address; needs one of the roles, too. */
  readonly decidesAlone?: (body: Body) => string
  /** The last day an approval can hold; it ends then by itself. */
  readonly lastDay?: (body: Body) => string
  /** What an approval still lacks. */
  readonly beforeApproval?: (
    body: Body,
    approval: Approval<Body>,
  ) => BodyProblem | undefined | Promise<BodyProblem | undefined>
  /** Whether a file may approve this body in an empty register, although its kind asks something before approvals. */
  readonly fileMayApprove?: (body: Body) => boolean
  /** What the newest version is called instead of its state. */
  readonly stage?: (body: Body, standing: Standing) => string | undefined
  /** Whether it waits for another approval though it has one. */
  readonly isDue?: (body: Body, standing: Standing) => boolean
  /** What it keeps from being approved. */
  readonly holdsBack?: (body: Body, standing: Standing) => HeldBack | undefined
}
