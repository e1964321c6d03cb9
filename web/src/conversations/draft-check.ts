import { type DataClass, higherClass, highestClass } from '#/core/data-class.ts'
import { type Action, changesText } from '#/core/finding.ts'
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
    found: countKinds(findings.map(({ type }) => labels.get(type) ?? type)),
    actions: undefined,
  }
}

/** The gate's look: its word wins. */
export const checkedByGate = (text: string, { class: dataClass, findings }: Inspection): DraftVerdict => ({
  text,
  class: dataClass,
  found: countKinds(findings.map(({ label }) => label)),
  actions: findings.map(({ action }) => action),
})

/** The class shown beside Send: what was found, what the chat carries already, what the person declared. */
export const shownClass = (
  verdict: DraftVerdict | undefined,
  soFar: DataClass,
  declared: DataClass | undefined,
): DataClass => higherClass(higherClass(verdict?.class ?? 'public', soFar), declared ?? 'public')

/** Send says so when something of the draft will be changed. A blocked draft is not promised anything. */
export const willBeChanged = ({ actions = [] }: Pick<DraftVerdict, 'actions'>): boolean =>
  !actions.includes('block') && actions.some(changesText)
