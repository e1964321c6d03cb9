/** The catalogue of offerings and comparisons, as the page and the command line see them. */
import type { DataClass } from '#/core/data-class.ts'
import type { FactSource } from '../fact.ts'
import type { OfferingFacts } from '../kinds/offering.ts'

export type FactName = keyof OfferingFacts

export type FactValue = string | number | boolean | readonly string[]

/** What another source says of the same thing. */
export interface Conflict {
  readonly is: FactValue
  readonly source: string
  readonly asOf: string
}

export interface FactView {
  readonly is: FactValue
  readonly source: string
  readonly asOf: string
  readonly until: string | null
  readonly by: FactSource
  /** It may not be relied on any more: counts as unknown. */
  readonly hasEnded: boolean
  readonly conflicts: readonly Conflict[]
  /** Why this value was chosen where sources differ. */
  readonly because: string | null
}

/** An offering of the catalogue or of the register, with what its facts allow. */
export interface OfferingView {
  readonly from: 'catalogue' | 'register'
  readonly id: string
  readonly title: string
  /** What the facts hold for; all null for a record of the register, which is one of them. */
  readonly platform: string | null
  readonly models: string | null
  readonly setting: string | null
  readonly deployment: string | null
  readonly notes: readonly string[]
  /** What is not there is unknown. */
  readonly facts: Readonly<Partial<Record<FactName, FactView>>>
  /** Null: not even public company data. */
  readonly ceiling: { readonly class: DataClass | null; readonly reasons: readonly string[] }
}

/** A line of the list. */
export interface OfferingLine {
  readonly id: string
  readonly title: string
  readonly platform: string | null
  readonly ceiling: DataClass | null
  /** How many facts have sources that differ. */
  readonly conflicts: number
}

export interface ComparedFact {
  readonly name: FactName
  readonly differs: boolean
}

export interface Comparison {
  readonly a: OfferingView
  readonly b: OfferingView
  /** Every fact at least one of them knows, in the order of the schema. */
  readonly facts: readonly ComparedFact[]
}

/** A fact of a record that serves, or the certificate of its connection, which ends soon or has ended; or a day to look again. */
export interface EndingFact {
  readonly offering: string
  readonly title: string
  /** `certificate`: of the connection, seen by a probe. */
  readonly fact: FactName | 'certificate' | 'selfHosted.patchedOn'
  /** The last day it may be relied on, or is fresh. */
  readonly until: string
  readonly hasEnded: boolean
  /** It is only told of: nothing changes on that day. */
  readonly isToldOnly: boolean
}
