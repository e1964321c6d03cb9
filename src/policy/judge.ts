import { type DataClass, higherClass, highestClass, isAtMost } from '#/core/data-class.ts'
import { type Action, asksCaller, changesText, stopsText } from '#/core/finding.ts'
import { actionFor, type Circumstances, wholeRules } from './actions.ts'
import type { Clearing, ExchangeFacts, Rule, UsableOffering, UsableUseCase } from './api.ts'
import { type Leaving, leavingOf } from './leaving.ts'
import type { MetRules } from './met-rules.ts'
import {
  aboveKey,
  aboveUseCase,
  type BoundFinding,
  findingsStopped,
  type Stopped,
  unchangeable,
  unreadPart,
  wholeStopped,
} from './stopping.ts'
import type { Ruled } from './strictest.ts'

/** What is judged, apart from where it would go. */
export interface Matter {
  readonly facts: ExchangeFacts
  /** For each finding the entry by which it is not sensitive. */
  readonly cleared: readonly (Clearing | undefined)[]
  readonly useCase: UsableUseCase
  readonly rules: MetRules
}

/** It may go there as far as rules are concerned, once the caller has done what `asking` asks. */
export interface Passing {
  readonly isStopped: false
  readonly actions: readonly Action[]
  readonly acting: readonly Rule[]
  readonly entered: DataClass
  readonly leavesAs: DataClass
  readonly leaving: Leaving
  /** Findings with the rules by which the caller has something to do, and rules about the whole that say so. */
  readonly gated: readonly BoundFinding[]
  readonly gates: readonly Rule[]
}

export type Judged = Passing | Stopped

/** What rules see of a place: two offerings that are alike in this are judged alike. */
export type Place = Pick<UsableOffering, 'tier' | 'hasBaa'>

/** Not known where: every rule that depends on the place bites. */
export const anywhere: Place = { tier: 'consumer', hasBaa: false }

/** What the rules say of an exchange that goes to an offering like this. Never throws; a refusal is made when it is told. */
export function judge(matter: Matter, offering: Place): Judged {
  const { facts, useCase } = matter
  const { actions, bound } = ruleFindings(matter, offering)
  const stop =
    findingsStopped(facts, actions, bound) ??
    unchangeable(facts, actions, bound) ??
    unreadPart(facts, useCase)
  if (stop !== undefined) return stop
  const { entered, leavesAs } = classify(matter, actions)
  if (!isAtMost(leavesAs, useCase.highestClass)) return aboveUseCase(leavesAs, useCase)
  const { keyHighestClass } = facts
  if (keyHighestClass !== undefined && !isAtMost(leavesAs, keyHighestClass))
    return aboveKey(leavesAs, keyHighestClass)
  const whole = wholeRules(matter.rules, circumstancesOf(facts, offering, leavesAs))
  if (whole.some(({ action }) => stopsText(action))) {
    const stopping = whole.filter(({ action }) => stopsText(action))
    return wholeStopped(stopping, leavesAs)
  }
  return {
    isStopped: false,
    actions,
    acting: actingOf(bound, whole),
    entered,
    leavesAs,
    leaving: leavingOf(facts.findings, matter.cleared, actions, leavesAs),
    gated: bound.some(({ ruled }) => asksCaller(ruled.action))
      ? bound.filter(({ ruled, index }) => ruled.action === actions[index] && asksCaller(ruled.action))
      : noFindings,
    gates: whole.length === 0 ? whole : whole.filter(({ action }) => asksCaller(action)),
  }
}

const noFindings: readonly BoundFinding[] = []

/** A rule about findings that only notes is told by the finding; one about the whole has nothing else that tells of it. */
function actingOf(bound: readonly BoundFinding[], whole: readonly Rule[]): readonly Rule[] {
  const acting: Rule[] = []
  for (const { ruled } of bound) if (ruled.action !== 'note') acting.push(...ruled.rules)
  acting.push(...whole)
  return acting
}

interface RuledFindings {
  readonly actions: readonly Action[]
  /** Findings to which a rule applies. */
  readonly bound: readonly BoundFinding[]
}

const nothingRuled: RuledFindings = { actions: [], bound: [] }

/**
 * An action for each finding. Rules that name classes look at what would leave without them, so there is a second round
 * when there are such rules, and never a third.
 */
function ruleFindings(matter: Matter, offering: Place): RuledFindings {
  const { facts, rules } = matter
  if (facts.findings.length === 0) return nothingRuled
  const first = ruleOnce(matter, circumstancesOf(facts, offering, undefined))
  if (!rules.asksClass) return first
  const { leavesAs } = classify(matter, first.actions)
  return ruleOnce(matter, circumstancesOf(facts, offering, leavesAs))
}

function ruleOnce({ facts, cleared, rules }: Matter, circumstances: Circumstances): RuledFindings {
  const actions: Action[] = []
  const bound: BoundFinding[] = []
  for (const [index, finding] of facts.findings.entries()) {
    if (cleared[index] !== undefined) {
      actions.push('note')
      continue
    }
    const ruled = actionFor(finding, finding.channel, rules, circumstances)
    actions.push(facts.wantsMask && mayMaskInstead(ruled) ? 'mask' : ruled.action)
    if (ruled.rules.length > 0) bound.push({ finding, index, ruled })
  }
  return { actions, bound }
}

/** Where the value would not go, or only once the caller did something, all its rules may let it go masked. */
export const mayMaskInstead = ({ action, rules }: Ruled): boolean =>
  (stopsText(action) || asksCaller(action)) && rules.every(({ mayMask }) => mayMask)

const circumstancesOf = (
  { roles, groups }: ExchangeFacts,
  offering: Place,
  leavesAs: DataClass | undefined,
): Circumstances => ({ roles, groups, leavesAs, offering })

/**
 * Changed values are gone from what leaves, and so are those that stop it; what was declared, the context, labels of files
 * and what nobody has read never are.
 */
function classify(
  { facts, cleared, useCase }: Matter,
  actions: readonly Action[],
): { readonly entered: DataClass; readonly leavesAs: DataClass } {
  const { findings, declaredClass = 'public', labelClass = 'public', unread } = facts
  const least = unread.length > 0 ? useCase.unreadClass : 'public'
  const stated = highestClass([declaredClass, useCase.contextClass, labelClass, least])
  let entered = stated
  let leavesAs = stated
  for (const [index, finding] of findings.entries()) {
    if (cleared[index] !== undefined) continue
    entered = higherClass(entered, finding.class)
    if (!changesText(actions[index] as Action)) leavesAs = higherClass(leavesAs, finding.class)
  }
  return { entered, leavesAs }
}
