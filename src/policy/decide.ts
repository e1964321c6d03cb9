import { bites, type Circumstances } from './actions.ts'
import type { Clearing, Decision, ExchangeFacts, Rule, RuleSlice, UsableOffering } from './api.ts'
import { asking, refuseUntilDone } from './asking.ts'
import { clearingOf } from './cleared.ts'
import { type MetRules, metRules } from './met-rules.ts'
import { chooseOffering } from './offering.ts'
import { explain } from './reasons.ts'
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
  const rules = metRules(useCase, slice.rules)
  const verdicts = judgeAll({ facts, cleared, useCase, rules }, nowMs)
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
    rules: idsOf(acting, cleared),
    acknowledged: asked.acknowledged,
    reasons: explain({ facts, cleared, useCase, offering, judged, order, acknowledged: asked.acknowledged }),
    answerRules: answerRulesOf(facts, rules, offering),
  }
}

const nothingActed: readonly string[] = []

/** What acted, each once: rules, then the entries by which something is not sensitive. */
function idsOf(acting: readonly Rule[], cleared: readonly (Clearing | undefined)[]): readonly string[] {
  if (acting.length === 0 && !cleared.some((each) => each !== undefined)) return nothingActed
  const ids = new Set<string>()
  for (const { id } of acting) ids.add(id)
  for (const each of cleared) if (each !== undefined) ids.add(each.id)
  return [...ids]
}

function answerRulesOf(
  { roles, groups }: ExchangeFacts,
  { answers, areAnswersConditional }: MetRules,
  offering: UsableOffering,
): readonly Rule[] {
  if (!areAnswersConditional) return answers
  const circumstances: Circumstances = { roles, groups, leavesAs: undefined, offering }
  return answers.filter((rule) => bites(rule, circumstances))
}
