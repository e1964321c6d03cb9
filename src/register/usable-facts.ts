import type { UsableOffering } from '#/policy/api.ts'
import { known } from './fact.ts'
import type { OfferingFacts } from './kinds/offering.ts'

const unknown = 'unknown'

/** The facts an exchange is decided by, as they are known at `nowMs`. Without a known tier an offering carries nothing. */
export function usableFacts(
  facts: OfferingFacts,
  nowMs: number,
): Pick<
  UsableOffering,
  | 'tier'
  | 'processor'
  | 'region'
  | 'retentionDays'
  | 'isZeroRetention'
  | 'zeroRetentionExcept'
  | 'trains'
  | 'hasDpa'
  | 'hasBaa'
> {
  return {
    tier: known(facts.tier, nowMs) ?? 'consumer',
    processor: known(facts.processor, nowMs) ?? unknown,
    region: known(facts.region, nowMs) ?? unknown,
    retentionDays: known(facts.retentionDays, nowMs),
    isZeroRetention: known(facts.retentionDays, nowMs) === 0 && !isPending(facts),
    // What an arrangement left out does not become covered because nobody has read the page again.
    zeroRetentionExcept: facts.zeroRetentionExcept?.is ?? [],
    trains: known(facts.trains, nowMs) ?? unknown,
    hasDpa: known(facts.dpa, nowMs) === true,
    hasBaa: known(facts.baa, nowMs) === true,
  }
}

/** Zero retention that was only asked for or granted is not in force, however old the fact that says so. */
export const isPending = ({ zeroRetention }: OfferingFacts): boolean =>
  zeroRetention?.is === 'requested' || zeroRetention?.is === 'approved'
