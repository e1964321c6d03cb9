import { type DataClass, highestClass, isAtMost } from '#/core/data-class.ts'
import { Refusal } from '#/core/refusal.ts'
import type { StatefulUse } from '#/core/stateful-feature.ts'
import type { ExchangeFacts, HealthNeed, RuleSlice, UsableOffering, UsableUseCase } from './api.ts'
import { anywhere, type Passing } from './judge.ts'
import type { Leaving } from './leaving.ts'
import { firstOf } from './preference.ts'
import { featuresOff } from './stateful.ts'
import { isCurrent, isDenied } from './use-case.ts'
import { assertWithinTerms } from './use-case-terms.ts'
import type { Verdicts } from './verdicts.ts'

export interface Choice {
  readonly offering: UsableOffering
  readonly judged: Passing
  /** The company's order for the class it was chosen by. */
  readonly order: readonly string[] | undefined
  /** Whether `auto` would take an offering for which the caller has nothing more to do. */
  readonly autoWorks: () => boolean
}

/**
 * Where an exchange goes. `auto` is the first by the company's order for the class, then by the use case's, that can be
 * reached, that the key may use, to which the rules let it go and that may carry what leaves; one for which the caller has
 * nothing more to do goes before one for which they have. A named one is that very one or none: it is never swapped.
 * The exit of the use case is the last that `auto` takes.
 * Throws what the rules say, `offering-outside-terms`, `model-unknown`, `offering-outside-key`, `class-above-ceiling`,
 * `baa-missing`, `feature-keeps-data`, `no-offering`.
 */
export function chooseOffering(
  facts: ExchangeFacts,
  slice: RuleSlice,
  useCase: UsableUseCase,
  verdicts: Verdicts,
  nowMs: number,
): Choice {
  const { keyOfferings, askedModel } = facts
  const has = (offering: UsableOffering): boolean =>
    facts.reachable.has(offering.id) && isCurrent(offering, nowMs) && !isDenied(offering.deny, facts)
  const isOfKey = ({ id }: UsableOffering): boolean => keyOfferings === undefined || keyOfferings.includes(id)
  // Mostly the first one is taken: what is about all of them is found out when it is asked for.
  const all = () => offeringsOf(useCase, slice).filter(has)
  const candidates = () => all().filter(isOfKey)
  const asked: Asked = { facts, need: slice.healthNeeds ?? 'baa', owner: useCase.owner }
  const passingTo = (offering: UsableOffering): Passing | undefined => {
    const judged = verdicts.of(offering)
    if (judged.isStopped || obstacleOf(offering, judged.leaving, asked) !== undefined) return undefined
    return judged
  }
  const carries = (offering: UsableOffering): boolean => passingTo(offering) !== undefined
  const isOpen = (offering: UsableOffering): boolean => {
    const passing = passingTo(offering)
    return passing !== undefined && verdicts.isOpen(passing)
  }
  const autoWorks = () => askedModel !== 'auto' && candidates().some(isOpen)
  const outsideKey = (offering: string | undefined): Refusal =>
    new Refusal('offering-outside-key', {
      ...{ bound: 'offerings', offerings: keyOfferings, offering, class: classFor(all(), verdicts) },
      autoWorks: candidates().some(carries),
    })
  if (askedModel === 'auto') {
    const isUsual = ({ id }: UsableOffering): boolean => id !== useCase.exit
    const order =
      slice.preference === undefined
        ? undefined
        : slice.preference[highestOf(candidates().filter(isUsual).filter(carries), verdicts)]
    // Without an order of the company's, no place after the first that takes it is looked at.
    const best = (takes: (offering: UsableOffering) => boolean) =>
      order === undefined
        ? firstIn(useCase, slice, (each) => isUsual(each) && has(each) && isOfKey(each) && takes(each))
        : firstOf(candidates().filter(isUsual).filter(takes), order)
    const carrying =
      best(isOpen) ??
      best(carries) ??
      candidates().find((offering) => offering.id === useCase.exit && carries(offering))
    const judged = carrying && passingTo(carrying)
    if (carrying !== undefined && judged !== undefined)
      return { offering: carrying, judged, order, autoWorks }
    if (keyOfferings !== undefined && all().some(carries)) throw outsideKey(undefined)
    throw stoppedEverywhere(candidates(), verdicts) ?? nowhere(candidates(), verdicts, asked)
  }
  const aliasesOf = (id: string) => slice.offerings.get(id)?.aliases ?? []
  if (useCase.outside.length > 0)
    assertWithinTerms(useCase, askedModel, aliasesOf, candidates().some(carries))
  // An id means that offering and no other, whatever others call themselves.
  const isId = slice.offerings.has(askedModel)
  const isAsked = ({ id, aliases }: UsableOffering) =>
    isId ? id === askedModel : aliases.includes(askedModel)
  const named = firstIn(useCase, slice, (each) => isAsked(each) && has(each))
  if (named === undefined) throw new Refusal('model-unknown')
  if (!isOfKey(named)) throw outsideKey(named.id)
  const judged = verdicts.of(named)
  if (judged.isStopped) throw judged.refuse(autoWorks())
  const obstacle = obstacleOf(named, judged.leaving, asked)
  if (obstacle !== undefined)
    throw refusalOf(obstacle, named, judged.leaving, asked, candidates().some(carries))
  return { offering: named, judged, order: undefined, autoWorks }
}

const offeringsOf = ({ offerings }: UsableUseCase, slice: RuleSlice): readonly UsableOffering[] =>
  offerings.map((id) => slice.offerings.get(id)).filter((offering) => offering !== undefined)

function firstIn(
  { offerings }: UsableUseCase,
  slice: RuleSlice,
  fits: (offering: UsableOffering) => boolean,
): UsableOffering | undefined {
  for (const id of offerings) {
    const offering = slice.offerings.get(id)
    if (offering !== undefined && fits(offering)) return offering
  }
  return undefined
}

/** Where the same text would leave as different classes, the company's order for the highest of them decides. */
const highestOf = (able: readonly UsableOffering[], verdicts: Verdicts): DataClass =>
  highestClass(able.map(verdicts.of).flatMap((judged) => (judged.isStopped ? [] : judged.leavesAs)))

/** Of the refusals of rules the one that is nearest to going, the first where two are alike; undefined when no rule stops it. */
function stoppedEverywhere(offerings: readonly UsableOffering[], verdicts: Verdicts): Refusal | undefined {
  const stopped = offerings.map(verdicts.of).filter((judged) => judged.isStopped)
  const least = Math.min(...stopped.map(({ weight }) => weight))
  return stopped.find(({ weight }) => weight === least)?.refuse(false)
}

/** The class it would leave as, where it may leave at all. */
const classFor = (offerings: readonly UsableOffering[], verdicts: Verdicts): DataClass =>
  leavingFor(offerings, verdicts).class

function leavingFor(offerings: readonly UsableOffering[], verdicts: Verdicts): Leaving {
  const passing = offerings.map(verdicts.of).find((judged) => !judged.isStopped)
  const judged = passing ?? verdicts.of(anywhere)
  if (judged.isStopped) throw judged.refuse(false)
  return judged.leaving
}

interface Asked {
  readonly facts: Pick<ExchangeFacts, 'stateful'>
  readonly need: HealthNeed
  readonly owner: string
}

/** Why an offering cannot carry it, the gravest first. */
type Obstacle =
  | { readonly what: 'class' }
  | { readonly what: 'health' }
  | { readonly what: 'feature'; readonly use: StatefulUse }

function obstacleOf(
  offering: UsableOffering,
  leaving: Leaving,
  { facts, need }: Asked,
): Obstacle | undefined {
  if (!isAtMost(leaving.class, offering.ceiling)) return { what: 'class' }
  if (leaving.health.length > 0 && !mayCarryHealth(offering, need)) return { what: 'health' }
  if (facts.stateful === undefined || facts.stateful.length === 0) return undefined
  const off = featuresOff(offering, leaving.class)
  const use = facts.stateful.find(({ features }) => features.some((feature) => off.includes(feature)))
  return use === undefined ? undefined : { what: 'feature', use }
}

/** On own machines nobody else processes; there is nobody to agree with. */
export const mayCarryHealth = ({ tier, hasBaa, hasDpa }: UsableOffering, need: HealthNeed): boolean =>
  tier === 'self' || need === 'nothing' || hasBaa || (need === 'agreement' && hasDpa)

function refusalOf(
  obstacle: Obstacle,
  offering: UsableOffering | undefined,
  leaving: Leaving,
  { need, owner }: Asked,
  autoWorks: boolean,
): Refusal {
  const common = { class: leaving.class, offering: offering?.id, autoWorks, owner }
  switch (obstacle.what) {
    case 'class':
      return offering === undefined
        ? new Refusal('no-offering', { class: leaving.class, owner })
        : new Refusal('class-above-ceiling', { ...common, ceiling: offering.ceiling })
    case 'health':
      return new Refusal('baa-missing', { ...common, types: leaving.health, need })
    case 'feature':
      return new Refusal('feature-keeps-data', {
        ...common,
        field: obstacle.use.field,
        features: obstacle.use.features,
      })
  }
}

const nearness = ['class', 'health', 'feature'] as const

/** Says what the offering that came nearest lacks: that is what can be done something about. */
function nowhere(candidates: readonly UsableOffering[], verdicts: Verdicts, asked: Asked): Refusal {
  let nearest: Obstacle = { what: 'class' }
  let leaving = leavingFor(candidates, verdicts)
  for (const offering of candidates) {
    const judged = verdicts.of(offering)
    const obstacle = judged.isStopped ? undefined : obstacleOf(offering, judged.leaving, asked)
    if (obstacle === undefined || judged.isStopped) continue
    if (nearness.indexOf(obstacle.what) <= nearness.indexOf(nearest.what)) continue
    nearest = obstacle
    leaving = judged.leaving
  }
  return refusalOf(nearest, undefined, leaving, asked, false)
}
