import type { Rule, UsableUseCase } from './api.ts'
import { asksOffering, indexOf, type RuleIndex } from './rule-index.ts'

/** Rules that exchanges of a use case meet: its own, and the company's for what those say nothing of. */
export interface MetRules {
  readonly own: RuleIndex
  readonly company: RuleIndex
  /** A rule about findings names classes. */
  readonly asksClass: boolean
  /** A rule for requests depends on where they go. */
  readonly asksOffering: boolean
  /** For what comes back, the use case's and the company's together. */
  readonly answers: readonly Rule[]
  /** Some of those hold for some callers, or for what comes from some offerings, only. */
  readonly areAnswersConditional: boolean
}

const known = new WeakMap<readonly Rule[], WeakMap<UsableUseCase, MetRules>>()

/** Kept per pair, since neither ever changes. */
export function metRules(useCase: UsableUseCase, companyRules: readonly Rule[]): MetRules {
  let byUseCase = known.get(companyRules)
  if (byUseCase === undefined) {
    byUseCase = new WeakMap()
    known.set(companyRules, byUseCase)
  }
  let met = byUseCase.get(useCase)
  if (met === undefined) {
    met = together(indexOf(useCase.rules), indexOf(companyRules))
    byUseCase.set(useCase, met)
  }
  return met
}

function together(own: RuleIndex, company: RuleIndex): MetRules {
  const answers = [...own.answers, ...company.answers]
  return {
    own,
    company,
    asksClass: own.asksClass || company.asksClass,
    asksOffering: own.asksOffering || company.asksOffering,
    answers,
    areAnswersConditional: answers.some((rule) => rule.audience !== undefined || asksOffering(rule)),
  }
}
