import { hasEnded } from '../fact.ts'
import { endOfDayMs } from '../fields.ts'
import type { OfferingFacts } from '../kinds/offering.ts'
import type { Register } from '../register.ts'
import { stateOf } from '../state.ts'
import type { EndingFact } from './api.ts'
import { factNames } from './read-catalogue.ts'

/** So long before its end somebody is told of a fact: reading terms again and a second person take weeks. */
export const warnDays = 30
const dayMs = 86_400_000

/** Facts that end within so many days or have ended, the first to end first. */
export function endingFactsOf(
  facts: OfferingFacts,
  nowMs: number,
  days: number,
): readonly Pick<EndingFact, 'fact' | 'until' | 'hasEnded'>[] {
  return factNames
    .flatMap((name) => {
      const fact = facts[name]
      if (fact?.until === undefined || endOfDayMs(fact.until) > nowMs + days * dayMs) return []
      return [{ fact: name, until: fact.until, hasEnded: hasEnded(fact, nowMs) }]
    })
    .sort((one, other) => (one.until < other.until ? -1 : 1))
}

/** The same over every offering that serves. */
export const endingFacts = (
  register: Pick<Register, 'list'>,
  nowMs: number,
  days: number,
): readonly EndingFact[] =>
  register
    .list('offering')
    .flatMap((history) => {
      const serving = stateOf(history, nowMs).serving?.record
      if (serving === undefined) return []
      const { title, facts } = serving.body
      return endingFactsOf(facts, nowMs, days).map((each) => ({ offering: history.id, title, ...each }))
    })
    .sort((one, other) => (one.until < other.until ? -1 : 1))
