import { type Fact, freshUntil } from '../fact.ts'
import { endOfDayMs } from '../fields.ts'
import type { Offering } from '../kinds/offering.ts'
import type { Probed } from '../probes/api.ts'
import type { Register } from '../register.ts'
import { patchedUntil } from '../self-hosted.ts'
import { dayOf, stateOf } from '../state.ts'
import type { EndingFact } from './api.ts'
import { factNames } from './read-catalogue.ts'

/** So long before its end somebody is told of a fact: reading terms again and a second person take weeks. */
export const warnDays = 30
const dayMs = 86_400_000

type Ending = Omit<EndingFact, 'offering' | 'title'>

/** Facts that end within so many days or have ended, documents and patches that get old then, the first to end first. */
export function endingFactsOf(
  offering: Pick<Offering, 'facts' | 'selfHosted'>,
  nowMs: number,
  days: number,
): readonly Ending[] {
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

/**
 * Of what was measured: the certificate, and facts nobody measured again before they ended. One that has not ended is renewed with
 * the next probe and no news.
 */
function endingProbedOf(probed: Probed | undefined, nowMs: number, days: number): readonly Ending[] {
  if (probed === undefined) return []
  const ended = endingFactsOf({ facts: probed.facts }, nowMs, 0).filter((each) => each.hasEnded)
  const endMs = Date.parse(probed.tls?.ends ?? '')
  if (Number.isNaN(endMs) || endMs > nowMs + days * dayMs) return ended
  return [...ended, { fact: 'certificate', until: dayOf(endMs), hasEnded: endMs <= nowMs, isToldOnly: false }]
}

/** Of one offering: what its record says and what was measured of its connection, the first to end first. */
export const endingOf = (
  offering: Pick<Offering, 'connection' | 'facts' | 'selfHosted'>,
  probedAt: (connection: string) => Probed | undefined,
  nowMs: number,
  days: number,
): readonly Ending[] =>
  [
    ...endingFactsOf(offering, nowMs, days),
    ...endingProbedOf(probedAt(offering.connection), nowMs, days),
  ].sort((one, other) => (one.until < other.until ? -1 : 1))

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
