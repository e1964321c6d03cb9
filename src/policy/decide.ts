import { bites, type Circumstances } from './actions.ts'
import type { Decision, ExchangeFacts, Rule, RuleSlice, UsableOffering, UsableUseCase } from './api.ts'
import { asking, refuseUntilDone } from './asking.ts'
import { clearingOf } from './cleared.ts'
import { chooseOffering } from './offering.ts'
import { explain } from './reasons.ts'
import { asksOffering, indexOf } from './rule-index.ts'
import { featuresOff } from './stateful.ts'
import { findUseCase } from './use-case.ts'
import { judgeAll } from './verdicts.ts'

/**
 * Whether an exchange may go, with which changes, and where to. Pure: the same facts, rules and time give the same
 * decision, so that one can be explained a year later and a proposed rule replayed over past traffic.
 *
 * Throws a `Refusal`: `use-case-unknown`, `use-case-conflict`; then of the rules `finding-blocked`, `held`, `text-fixed` or
 * `file-unchangeable`, `attachment-unread`, `class-above-use-case`, `class-above-key`, `rule-blocked`; then of the place
 * `offering-outside-terms`, `model-unknown`, `offering-outside-key`, `class-above-ceiling`, `baa-missing`, `feature-keeps-data`,
 * `no-offering`; and at last what the caller can still do,
 * `justification-needed`, `acknowledgement-needed`. Where rules depend on the offering, each that is possible is judged, and
 * what is told is the refusal that is nearest to going.
 */
export function decide(facts: ExchangeFacts, slice: RuleSlice, nowMs: number): Decision {
  const useCase = findUseCase(facts, slice, nowMs)
  const cleared = facts.findings.map((finding) => clearingOf(finding, useCase))
  const verdicts = judgeAll({ facts, cleared, useCase, companyRules: slice.rules }, nowMs)
  const { offering, judged, order, autoWorks } = chooseOffering(facts, slice, useCase, verdicts, nowMs)
  const asked = asking(facts, judged, nowMs)
  if (!asked.isOpen) throw refuseUntilDone(facts, judged, asked, offering, autoWorks())
  const { actions, acting, entered, leavesAs } = judged
  return {
    useCase,
    offering,
    featuresOff: featuresOff(offering, leavesAs),
    actions,
    class: entered,
    leavesAs,
    rules: [...new Set([...acting.map(({ id }) => id), ...cleared.flatMap((each) => each?.id ?? [])])],
    acknowledged: asked.acknowledged,
    reasons: explain({ facts, cleared, useCase, offering, judged, order, acknowledged: asked.acknowledged }),
    answerRules: answerRulesOf(facts, useCase, slice.rules, offering),
  }
}

const answerRules = new WeakMap<readonly Rule[], WeakMap<UsableUseCase, AnswerRules>>()

interface AnswerRules {
  readonly rules: readonly Rule[]
  /** Some hold for some callers, or for what comes from some offerings, only. */
  readonly isConditional: boolean
}

/** Rules for what comes back: the use case's and the company's together, kept per pair since they never change. */
function answerRulesOf(
  { roles, groups }: ExchangeFacts,
  useCase: UsableUseCase,
  companyRules: readonly Rule[],
  offering: UsableOffering,
): readonly Rule[] {
  let known = answerRules.get(companyRules)?.get(useCase)
  if (known === undefined) {
    const rules = [...indexOf(useCase.rules).answers, ...indexOf(companyRules).answers]
    known = { rules, isConditional: rules.some((rule) => rule.audience !== undefined || asksOffering(rule)) }
    const byUseCase = answerRules.get(companyRules) ?? new WeakMap<UsableUseCase, AnswerRules>()
    answerRules.set(companyRules, byUseCase.set(useCase, known))
  }
  if (!known.isConditional) return known.rules
  const circumstances: Circumstances = { roles, groups, leavesAs: undefined, offering }
  return known.rules.filter((rule) => bites(rule, circumstances))
}
