import { type DataClass, dataClasses, isAtMost } from '#/core/data-class.ts'
import type { FirstRunAnswers } from './api.ts'
import type { DraftedOffering } from './offerings.ts'

type Answers = Pick<FirstRunAnswers, 'home' | 'direct'>

/**
 * Which offering `auto` takes first, by class: up to where direct use ends the interfaces of vendors, above it what is at
 * home, own machines first for what is restricted. Undefined where there is nothing to choose between. Entries that would fit
 * nothing are left out: the operator would be warned of them.
 */
export function preferenceFor(
  answers: Answers,
  offerings: readonly DraftedOffering[],
): Partial<Record<DataClass, readonly string[]>> | undefined {
  const orders = dataClasses.flatMap((each) => {
    const order = orderFor(each, answers, offerings)
    return order.length < 2 ? [] : [[each, order] as const]
  })
  return orders.length === 0 ? undefined : Object.fromEntries(orders)
}

function orderFor(
  each: DataClass,
  { home, direct }: Answers,
  offerings: readonly DraftedOffering[],
): readonly string[] {
  const atHome = offerings.filter((drafted) => drafted.planned.tier === 'cloud' && drafted.home === home)
  const has = (tier: string): boolean => offerings.some(({ planned }) => planned.tier === tier)
  const self = has('self') ? ['self'] : []
  const homeIds = atHome.map(({ planned }) => planned.id)
  const elsewhere = offerings.filter(
    (drafted) => drafted.planned.tier === 'cloud' && !atHome.includes(drafted),
  )
  const cloud = elsewhere.length > 0 ? ['cloud'] : []
  const vendors = has('commercial') ? ['commercial'] : []
  const mayGoDirect = direct !== 'none' && isAtMost(each, direct)
  const infrastructure =
    each === 'restricted' || home === 'self'
      ? [...self, ...homeIds, ...cloud]
      : [...homeIds, ...cloud, ...self]
  return mayGoDirect ? [...vendors, ...infrastructure] : infrastructure
}

/** The order of a use case where no order of a class says another one: home, other clouds, own machines, vendors. */
export function useCaseOrder(
  { home }: Pick<FirstRunAnswers, 'home'>,
  offerings: readonly DraftedOffering[],
  exitId: string | undefined,
): readonly string[] {
  const rank = ({ home: at, planned }: DraftedOffering): number =>
    at === home ? 0 : planned.tier === 'cloud' ? 1 : planned.tier === 'self' ? 2 : 3
  const ids = offerings.toSorted((one, other) => rank(one) - rank(other)).map(({ planned }) => planned.id)
  // Where one goes when the first fails cannot be the first.
  return exitId !== undefined && ids[0] === exitId ? [...ids.slice(1, 2), exitId, ...ids.slice(2)] : ids
}
