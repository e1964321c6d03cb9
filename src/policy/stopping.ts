import type { DataClass } from '#/core/data-class.ts'
import { type Action, changesText } from '#/core/finding.ts'
import { Refusal } from '#/core/refusal.ts'
import type { ExchangeFacts, FoundFact, Rule, UsableUseCase } from './api.ts'
import type { Ruled } from './strictest.ts'

/** A finding with the rules that apply to it. */
export interface BoundFinding {
  readonly finding: FoundFact
  readonly index: number
  readonly ruled: Ruled
}

/** Makes the refusal, with whether the model `auto` would go somewhere else. */
export type RefuseWith = (autoWorks: boolean) => Refusal

// What is nearest to going is told first: what waits for a person, what a caller can mask, what nobody can change.
const weights = { held: 1, blocked: 2, fixed: 3, unread: 4, above: 5 } as const

/** It may not go there. The weight says how far it is from going: the least is told, when it may go nowhere. */
export interface Stopped {
  readonly isStopped: true
  readonly weight: number
  readonly refuse: RefuseWith
}

const stopped = (weight: number, refuse: RefuseWith): Stopped => ({ isStopped: true, weight, refuse })

/**
 * Findings that may not go. All that is blocked is told together, so that nobody has to try again and again; what is only
 * held is told when nothing is blocked. `stoppedBy` has the rule for each finding, and nothing for one that may go.
 */
export function findingsStopped(
  facts: ExchangeFacts,
  actions: readonly Action[],
  bound: readonly BoundFinding[],
): Stopped | undefined {
  const action = actions.includes('block') ? 'block' : actions.includes('hold') ? 'hold' : undefined
  if (action === undefined) return undefined
  const stopping = bound.filter(({ index }) => actions[index] === action)
  return stopped(
    action === 'block' ? weights.blocked : weights.held,
    (autoWorks) =>
      new Refusal(action === 'block' ? 'finding-blocked' : 'held', {
        ...factsOf(facts, stopping),
        ...(autoWorks ? { autoWorks } : {}),
      }),
  )
}

/** What a refusal says of findings and their rules. */
export function factsOf({ findings }: ExchangeFacts, bound: readonly BoundFinding[]) {
  const [rule] = bound.flatMap(({ ruled }) => ruled.rules)
  const stoppedBy: string[] = findings.map(() => '')
  for (const { index, ruled } of bound) stoppedBy[index] = ruled.rules[0]?.id ?? ''
  return {
    types: [...new Set(bound.map(({ finding }) => finding.label))],
    rule: rule?.id,
    ruleTitle: rule?.title,
    stoppedBy,
    owner: rule?.owner,
    field: bound[0]?.finding.field,
    mayMask: bound.every(
      ({ finding, ruled }) => !finding.isFixed && ruled.rules.every(({ mayMask }) => mayMask),
    ),
  }
}

/** What must be changed must be changeable: signed text and ids are not, so their request is refused. */
export function unchangeable(
  { findings }: ExchangeFacts,
  actions: readonly Action[],
  bound: readonly BoundFinding[],
): Stopped | undefined {
  const finding = findings.find(({ isFixed }, index) => isFixed && changesText(actions[index] as Action))
  if (finding === undefined) return undefined
  const at = findings.indexOf(finding)
  const rule = bound.find(({ index }) => index === at)?.ruled.rules[0]
  return stopped(
    weights.fixed,
    () =>
      new Refusal(finding.isInFile ? 'file-unchangeable' : 'text-fixed', {
        field: finding.field,
        owner: rule?.owner,
        types: [finding.label],
        rule: rule?.id,
        ruleTitle: rule?.title,
        stoppedBy: findings.map((_, index) => (index === at && rule?.id) || ''),
      }),
  )
}

export function unreadPart({ unread }: ExchangeFacts, useCase: UsableUseCase): Stopped | undefined {
  const [part] = unread
  if (part === undefined || useCase.unread === 'allow') return undefined
  return stopped(
    weights.unread,
    () =>
      new Refusal('attachment-unread', {
        field: part.field,
        mediaType: part.mediaType,
        why: part.why,
        owner: useCase.owner,
      }),
  )
}

export const aboveUseCase = (leavesAs: DataClass, { id, highestClass, owner }: UsableUseCase): Stopped =>
  stopped(
    weights.above,
    () => new Refusal('class-above-use-case', { class: leavesAs, useCase: id, highest: highestClass, owner }),
  )

export const aboveKey = (leavesAs: DataClass, highest: DataClass): Stopped =>
  stopped(
    weights.above,
    () => new Refusal('class-above-key', { bound: 'highestClass', class: leavesAs, highest }),
  )

/** Rules about the whole exchange that let it go nowhere like this. */
export function wholeStopped(rules: readonly Rule[], leavesAs: DataClass): Stopped {
  const blocking = rules.filter(({ action }) => action === 'block')
  const [first] = blocking.length > 0 ? blocking : rules
  return stopped(
    blocking.length > 0 ? weights.blocked : weights.held,
    (autoWorks) =>
      new Refusal(blocking.length > 0 ? 'rule-blocked' : 'held', {
        class: leavesAs,
        rule: first?.id,
        ruleTitle: first?.title,
        rules: (blocking.length > 0 ? blocking : rules).map(({ id }) => id),
        owner: first?.owner,
        ...(autoWorks ? { autoWorks } : {}),
      }),
  )
}
