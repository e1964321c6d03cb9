import { type DataClass, isAtMost } from '#/core/data-class.ts'
import { Refusal } from '#/core/refusal.ts'
import type { ExchangeFacts, RuleSlice, UsableOffering, UsableUseCase } from './api.ts'
import { isCurrent, isDenied } from './use-case.ts'

/**
 * Where an exchange goes. `auto` is the first offering of the use case that can be reached and may carry the class;
 * a named one is that very one or none: it is never swapped for another.
 * Throws `model-unknown`, `class-above-ceiling`, `no-offering`.
 */
export function chooseOffering(
  facts: ExchangeFacts,
  slice: RuleSlice,
  useCase: UsableUseCase,
  leavesAs: DataClass,
  nowMs: number,
): UsableOffering {
  const candidates = useCase.offerings
    .map((id) => slice.offerings.get(id))
    .filter((offering) => offering !== undefined)
    .filter((offering) => facts.reachable.has(offering.id) && isCurrent(offering, nowMs))
    .filter((offering) => !isDenied(offering.deny, facts))
  const carrying = candidates.find(({ ceiling }) => isAtMost(leavesAs, ceiling))
  if (facts.askedModel === 'auto') {
    if (carrying === undefined) throw new Refusal('no-offering', { class: leavesAs, owner: useCase.owner })
    return carrying
  }
  const named = candidates.find(
    ({ id, aliases }) => id === facts.askedModel || aliases.includes(facts.askedModel),
  )
  if (named === undefined) throw new Refusal('model-unknown')
  if (!isAtMost(leavesAs, named.ceiling)) {
    throw new Refusal('class-above-ceiling', {
      class: leavesAs,
      offering: named.id,
      ceiling: named.ceiling,
      autoWorks: carrying !== undefined,
      owner: useCase.owner,
    })
  }
  return named
}
