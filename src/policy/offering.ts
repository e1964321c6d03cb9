import { type DataClass, isAtMost } from '#/core/data-class.ts'
import { Refusal } from '#/core/refusal.ts'
import type { ExchangeFacts, RuleSlice, UsableOffering, UsableUseCase } from './api.ts'
import type { Passing } from './judge.ts'
import { isCurrent, isDenied } from './use-case.ts'
import type { Verdicts } from './verdicts.ts'

export interface Choice {
  readonly offering: UsableOffering
  readonly judged: Passing
  /** Whether `auto` would take an offering for which the caller has nothing more to do. */
  readonly autoWorks: () => boolean
}

/**
 * Where an exchange goes. `auto` is the first offering of the use case that can be reached, that the key may use, to which
 * the rules let it go and that may carry what leaves; one for which the caller has nothing more to do goes before one for
 * which they have. A named one is that very one or none: it is never swapped for another.
 * Throws `model-unknown`, `offering-outside-key`, what the rules say, `class-above-ceiling`, `no-offering`.
 */
export function chooseOffering(
  facts: ExchangeFacts,
  slice: RuleSlice,
  useCase: UsableUseCase,
  verdicts: Verdicts,
  nowMs: number,
): Choice {
  const { keyOfferings, askedModel } = facts
  const all = useCase.offerings
    .map((id) => slice.offerings.get(id))
    .filter((offering) => offering !== undefined)
    .filter((offering) => facts.reachable.has(offering.id) && isCurrent(offering, nowMs))
    .filter((offering) => !isDenied(offering.deny, facts))
  const candidates =
    keyOfferings === undefined ? all : all.filter((offering) => keyOfferings.includes(offering.id))
  const passingTo = (offering: UsableOffering): Passing | undefined => {
    const judged = verdicts.of(offering)
    return judged.isStopped || !isAtMost(judged.leavesAs, offering.ceiling) ? undefined : judged
  }
  const carries = (offering: UsableOffering): boolean => passingTo(offering) !== undefined
  const isOpen = (offering: UsableOffering): boolean => {
    const passing = passingTo(offering)
    return passing !== undefined && verdicts.isOpen(passing)
  }
  const autoWorks = () => askedModel !== 'auto' && candidates.some(isOpen)
  const outsideKey = (offering: string | undefined): Refusal =>
    new Refusal('offering-outside-key', {
      ...{ bound: 'offerings', offerings: keyOfferings, offering, class: classFor(all, verdicts) },
      autoWorks: candidates.some(carries),
    })
  if (askedModel === 'auto') {
    const carrying = candidates.find(isOpen) ?? candidates.find(carries)
    const judged = carrying && passingTo(carrying)
    if (carrying !== undefined && judged !== undefined) return { offering: carrying, judged, autoWorks }
    if (keyOfferings !== undefined && all.some(carries)) throw outsideKey(undefined)
    throw (
      nearest(candidates, verdicts) ??
      new Refusal('no-offering', { class: classFor(candidates, verdicts), owner: useCase.owner })
    )
  }
  const named = all.find(({ id, aliases }) => id === askedModel || aliases.includes(askedModel))
  if (named === undefined) throw new Refusal('model-unknown')
  if (!candidates.includes(named)) throw outsideKey(named.id)
  const judged = verdicts.of(named)
  if (judged.isStopped) throw judged.refuse(autoWorks())
  if (!isAtMost(judged.leavesAs, named.ceiling)) {
    throw new Refusal('class-above-ceiling', {
      class: judged.leavesAs,
      offering: named.id,
      ceiling: named.ceiling,
      autoWorks: candidates.some(carries),
      owner: useCase.owner,
    })
  }
  return { offering: named, judged, autoWorks }
}

/** Of the refusals of rules the one that is nearest to going, the first where two are alike; undefined when no rule stops it. */
function nearest(offerings: readonly UsableOffering[], verdicts: Verdicts): Refusal | undefined {
  const stopped = offerings.map(verdicts.of).filter((judged) => judged.isStopped)
  const least = Math.min(...stopped.map(({ weight }) => weight))
  return stopped.find(({ weight }) => weight === least)?.refuse(false)
}

/** The class it would leave as, where it may leave at all. */
function classFor(offerings: readonly UsableOffering[], verdicts: Verdicts): DataClass {
  const passing = offerings.map(verdicts.of).find((judged) => !judged.isStopped)
  const judged = passing ?? verdicts.of({})
  if (judged.isStopped) throw judged.refuse(false)
  return judged.leavesAs
}
