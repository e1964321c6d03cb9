/** Publications, as the other rooms, the page and the command line see them. */
import type { Author, RecordKind } from '#/register/api.ts'
import type { LintFinding } from '../linter/api.ts'
import type { RuleTestFailure } from '../rule-tests/api.ts'

/** Kinds an exchange depends on. What is written of the others needs no publication. */
export const servedKinds = [
  'offering',
  'use-case',
  'policy',
  'dataset',
  'pilot',
  'vendor',
] as const satisfies readonly RecordKind[]

export type ServedKind = (typeof servedKinds)[number]

/** A record as it is published: this version, on this approval, and no later one. */
export interface PublishedItem {
  readonly kind: ServedKind
  readonly id: string
  readonly version: number
  /** SHA-256 over its material fields. */
  readonly hash: string
  /** Number of the decision by which it serves. */
  readonly approval: number
}

export type ItemName = Pick<PublishedItem, 'kind' | 'id'>

/** `start`: the first one of all. `automatic`: everything that was approved and passes. */
export const publicationCauses = ['start', 'automatic', 'by-person', 'rollback'] as const

export type PublicationCause = (typeof publicationCauses)[number]

/** A version of what serves, as a difference to the one before. Never changed, never removed. */
export interface Publication {
  /** 1, 2, 3, ... */
  readonly number: number
  readonly cause: PublicationCause
  /** SHA-256 over all items: what people agree to when they publish. */
  readonly digest: string
  /** Items that are new or other than before. */
  readonly put: readonly PublishedItem[]
  readonly gone: readonly ItemName[]
  /** Undefined where nobody had to do anything. */
  readonly by: Author | undefined
  /** Who agreed, where two people publish. */
  readonly second: Author | undefined
  readonly reason: string
  readonly atMs: number
}

/** Somebody has asked to publish and another person must agree. */
export interface PublicationAsk {
  readonly digest: string
  readonly by: Author
  readonly reason: string
  readonly atMs: number
}

// --- Differences ------------------------------------------------------------------------------------------

/** A record that differs between two publications. */
export interface ItemChange extends ItemName {
  /** Versions; null where it did not, or does not, serve. Equal when only its approval is another. */
  readonly from: number | null
  readonly to: number | null
  /** First-level fields in which the versions differ. */
  readonly fields: readonly string[]
}

/** A rule or a trigger that differs, whole: as it is written. */
export interface RuleChange {
  readonly is: 'rule' | 'trigger'
  readonly id: string
  /** Where it stands: `policy/company-rules`. */
  readonly in: string
  readonly before: object | null
  readonly after: object | null
}

export interface Difference {
  readonly added: readonly ItemChange[]
  readonly changed: readonly ItemChange[]
  readonly takenAway: readonly ItemChange[]
  readonly rules: readonly RuleChange[]
  /** Changed rules that are not listed: beyond a hundred nobody reads them here. */
  readonly moreRules: number
}

// --- Answers of /api/publications -------------------------------------------------------------------------

/** What stands in the way of a publication, and what should be looked at. */
export interface Check {
  /** Of what was looked at. */
  readonly digest: string
  /** Why it does not compile; null when it does. */
  readonly doesNotCompile: string | null
  readonly failures: readonly RuleTestFailure[]
  /** How many rule tests ran. */
  readonly tests: number
  readonly findings: readonly LintFinding[]
  /** Nothing stands in the way. */
  readonly isGreen: boolean
}

export interface PublicationSummary {
  readonly number: number
  readonly cause: PublicationCause
  readonly digest: string
  readonly at: string
  readonly by: string | null
  readonly second: string | null
  readonly reason: string
  readonly counts: { readonly added: number; readonly changed: number; readonly takenAway: number }
}

export interface PublicationView extends PublicationSummary {
  readonly difference: Difference
}

/** What was approved and does not serve yet. */
export interface Waiting {
  readonly digest: string
  readonly difference: Difference
  readonly check: Check
  /** Somebody has asked to publish it, and another person must agree. */
  readonly asked: { readonly by: string; readonly at: string; readonly reason: string } | null
}

export interface PublicationPage {
  readonly mode: 'automatic' | 'by-person'
  readonly secondPerson: boolean
  /** Number of the publication that serves. */
  readonly serving: number
  /** After a step back nothing is published by itself. */
  readonly isHeld: boolean
  /** Why nothing can be published until a start; null when all is well. */
  readonly trouble: string | null
  readonly waiting: Waiting | null
  /** Of what serves. */
  readonly check: Check
  /** The newest fifty, newest first. */
  readonly publications: readonly PublicationSummary[]
  /** What one step back would change; null when there is none. */
  readonly stepBack: Difference | null
  readonly mayPublish: boolean
}

/** What came of asking to publish. */
export interface Published {
  /** `asked`: another person must agree. */
  readonly state: 'published' | 'asked'
  readonly publication: PublicationSummary | null
}
