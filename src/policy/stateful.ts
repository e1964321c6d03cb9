import type { DataClass } from '#/core/data-class.ts'
import { type StatefulFeature, statefulFeatures } from '#/core/stateful-feature.ts'
import type { UsableOffering } from './api.ts'

/** Of a class that is kept 0 days a cache of some minutes is the answer being made; all else would be kept. */
const offForRestricted = statefulFeatures.filter((feature) => feature !== 'provider-caches')

const nothingOff: readonly StatefulFeature[] = []

/**
 * What must not be used of an offering with what leaves. Restricted needs that nothing is kept, as the ceiling does; what
 * an arrangement on zero retention leaves out would keep all above public. On own machines what is kept is the company's.
 */
export function featuresOff(
  { tier, isZeroRetention, zeroRetentionExcept }: UsableOffering,
  leavesAs: DataClass,
): readonly StatefulFeature[] {
  if (tier === 'self' || leavesAs === 'public') return nothingOff
  const excepted = isZeroRetention ? zeroRetentionExcept : nothingOff
  if (leavesAs !== 'restricted') return excepted
  return excepted.includes('provider-caches') ? statefulFeatures : offForRestricted
}
