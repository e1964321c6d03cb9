/** Policy documents, what keeps their clauses, and the guide: shapes, also the page's. No Node imports. */
import type { DataClass } from '#/core/data-class.ts'
import type { Action } from '#/core/finding.ts'

/** What a count goes back when nobody says, and at most. */
export const usualDays = 30
export const longestDays = 400

/** `noted`: the rules that serve only write it down. `promise`: nothing that serves keeps it. */
export const clauseStates = ['kept', 'noted', 'promise'] as const
export type ClauseState = (typeof clauseStates)[number]

export interface LinkCoverage {
  /** `rule cards-never-leave of company-rules`, `refusal class-above-ceiling`. */
  readonly what: string
  /** What it does, for a person. */
  readonly does: string
  readonly serves: boolean
  /** How often it acted; null where the heads of the log do not say. */
  readonly acted: number | null
  /** Of how many. */
  readonly of: number | null
  /** Of what these are: `exchanges`, `requests`, `pulled`. */
  readonly counts: 'exchanges' | 'requests' | 'pulls'
  /** Other records with a rule of this id, which are counted with it. */
  readonly sharedWith: readonly string[]
}

export interface ClauseCoverage {
  readonly id: string
  readonly title: string
  readonly text: string
  readonly state: ClauseState
  readonly links: readonly LinkCoverage[]
}

export interface DocumentCoverage {
  readonly policy: string
  readonly title: string
  readonly owner: string
  readonly purpose: string
  readonly version: number
  /** Of what is material in it: what an approval is bound to. */
  readonly hash: string
  /** False: this version waits, and nothing of it counts yet. */
  readonly serves: boolean
  readonly clauses: readonly ClauseCoverage[]
  /** Clauses that nothing keeps. */
  readonly promises: readonly string[]
}

export interface Coverage {
  readonly days: number
  readonly since: string
  readonly until: string
  /** There was more in the log than one look counts: `since` is later than asked for. */
  readonly isCut: boolean
  /** Exchanges that came to the rules, and all requests with those refused before. */
  readonly exchanges: number
  readonly requests: number
  readonly documents: readonly DocumentCoverage[]
  /** What these counts cannot see. */
  readonly blind: readonly string[]
}

/** `GET /api/policy-documents`: what everybody reads. Without counts, and without names of other records. */
export interface ReadableDocument {
  readonly policy: string
  readonly title: string
  readonly owner: string
  readonly purpose: string
  readonly version: number
  readonly hash: string
  readonly approvedBy: string
  readonly approvedAt: string
  readonly clauses: readonly {
    readonly id: string
    readonly title: string
    readonly text: string
    readonly state: ClauseState
  }[]
}

/** Where something of a class may go, for everybody. */
export interface GuidePlace {
  readonly title: string
  readonly processor: string
  readonly region: string
  /** What must be done before it goes; null where it goes at once. */
  readonly first: 'reason' | 'notice' | null
}

export interface GuideClass {
  readonly class: DataClass
  /** As the company calls it. */
  readonly name: string
  /** What is found that has this class. */
  readonly holds: readonly string[]
  readonly goesTo: readonly GuidePlace[]
}

export interface GuideRule {
  readonly title: string
  readonly finds: string
  readonly does: string
  readonly also: readonly string[]
}

/** Values of one kind, counted. Nothing of a value is ever here. */
export interface GuideFound {
  /** `[payment card number]` */
  readonly placeholder: string
  readonly does: string
  readonly values: number
  readonly exchanges: number
}

/** `GET /api/policy-guide` */
export interface Guide {
  /** The snapshot it was made from. */
  readonly version: string
  /** SHA-256 over classes and rules: the same for the same guide, whatever was counted. */
  readonly hash: string
  readonly at: string
  readonly since: string
  readonly until: string
  readonly classes: readonly GuideClass[]
  readonly rules: readonly GuideRule[]
  readonly found: readonly GuideFound[]
  /** Kinds found with fewer people than this are not told. */
  readonly fewestPeople: number
  readonly documents: readonly {
    readonly policy: string
    readonly title: string
    readonly version: number
    readonly owner: string
  }[]
}

// --- In words ---------------------------------------------------------------------------------------------

/** What happens to a value or to a text, as a person says it. */
export const actionWords: Readonly<Record<Action, string>> = {
  note: 'goes as it is and is noted',
  acknowledge: 'goes once a notice was read',
  justify: 'goes once a reason was given',
  pseudonymise: 'is replaced by a stand-in and put back in the answer',
  generalise: 'is made coarser',
  mask: 'is masked',
  remove: 'is removed',
  hold: 'is held for a person',
  block: 'does not leave',
}

/** `Public` needs no `public` beside it. */
export const isSameName = (name: string, of: DataClass): boolean => name.toLowerCase() === of

export const placeText = ({ title, processor, region, first }: GuidePlace): string =>
  `${title} (${processor === region ? region : `${processor}, ${region}`})${first === null ? '' : `, after a ${first}`}`

export const stateWords: Readonly<Record<ClauseState, string>> = {
  kept: 'Kept by the gate.',
  noted: 'Only noted by the gate.',
  promise: 'Promise only: nothing keeps it.',
}

/** `rule r of rules – Cards: is masked; acted in 3 of 12 exchanges in 30 days`. */
export function linkText(
  { what, does, serves, acted, of, counts, sharedWith }: LinkCoverage,
  days: number,
): string {
  const head = `${what} – ${does}`
  if (!serves) return `${head}; it does not serve`
  if (acted === null) return `${head}; the log does not say how often`
  const often = counts === 'pulls' ? `pulled ${acted} times` : `acted in ${acted} of ${of ?? 0} ${counts}`
  const shared = sharedWith.length === 0 ? '' : `, counted with ${sharedWith.join(', ')}`
  return `${head}; ${often} in ${days} days${shared}`
}
