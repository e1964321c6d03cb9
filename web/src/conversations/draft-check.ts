import { type DataClass, higherClass, highestClass } from '#/core/data-class.ts'
import { type Action, asksCaller, changesText, stopsText } from '#/core/finding.ts'
import type { Inspection } from '#/gateway/api.ts'
import type { Inspector } from '#/inspect/api.ts'
import { countKinds } from './words.ts'

/** What is known of a draft before it is sent. */
export interface DraftVerdict {
  readonly text: string
  readonly class: DataClass
  /** `2 payment card numbers`; empty when nothing was found. */
  readonly found: string
  /** What the gate would do with each finding; undefined while only this browser has looked. */
  readonly actions: readonly Action[] | undefined
  /** Where it may go and why, by the gate's word. */
  readonly offerings: Inspection['offerings']
}

/** The gate reads this much of a draft; more is checked when it is sent. */
export const longestChecked = 200_000

/** The browser's own look, by the same detectors as the gate but without the company's list of terms. */
export function checkHere(inspector: Inspector, text: string): DraftVerdict {
  const findings = inspector.inspect(text.slice(0, longestChecked), 'user')
  const labels = new Map(inspector.kinds.map(({ type, label }) => [type, label]))
  return {
    text,
    class: highestClass(findings.map(inspector.classOf)),
    found: countKinds(counted(findings).map(({ type }) => labels.get(type) ?? type)),
    actions: undefined,
    offerings: [],
  }
}

/** The gate's look: its word wins. */
export const checkedByGate = (
  text: string,
  { class: dataClass, findings, offerings }: Inspection,
): DraftVerdict => ({
  text,
  class: dataClass,
  found: countKinds(counted(findings).map(({ label }) => label)),
  actions: findings.map(({ action }) => action),
  offerings,
})

/** What values cut apart is one thing. */
const counted = <Found extends { readonly isContinued?: boolean }>(
  findings: readonly Found[],
): readonly Found[] => findings.filter(({ isContinued }) => !isContinued)

/** Why a draft may not go where it is about to; undefined when it may, or the gate has not said. */
export function whyNotTo({ offerings }: Pick<DraftVerdict, 'offerings'>, model: string): string | undefined {
  const meant = model === 'auto' ? offerings : offerings.filter(({ id }) => id === model)
  return meant.some(({ isAllowed }) => isAllowed) ? undefined : meant[0]?.reason
}

/** The class shown beside Send: what was found, what the chat carries already, what the person declared. */
export const shownClass = (
  verdict: DraftVerdict | undefined,
  soFar: DataClass,
  declared: DataClass | undefined,
): DataClass => higherClass(higherClass(verdict?.class ?? 'public', soFar), declared ?? 'public')

/** Send says so when something of the draft will be changed. A blocked draft is not promised anything. */
export const willBeChanged = ({ actions = [] }: Pick<DraftVerdict, 'actions'>): boolean =>
  !actions.some((action) => stopsText(action) || asksCaller(action)) && actions.some(changesText)
