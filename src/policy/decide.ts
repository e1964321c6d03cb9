import { type DataClass, higherClass, highestClass, isAtMost } from '#/core/data-class.ts'
import type { Action } from '#/core/finding.ts'
import { Refusal } from '#/core/refusal.ts'
import { actionFor, type Ruled } from './actions.ts'
import type { Clearing, Decision, ExchangeFacts, FoundFact, Rule, RuleSlice, UsableUseCase } from './api.ts'
import { clearingOf } from './cleared.ts'
import { leavingOf } from './leaving.ts'
import { chooseOffering } from './offering.ts'
import { explain } from './reasons.ts'
import { featuresOff } from './stateful.ts'
import { findUseCase } from './use-case.ts'

/**
 * Whether an exchange may go, with which changes, and where to. Pure: the same facts, rules and time give the same
 * decision, so that one can be explained a year later and a proposed rule replayed over past traffic.
 *
 * Throws a `Refusal`: `use-case-unknown`, `use-case-conflict`, `finding-blocked`, `text-fixed` or `file-unchangeable`,
 * `attachment-unread`, `class-above-use-case`, `class-above-key`, `offering-outside-terms`, `model-unknown`, `offering-outside-key`,
 * `class-above-ceiling`, `baa-missing`, `feature-keeps-data`, `no-offering`, in this order.
 */
export function decide(facts: ExchangeFacts, slice: RuleSlice, nowMs: number): Decision {
  const useCase = findUseCase(facts, slice, nowMs)
  const cleared = facts.findings.map((finding) => clearingOf(finding, useCase))
  const ruled = ruleFindings(facts, cleared, useCase, slice.rules)
  assertChangeable(facts, ruled, useCase, slice.rules)
  assertRead(facts, useCase)
  const classes = classify(facts, cleared, useCase, ruled.actions)
  if (!isAtMost(classes.leavesAs, useCase.highestClass)) {
    const { id, highestClass, owner } = useCase
    throw new Refusal('class-above-use-case', {
      class: classes.leavesAs,
      useCase: id,
      highest: highestClass,
      owner,
    })
  }
  const { keyHighestClass } = facts
  if (keyHighestClass !== undefined && !isAtMost(classes.leavesAs, keyHighestClass))
    throw new Refusal('class-above-key', {
      bound: 'highestClass',
      class: classes.leavesAs,
      highest: keyHighestClass,
    })
  const leaving = leavingOf(facts.findings, cleared, ruled.actions, classes.leavesAs)
  const offering = chooseOffering(facts, slice, useCase, leaving, nowMs)
  return {
    useCase,
    offering,
    featuresOff: featuresOff(offering, classes.leavesAs),
    actions: ruled.actions,
    class: classes.entered,
    leavesAs: classes.leavesAs,
    rules: [...new Set([...ruled.acting.map(({ id }) => id), ...cleared.flatMap((each) => each?.id ?? [])])],
    reasons: explain({
      facts,
      cleared,
      useCase,
      offering,
      order: slice.preference?.[classes.leavesAs],
      actions: ruled.actions,
      acting: ruled.acting,
      ...classes,
    }),
    answerRules: answerRulesOf(useCase, slice.rules),
  }
}

interface RuledFindings {
  readonly actions: readonly Action[]
  readonly acting: readonly Rule[]
}

const nothingRuled: RuledFindings = { actions: [], acting: [] }

/**
 * An action for each finding. Throws `finding-blocked` with all that is blocked, so that nobody has to try again and
 * again; `stoppedBy` has the rule for each finding, and nothing for one that may go.
 */
function ruleFindings(
  facts: ExchangeFacts,
  cleared: readonly (Clearing | undefined)[],
  useCase: UsableUseCase,
  companyRules: readonly Rule[],
): RuledFindings {
  if (facts.findings.length === 0) return nothingRuled
  const actions: Action[] = []
  const acting: Rule[] = []
  const blocked: { readonly finding: FoundFact; readonly ruled: Ruled }[] = []
  const stoppedBy: string[] = []
  for (const [index, finding] of facts.findings.entries()) {
    if (cleared[index] !== undefined) {
      stoppedBy.push('')
      actions.push('note')
      continue
    }
    const ruled = actionFor(finding, finding.channel, useCase.rules, companyRules)
    const isMasked =
      ruled.action === 'block' && facts.wantsMask && ruled.rules.every(({ mayMask }) => mayMask)
    const isBlocked = ruled.action === 'block' && !isMasked
    if (isBlocked) blocked.push({ finding, ruled })
    stoppedBy.push((isBlocked && ruled.rules[0]?.id) || '')
    actions.push(isMasked ? 'mask' : ruled.action)
    if (ruled.action !== 'note') acting.push(...ruled.rules)
  }
  if (blocked.length === 0) return { actions, acting }
  const [first] = blocked.flatMap(({ ruled }) => ruled.rules)
  throw new Refusal('finding-blocked', {
    types: [...new Set(blocked.map(({ finding }) => finding.label))],
    rule: first?.id,
    ruleTitle: first?.title,
    stoppedBy,
    owner: first?.owner,
    field: blocked[0]?.finding.field,
    mayMask: blocked.every(
      ({ finding, ruled }) => !finding.isFixed && ruled.rules.every(({ mayMask }) => mayMask),
    ),
  })
}

/** What must be changed must be changeable: signed text and ids are not, so their request is refused. */
function assertChangeable(
  { findings }: ExchangeFacts,
  { actions }: RuledFindings,
  useCase: UsableUseCase,
  companyRules: readonly Rule[],
): void {
  const at = findings.findIndex(({ isFixed }, index) => isFixed && actions[index] !== 'note')
  const finding = findings[at]
  if (finding === undefined) return
  const [rule] = actionFor(finding, finding.channel, useCase.rules, companyRules).rules
  throw new Refusal(finding.isInFile ? 'file-unchangeable' : 'text-fixed', {
    field: finding.field,
    owner: rule?.owner,
    types: [finding.label],
    rule: rule?.id,
    ruleTitle: rule?.title,
    stoppedBy: findings.map((_, index) => (index === at && rule?.id) || ''),
  })
}

function assertRead({ unread }: ExchangeFacts, useCase: UsableUseCase): void {
  const [part] = unread
  if (part === undefined || useCase.unread === 'allow') return
  throw new Refusal('attachment-unread', {
    field: part.field,
    mediaType: part.mediaType,
    why: part.why,
    owner: useCase.owner,
  })
}

/**
 * Changed values are gone from what leaves; what was declared, the context, labels of files and what nobody
 * has read never are.
 */
function classify(
  { findings, declaredClass = 'public', labelClass = 'public', unread }: ExchangeFacts,
  cleared: readonly (Clearing | undefined)[],
  { contextClass, unreadClass }: UsableUseCase,
  actions: readonly Action[],
): { readonly entered: DataClass; readonly leavesAs: DataClass } {
  const least = unread.length > 0 ? unreadClass : 'public'
  const stated = highestClass([declaredClass, contextClass, labelClass, least])
  let entered = stated
  let leavesAs = stated
  for (const [index, finding] of findings.entries()) {
    if (cleared[index] !== undefined) continue
    entered = higherClass(entered, finding.class)
    if (actions[index] === 'note') leavesAs = higherClass(leavesAs, finding.class)
  }
  return { entered, leavesAs }
}

const answerRules = new WeakMap<readonly Rule[], WeakMap<UsableUseCase, readonly Rule[]>>()

/** Rules for what comes back: the use case's and the company's together, kept per pair since they never change. */
function answerRulesOf(useCase: UsableUseCase, companyRules: readonly Rule[]): readonly Rule[] {
  const known = answerRules.get(companyRules)?.get(useCase)
  if (known !== undefined) return known
  const rules = [...useCase.rules, ...companyRules].filter(({ direction }) => direction === 'answer')
  const byUseCase = answerRules.get(companyRules) ?? new WeakMap<UsableUseCase, readonly Rule[]>()
  answerRules.set(companyRules, byUseCase.set(useCase, rules))
  return rules
}
