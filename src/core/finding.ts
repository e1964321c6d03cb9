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

/**
 * What a rule does, weakest first. `acknowledge` and `justify` let the text go as it is once the caller has read a notice or
 * given a reason; what changes the text is stronger, since then the value does not go at all; `hold` waits for a person.
 */
export const actions = [
  'note',
  'acknowledge',
  'justify',
  'pseudonymise',
  'generalise',
  'mask',
  'remove',
  'hold',
  'block',
] as const

export type Action = (typeof actions)[number]

const strength = Object.fromEntries(actions.map((action, index) => [action, index])) as Readonly<
  Record<Action, number>
>

const changing: ReadonlySet<Action> = new Set<Action>(['pseudonymise', 'generalise', 'mask', 'remove'])

/** Whether a text with such a finding leaves otherwise than it was entered. */
export const changesText = (action: Action): boolean => changing.has(action)

/** Whether a text with such a finding does not leave at all. */
export const stopsText = (action: Action): action is 'hold' | 'block' =>
  action === 'block' || action === 'hold'

/** Whether the caller has to do something before a text with such a finding leaves. */
export const asksCaller = (action: Action): action is 'acknowledge' | 'justify' =>
  action === 'acknowledge' || action === 'justify'

/** What can be done with a whole exchange, rather than with a value in it. */
export const wholeActions = actions.filter((action) => !changesText(action))

/** The stronger of two actions, in the order of `actions`. */
export const strongerAction = (one: Action, other: Action): Action =>
  strength[one] >= strength[other] ? one : other
