import { type DataClass, isAtMost } from '#/core/data-class.ts'
import { Refusal } from '#/core/refusal.ts'
import type { ExchangeFacts, RuleSlice, UsableOffering, UsableUseCase } from './api.ts'
import { isCurrent, isDenied } from './use-case.ts'
import { assertWithinTerms } from './use-case-terms.ts'

/**
 * Where an exchange goes. `auto` is the first offering of the use case that can be reached, that the key may use and
 * that may carry the class; a named one is that very one or none: it is never swapped for another.
 * Throws `offering-outside-terms`, `model-unknown`, `offering-outside-key`, `class-above-ceiling`, `no-offering`.
 */
export function chooseOffering(
  facts: ExchangeFacts,
  slice: RuleSlice,
  useCase: UsableUseCase,
  leavesAs: DataClass,
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
  const carries = ({ ceiling }: UsableOffering): boolean => isAtMost(leavesAs, ceiling)
  const carrying = candidates.find(carries)
  const outsideKey = (offering: string | undefined): Refusal =>
    new Refusal('offering-outside-key', {
      ...{ bound: 'offerings', offerings: keyOfferings, offering, class: leavesAs },
      autoWorks: carrying !== undefined,
    })
  if (askedModel === 'auto') {
    if (carrying !== undefined) return carrying
    if (keyOfferings !== undefined && all.some(carries)) throw outsideKey(undefined)
    throw new Refusal('no-offering', { class: leavesAs, owner: useCase.owner })
  }
  const aliasesOf = (id: string) => slice.offerings.get(id)?.aliases ?? []
  assertWithinTerms(useCase, askedModel, aliasesOf, carrying !== undefined)
  const named = all.find(({ id, aliases }) => id === askedModel || aliases.includes(askedModel))
  if (named === undefined) throw new Refusal('model-unknown')
  if (!candidates.includes(named)) throw outsideKey(named.id)
  if (!carries(named)) {
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
