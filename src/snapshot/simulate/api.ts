/** A draft of records tried on exchanges that were: shapes, also the page's. No Node imports. */
import type { DataClass } from '#/core/data-class.ts'
import type { RecordKind } from '#/register/api.ts'

/** What a simulation goes back at most, and when nothing is said. */
export const longestDays = 400
export const usualDays = 30

/** What of an exchange would be otherwise. */
export const changeKinds = [
  'refused',
  'allowed',
  'refused-otherwise',
  'offering',
  'changed-more',
  'changed-less',
  'class',
] as const

export type ChangeKind = (typeof changeKinds)[number]

/** Why an exchange could not be decided again. */
export const unknownWhys = ['older', 'person', 'key', 'kind', 'name'] as const

export type UnknownWhy = (typeof unknownWhys)[number]

export interface DraftedRecord {
  readonly kind: RecordKind
  readonly id: string
  /** The version it is, or would be. */
  readonly version: number
  /** The version that serves now; null when none does. */
  readonly serving: number | null
}

/** Null: nobody can say any more whose it was. */
export type PersonShown = { readonly id: string; readonly email: string } | null

/** One exchange of those a line counts. What was entered opens the way any entry of the log does. */
export interface Sample {
  readonly receipt: string
  readonly at: string
  readonly person: PersonShown
  readonly useCase: string
}

/** Exchanges with one change; an exchange with two stands in two lines. */
export interface ChangeLine {
  readonly kind: ChangeKind
  /** Of what changes in a text: the kind of finding. Else empty. */
  readonly what: string
  /** A code of a refusal, `allowed`, an offering, an action or a class, by the kind of change. */
  readonly from: string
  readonly to: string
  readonly exchanges: number
  readonly people: number
  /** The newest of them. */
  readonly samples: readonly Sample[]
}

export interface CountedLine {
  readonly value: string
  readonly exchanges: number
}

export interface SimulationResult {
  readonly records: readonly DraftedRecord[]
  /** What a person should know of the draft beside the figures. */
  readonly notes: readonly string[]
  readonly since: string
  readonly until: string
  /** Versions of the snapshots that were compared. */
  readonly serving: string
  readonly drafted: string
  /** Exchanges in the range that came to be decided by rules: those decided again, and those that could not be. */
  readonly exchanges: number
  readonly replayed: number
  readonly changed: number
  readonly unknown: readonly { readonly why: UnknownWhy; readonly says: string; readonly exchanges: number }[]
  /** Refused before any rule was asked: keys, rates, bodies that cannot be read. */
  readonly beforeRules: number
  /** What serves today decides these otherwise than was decided then: records, roles and times have changed since. */
  readonly notAsThen: number
  /** There were more exchanges than are decided again; the newest were. */
  readonly isCut: boolean
  readonly changes: readonly ChangeLine[]
  /** Changed exchanges by use case, person and what of the draft changes them; the most first. */
  readonly byUseCase: readonly CountedLine[]
  readonly byPerson: readonly (CountedLine & { readonly person: PersonShown })[]
  readonly byCause: readonly CountedLine[]
  /** Rules of the draft, new or changed, that no exchange of the range would have met. */
  readonly idleRules: readonly string[]
  /** What heads do not say, as sentences. */
  readonly blindSpots: readonly string[]
  readonly tookMs: number
}

export type SimulationState = 'running' | 'done' | 'cancelled' | 'failed'

export interface SimulationView {
  readonly id: string
  readonly state: SimulationState
  /** Exchanges decided again so far, and how much of the log was looked at: 0 to 1. */
  readonly exchanges: number
  readonly share: number
  readonly result: SimulationResult | null
  /** Of one that failed. */
  readonly problem: string | null
}

/** A finding as a head counts it, with what would be done. */
export interface RuledLine {
  readonly type: string
  readonly action: string
}

/** What rules do with an exchange. */
export type Outcome =
  | {
      readonly goes: true
      readonly offering: string
      readonly leavesAs: DataClass
      readonly actions: readonly string[]
      readonly rules: readonly string[]
    }
  | { readonly goes: false; readonly code: string; readonly rules: readonly string[] }

/** A change as people read it, at the command line and on the page. */
export function describeChange({
  kind,
  what,
  from,
  to,
}: Pick<ChangeLine, 'kind' | 'what' | 'from' | 'to'>): string {
  switch (kind) {
    case 'refused':
      return `goes today, would be refused (${to})`
    case 'allowed':
      return `is refused today (${from}), would go`
    case 'refused-otherwise':
      return `is refused (${from}), would be refused with ${to}`
    case 'offering':
      return `goes to ${from}, would go to ${to}`
    case 'changed-more':
      return `more is done with ${what}: ${from}, would be ${to}`
    case 'changed-less':
      return `less is done with ${what}: ${from}, would be ${to}`
    case 'class':
      return `leaves as ${from}, would leave as ${to}`
  }
}
