import { hasEnded } from '../fact.ts'
import { endOfDayMs } from '../fields.ts'
import type { Offering, OfferingFacts } from '../kinds/offering.ts'
import type { Probed } from '../probes/api.ts'
import type { Register } from '../register.ts'
import { dayOf, stateOf } from '../state.ts'
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

/**
 * Of what was measured: the certificate, and facts nobody measured again before they ended. One that has not ended is renewed with
 * the next probe and no news.
 */
function endingProbedOf(
  probed: Probed | undefined,
  nowMs: number,
  days: number,
): readonly Pick<EndingFact, 'fact' | 'until' | 'hasEnded'>[] {
  if (probed === undefined) return []
  const ended = endingFactsOf(probed.facts, nowMs, 0).filter((each) => each.hasEnded)
  const endMs = Date.parse(probed.tls?.ends ?? '')
  if (Number.isNaN(endMs) || endMs > nowMs + days * dayMs) return ended
  return [...ended, { fact: 'certificate', until: dayOf(endMs), hasEnded: endMs <= nowMs }]
}

/** Of one offering: what its record says and what was measured of its connection, the first to end first. */
export const endingOf = (
  { connection, facts }: Pick<Offering, 'connection' | 'facts'>,
  probedAt: (connection: string) => Probed | undefined,
  nowMs: number,
  days: number,
): readonly Pick<EndingFact, 'fact' | 'until' | 'hasEnded'>[] =>
  [...endingFactsOf(facts, nowMs, days), ...endingProbedOf(probedAt(connection), nowMs, days)].sort(
    (one, other) => (one.until < other.until ? -1 : 1),
  )

/** The same over every offering that serves. */
export const endingFacts = (
  register: Pick<Register, 'list'>,
  nowMs: number,
  days: number,
  probedAt: (connection: string) => Probed | undefined,
): readonly EndingFact[] =>
  register
    .list('offering')
    .flatMap((history) => {
      const serving = stateOf(history, nowMs).serving?.record
      if (serving === undefined) return []
      const { title } = serving.body
      return endingOf(serving.body, probedAt, nowMs, days).map((each) => ({
        offering: history.id,
        title,
        ...each,
      }))
    })
    .sort((one, other) => (one.until < other.until ? -1 : 1))
