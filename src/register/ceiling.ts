import type { DataClass } from '#/core/data-class.ts'
import type { Fact, OfferingFacts } from './kinds/offering.ts'

export interface Ceiling {
  /** The highest class the offering may carry; `none` when not even public company data. */
  readonly ceiling: DataClass | 'none'
  /** One sentence for every condition of a higher class that is not met. */
  readonly reasons: readonly string[]
  /** When a fact runs out and the ceiling must be computed again. */
  readonly nextChangeAtMs: number | undefined
}

/** Beyond this many days a provider's copy is an archive. Source: the default of most commercial terms in 2026. */
const confidentialRetentionDays = 30

interface Step {
  readonly class: DataClass
  readonly conditions: readonly [reason: string, isMet: boolean][]
}

/**
 * The ceiling follows from facts; nobody types it in. A missing fact and one that ran out are unknown, and unknown
 * meets no condition. Each class needs its own conditions and those of every class below it.
 */
export function ceilingOf(facts: OfferingFacts, nowMs: number): Ceiling {
  const known = <T>(fact: Fact<T> | undefined): T | undefined =>
    fact === undefined || (fact.until !== undefined && Date.parse(fact.until) <= nowMs) ? undefined : fact.is
  const ends = Object.values(facts).flatMap((fact) => (fact?.until === undefined ? [] : [Date.parse(fact.until)]))
  const future = ends.filter((end) => end > nowMs)
  const nextChangeAtMs = future.length === 0 ? undefined : Math.min(...future)

  const tier = known(facts.tier)
  const trains = known(facts.trains)
  const retentionDays = known(facts.retentionDays)
  const isSelf = tier === 'self'
  const steps: readonly Step[] = [
    {
      class: 'public',
      conditions: [
        ['The tier must be commercial, cloud or self: consumer terms are for nobody here.', tier !== undefined && tier !== 'consumer'],
        ['What is sent must not train a model by default.', trains === 'never' || trains === 'opt-in'],
      ],
    },
    {
      class: 'internal',
      conditions: [
        ['The processor must be known.', known(facts.processor) !== undefined],
        ['The region must be known.', known(facts.region) !== undefined],
      ],
    },
    {
      class: 'confidential',
      conditions: [
        ['There must be a data processing agreement.', isSelf || known(facts.dpa) === true],
        [
          `It must be kept at most ${confidentialRetentionDays} days.`,
          retentionDays !== undefined && retentionDays <= confidentialRetentionDays,
        ],
      ],
    },
    {
      class: 'restricted',
      conditions: [
        [
          'It must run on our own machines, or in our cloud behind a private endpoint.',
          isSelf || (tier === 'cloud' && known(facts.privateEndpoint) === true),
        ],
        ['It must be kept 0 days.', retentionDays === 0],
        ['It must never train a model.', trains === 'never'],
      ],
    },
  ]
  return { ...climb(steps), nextChangeAtMs }
}

/** The highest step all conditions up to which are met, with every condition above it that is not. */
function climb(steps: readonly Step[]): Pick<Ceiling, 'ceiling' | 'reasons'> {
  let ceiling: Ceiling['ceiling'] = 'none'
  let isClimbing = true
  const reasons: string[] = []
  for (const step of steps) {
    const failed = step.conditions.filter(([, isMet]) => !isMet)
    if (failed.length > 0) isClimbing = false
    if (isClimbing) ceiling = step.class
    reasons.push(...failed.map(([reason]) => `For ${step.class}: ${reason}`))
  }
  return { ceiling, reasons }
}
