import { type Fact, freshUntil } from '../fact.ts'
import { endOfDayMs } from '../fields.ts'
import type { Offering } from '../kinds/offering.ts'
import type { Register } from '../register.ts'
import { patchedUntil } from '../self-hosted.ts'
import { stateOf } from '../state.ts'
import type { EndingFact } from './api.ts'
import { factNames } from './read-catalogue.ts'

/** So long before its end somebody is told of a fact: reading terms again and a second person take weeks. */
export const warnDays = 30
const dayMs = 86_400_000

/** Facts that end within so many days or have ended, documents and patches that get old then, the first to end first. */
export function endingFactsOf(
  offering: Pick<Offering, 'facts' | 'selfHosted'>,
  nowMs: number,
  days: number,
): readonly Omit<EndingFact, 'offering' | 'title'>[] {
  const patched = patchedUntil(offering)
  // Nobody's terms change for own machines: it is the patches that get old.
  const isOwn = offering.facts.tier?.is === 'self'
  return [
    ...factNames.map((fact) => ({ fact, ...endOf(offering.facts[fact], isOwn) })),
    { fact: 'selfHosted.patchedOn', until: patched, isToldOnly: true } as const,
  ]
    .flatMap(({ fact, until, isToldOnly }) =>
      until === undefined || endOfDayMs(until) > nowMs + days * dayMs
        ? []
        : [{ fact, until, hasEnded: nowMs >= endOfDayMs(until), isToldOnly }],
    )
    .sort((one, other) => (one.until < other.until ? -1 : 1))
}

function endOf(
  fact: Fact<unknown> | undefined,
  isOwn: boolean,
): { readonly until: string | undefined; readonly isToldOnly: boolean } {
  if (fact?.until !== undefined) return { until: fact.until, isToldOnly: false }
  return { until: fact === undefined || isOwn ? undefined : freshUntil(fact), isToldOnly: true }
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
      const { title } = serving.body
      return endingFactsOf(serving.body, nowMs, days).map((each) => ({
        offering: history.id,
        title,
        ...each,
      }))
    })
    .sort((one, other) => (one.until < other.until ? -1 : 1))
