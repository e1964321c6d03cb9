/** What kind of thing was found, in broad strokes; rules and default classes are written over these. */
export const families = [
  'person',
  'contact',
  'identity',
  'payment',
  'health',
  'network',
  'secret',
  'company',
  'other',
] as const

export type Family = (typeof families)[number]

/**
 * One thing found in a text. `start` and `end` are UTF-16 offsets into the original text, end exclusive.
 * `score` runs from 0 to 1; `why` is one sentence for a person and never repeats the text that was found.
 */
export interface Finding {
  readonly start: number
  readonly end: number
  readonly type: string
  readonly family: Family
  readonly score: number
  readonly why: string
  /** It goes on from an earlier finding of the same thing, and is not counted again. */
  readonly isContinued?: true
}

/** What a rule does with a finding, weakest first. */
export const actions = ['note', 'pseudonymise', 'generalise', 'mask', 'remove', 'block'] as const

export type Action = (typeof actions)[number]

const strength = Object.fromEntries(actions.map((action, index) => [action, index])) as Readonly<
  Record<Action, number>
>

/** Whether a text with such a finding leaves otherwise than it was entered. */
export const changesText = (action: Action): boolean => action !== 'note' && action !== 'block'

/** The stronger of two actions: block over remove over mask over generalise over pseudonymise over note. */
export const strongerAction = (one: Action, other: Action): Action =>
  strength[one] >= strength[other] ? one : other
