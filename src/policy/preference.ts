import type { UsableOffering } from './api.ts'

/** The entry an offering is preferred by: the earliest that names its tier, its connection or itself. */
export const preferredBy = (
  { id, tier, connection }: Pick<UsableOffering, 'id' | 'tier' | 'connection'>,
  order: readonly string[] | undefined,
): string | undefined => order?.find((entry) => entry === id || entry === connection || entry === tier)

/** The one the company's order puts first; among those it says nothing about, the use case's first. Stable. */
export function firstOf(
  offerings: readonly UsableOffering[],
  order: readonly string[] | undefined,
): UsableOffering | undefined {
  if (order === undefined) return offerings[0]
  let first: UsableOffering | undefined
  let least = Number.POSITIVE_INFINITY
  for (const offering of offerings) {
    const entry = preferredBy(offering, order)
    const rank = entry === undefined ? order.length : order.indexOf(entry)
    if (rank < least) [first, least] = [offering, rank]
  }
  return first
}
