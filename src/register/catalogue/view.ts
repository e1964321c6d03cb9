import { ceilingOf } from '../ceiling.ts'
import { type Fact, hasEnded } from '../fact.ts'
import type { Offering, OfferingFacts } from '../kinds/offering.ts'
import type { Probed } from '../probes/api.ts'
import { contradictionsOf, measuredCeiling, withProbed } from '../probes/merge.ts'
import type { Comparison, FactName, FactValue, FactView, OfferingLine, OfferingView } from './api.ts'
import { type CatalogueFact, type CatalogueOffering, factNames } from './read-catalogue.ts'

/** An offering of the catalogue, with the ceiling its facts give on that day. */
export function viewOfCatalogue(offering: CatalogueOffering, nowMs: number): OfferingView {
  const { id, title, platform, models, setting, deployment, notes, facts } = offering
  return {
    from: 'catalogue',
    id,
    title,
    platform,
    models,
    setting: setting ?? null,
    deployment: deployment ?? null,
    notes,
    facts: viewFacts(facts, nowMs),
    ceiling: ceilingView(factsOf(offering), nowMs),
  }
}

/** A record of the register in the same shape, with what was measured of its connection over it. */
export function viewOfRecord(
  id: string,
  { title, facts: said }: Offering,
  nowMs: number,
  probed: Probed | undefined,
): OfferingView {
  const where = { platform: null, models: null, setting: null, deployment: null, notes: [] }
  const facts = withProbed(said, probed, nowMs)
  const contradicted = contradictionsOf(said, probed, nowMs).flatMap(({ fact }) => {
    const [document, counts] = [said[fact as FactName], facts[fact as FactName]]
    if (document === undefined || counts === undefined) return []
    const { is, source, asOf } = document
    return [[fact, { ...counts, conflicts: [{ is, source, asOf }], because: overruled }] as const]
  })
  const ceiling = measuredCeiling(said, probed, nowMs)
  const views = viewFacts({ ...facts, ...Object.fromEntries(contradicted) }, nowMs)
  return { from: 'register', id, title, ...where, facts: views, ceiling }
}

const overruled = 'What a probe measured overrules what is written.'

/** The facts as a record has them: without what other sources say. */
export function factsOf({ facts }: CatalogueOffering): OfferingFacts {
  const plain = factNames.flatMap((name) => {
    const fact = facts[name]
    if (fact === undefined) return []
    const { conflicts: _, because: __, ...kept } = fact
    return [[name, kept] as const]
  })
  return Object.fromEntries(plain) as OfferingFacts
}

export const lineOf = ({ id, title, platform, ceiling, facts }: OfferingView): OfferingLine => ({
  id,
  title,
  platform,
  ceiling: ceiling.class,
  conflicts: Object.values(facts).filter(({ conflicts }) => conflicts.length > 0).length,
})

/** Facts side by side. An ended fact is unknown, so it differs from one that holds. */
export function compare(a: OfferingView, b: OfferingView): Comparison {
  const facts = factNames.flatMap((name) => {
    const [one, other] = [a.facts[name], b.facts[name]]
    return one === undefined && other === undefined
      ? []
      : [{ name, differs: !isSame(known(one), known(other)) }]
  })
  return { a, b, facts }
}

/** Lists hold the same when each holds what the other does: their order says nothing. */
const isSame = (one: FactValue | undefined, other: FactValue | undefined): boolean =>
  typeof one === 'object' && typeof other === 'object'
    ? one.length === other.length && one.every((each) => other.includes(each))
    : one === other

const known = (fact: FactView | undefined): FactValue | undefined =>
  fact === undefined || fact.hasEnded ? undefined : fact.is

function viewFacts(
  facts: Readonly<Partial<Record<FactName, CatalogueFact | Fact<FactValue> | undefined>>>,
  nowMs: number,
): OfferingView['facts'] {
  const views = factNames.flatMap((name) => {
    const fact = facts[name]
    return fact === undefined ? [] : [[name, viewFact(fact, nowMs)] as const]
  })
  return Object.fromEntries(views)
}

const viewFact = (fact: CatalogueFact | Fact<FactValue>, nowMs: number): FactView => ({
  is: fact.is,
  source: fact.source,
  asOf: fact.asOf,
  until: fact.until ?? null,
  by: fact.by,
  hasEnded: hasEnded(fact, nowMs),
  conflicts: 'conflicts' in fact ? fact.conflicts : [],
  because: 'because' in fact ? (fact.because ?? null) : null,
})

function ceilingView(facts: OfferingFacts, nowMs: number): OfferingView['ceiling'] {
  const ceiling = ceilingOf(facts, nowMs)
  return { class: ceiling.class ?? null, reasons: ceiling.reasons }
}
