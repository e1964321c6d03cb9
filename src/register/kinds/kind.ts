import type { z } from 'zod'
import type { Role } from '#/core/role.ts'
import type { Quorum } from '../quorum.ts'

/** Something a record names: it must exist before the record can serve. */
export interface Reference {
  /** Dotted, as problems name it: `offerings.2`. */
  readonly field: string
  readonly kind: 'offering' | 'use-case' | 'policy'
  readonly id: string
}

/** Something wrong in a body that is right by its schema. */
export interface BodyProblem {
  readonly path: readonly (string | number)[]
  readonly problem: string
  /** Where it is more than a mistake. */
  readonly code?: 'practice-prohibited'
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
}
