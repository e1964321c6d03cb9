import { isAtMost } from '#/core/data-class.ts'
import { Refusal } from '#/core/refusal.ts'
import type { StatefulUse } from '#/core/stateful-feature.ts'
import type { ExchangeFacts, HealthNeed, RuleSlice, UsableOffering, UsableUseCase } from './api.ts'
import type { Leaving } from './leaving.ts'
import { firstOf } from './preference.ts'
import { featuresOff } from './stateful.ts'
import { isCurrent, isDenied } from './use-case.ts'
import { assertWithinTerms } from './use-case-terms.ts'

/**
 * Where an exchange goes. `auto` is the first by the company's order for the class, then by the use case's, that can be
 * reached, that the key may use and that may carry what leaves; a named one is that very one or none: it is never swapped.
 * The exit of the use case is the last that `auto` takes.
 * Throws `offering-outside-terms`, `model-unknown`, `offering-outside-key`, `class-above-ceiling`, `baa-missing`, `feature-keeps-data`, `no-offering`.
 */
export function chooseOffering(
  facts: ExchangeFacts,
  slice: RuleSlice,
  useCase: UsableUseCase,
  leaving: Leaving,
  nowMs: number,
): UsableOffering {
  const { keyOfferings, askedModel } = facts
  const all = useCase.offerings
    .map((id) => slice.offerings.get(id))
    .filter((offering) => offering !== undefined)
    .filter((offering) => facts.reachable.has(offering.id) && isCurrent(offering, nowMs))
    .filter((offering) => !isDenied(offering.deny, facts))
  const candidates =
    keyOfferings === undefined ? all : all.filter((offering) => keyOfferings.includes(offering.id))
  const asked: Asked = { facts, leaving, need: slice.healthNeeds ?? 'baa', owner: useCase.owner }
  const carries = (offering: UsableOffering): boolean => obstacleOf(offering, asked) === undefined
  const able = candidates.filter(carries)
  const carrying =
    firstOf(
      able.filter(({ id }) => id !== useCase.exit),
      slice.preference?.[leaving.class],
    ) ?? able.find(({ id }) => id === useCase.exit)
  const outsideKey = (offering: string | undefined): Refusal =>
    new Refusal('offering-outside-key', {
      ...{ bound: 'offerings', offerings: keyOfferings, offering, class: leaving.class },
      autoWorks: carrying !== undefined,
    })
  if (askedModel === 'auto') {
    if (carrying !== undefined) return carrying
    if (keyOfferings !== undefined && all.some(carries)) throw outsideKey(undefined)
    throw nowhere(candidates, asked)
  }
  const aliasesOf = (id: string) => slice.offerings.get(id)?.aliases ?? []
  assertWithinTerms(useCase, askedModel, aliasesOf, carrying !== undefined)
  const named = all.find(({ id, aliases }) => id === askedModel || aliases.includes(askedModel))
  if (named === undefined) throw new Refusal('model-unknown')
  if (!candidates.includes(named)) throw outsideKey(named.id)
  const obstacle = obstacleOf(named, asked)
  if (obstacle !== undefined) throw refusalOf(obstacle, named, asked, carrying !== undefined)
  return named
}

interface Asked {
  readonly facts: Pick<ExchangeFacts, 'stateful'>
  readonly leaving: Leaving
  readonly need: HealthNeed
  readonly owner: string
}

/** Why an offering cannot carry it, the gravest first. */
type Obstacle =
  | { readonly what: 'class' }
  | { readonly what: 'health' }
  | { readonly what: 'feature'; readonly use: StatefulUse }

function obstacleOf(offering: UsableOffering, { facts, leaving, need }: Asked): Obstacle | undefined {
  if (!isAtMost(leaving.class, offering.ceiling)) return { what: 'class' }
  if (leaving.health.length > 0 && !mayCarryHealth(offering, need)) return { what: 'health' }
  if (facts.stateful === undefined || facts.stateful.length === 0) return undefined
  const off = featuresOff(offering, leaving.class)
  const use = facts.stateful.find(({ features }) => features.some((feature) => off.includes(feature)))
  return use === undefined ? undefined : { what: 'feature', use }
}

/** On own machines nobody else processes; there is nobody to agree with. */
const mayCarryHealth = ({ tier, hasBaa, hasDpa }: UsableOffering, need: HealthNeed): boolean =>
  tier === 'self' || need === 'nothing' || hasBaa || (need === 'agreement' && hasDpa)

function refusalOf(
  obstacle: Obstacle,
  offering: UsableOffering | undefined,
  { leaving, need, owner }: Asked,
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
function nowhere(candidates: readonly UsableOffering[], asked: Asked): Refusal {
  let nearest: Obstacle = { what: 'class' }
  for (const offering of candidates) {
    const obstacle = obstacleOf(offering, asked)
    if (obstacle !== undefined && nearness.indexOf(obstacle.what) > nearness.indexOf(nearest.what))
      nearest = obstacle
  }
  return refusalOf(nearest, undefined, asked, false)
}
