import type { DataClass } from '#/core/data-class.ts'
import type { FactValue } from '../catalogue/api.ts'
import { ceilingOf } from '../ceiling.ts'
import { type Fact, hasEnded, known } from '../fact.ts'
import type { OfferingFacts } from '../kinds/offering.ts'
import type { Contradiction, Probed } from './api.ts'

type Known = Pick<Probed, 'facts' | 'tls'> | undefined

/** What a record says with what was measured over it. A measured fact that ended leaves the record's word. */
export function withProbed(facts: OfferingFacts, probed: Known, nowMs: number): OfferingFacts {
  const measured = Object.entries(probed?.facts ?? {}).filter(
    ([, fact]) => fact !== undefined && !hasEnded(fact, nowMs),
  )
  return measured.length === 0 ? facts : { ...facts, ...Object.fromEntries(measured) }
}

/** Why nothing may go there, as one sentence; undefined when a probe saw no such thing. */
export const unsafeBecause = (probed: Known): string | undefined => probed?.tls?.problem ?? undefined

/** What an offering may carry by what is written and what was measured; null: nothing. */
export function measuredCeiling(
  facts: OfferingFacts,
  probed: Known,
  nowMs: number,
): { readonly class: DataClass | null; readonly reasons: readonly string[] } {
  const { class: highest, reasons } = ceilingOf(withProbed(facts, probed, nowMs), nowMs)
  const unsafe = unsafeBecause(probed)
  return unsafe === undefined
    ? { class: highest ?? null, reasons }
    : { class: null, reasons: [unsafe, ...reasons] }
}

/** Where the record and a probe differ. The probe counts; somebody should know that the document is wrong. */
export function contradictionsOf(
  facts: OfferingFacts,
  probed: Known,
  nowMs: number,
): readonly Contradiction[] {
  const said = facts as Readonly<Record<string, Fact<FactValue> | undefined>>
  return Object.entries(probed?.facts ?? {}).flatMap(([fact, measured]) => {
    const [one, other] = [known(said[fact], nowMs), known<FactValue>(measured, nowMs)]
    const by = said[fact]?.by
    return one === undefined || other === undefined || one === other || by === undefined
      ? []
      : [{ fact, said: one, by, measured: other }]
  })
}
