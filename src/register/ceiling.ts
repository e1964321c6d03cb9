import type { DataClass } from '#/core/data-class.ts'
import { hasEnded, known } from './fact.ts'
import { endOfDayMs } from './fields.ts'
import type { OfferingFacts } from './kinds/offering.ts'
import { isPending } from './usable-facts.ts'

export interface Ceiling {
  /** The highest class the offering may carry; undefined when not even public company data. */
  readonly class: DataClass | undefined
  /** One sentence for every condition of a higher class that is not met. */
  readonly reasons: readonly string[]
  /** When a fact runs out and the ceiling must be computed again. */
  readonly nextChangeAtMs: number | undefined
}

/** Beyond this many days a provider's copy is an archive. Source: the default of most commercial terms in 2026. */
const confidentialRetentionDays = 30

interface Step {
  readonly class: DataClass
  readonly conditions: readonly (readonly [reason: string, isMet: boolean])[]
}

/**
 * The ceiling follows from facts; nobody types it in. A missing fact and one that ran out are unknown, and unknown
 * meets no condition. Each class needs its own conditions and those of every class below it.
 */
export function ceilingOf(facts: OfferingFacts, nowMs: number): Ceiling {
  const given = Object.values(facts).filter((fact) => fact !== undefined)
  const ends = given.flatMap((fact) =>
    fact.until === undefined || hasEnded(fact, nowMs) ? [] : [endOfDayMs(fact.until)],
  )
  return {
    ...climb(stepsOf(facts, nowMs)),
    nextChangeAtMs: ends.length === 0 ? undefined : Math.min(...ends),
  }
}

function stepsOf(facts: OfferingFacts, nowMs: number): readonly Step[] {
  const tier = known(facts.tier, nowMs)
  const trains = known(facts.trains, nowMs)
  const retentionDays = known(facts.retentionDays, nowMs)
  const isSelf = tier === 'self'
  // What speaks against an offering does not lapse: a day must never raise a ceiling.
  const tls = facts.tlsMinimum?.is
  const review = facts.humanReview?.is
  const flaggedDays = facts.flaggedDays?.is ?? 0
  const scope = known(facts.regionScope, nowMs)
  const transfer = known(facts.transferMechanism, nowMs)
  const mayBeTransferred = transfer !== undefined && transfer !== 'none'
  return [
    {
      class: 'public',
      conditions: [
        [
          'The tier must be commercial, cloud or self: consumer terms are for nobody here.',
          tier !== undefined && tier !== 'consumer',
        ],
        [
          'What is sent must not train a model unless we agree to it.',
          trains === 'never' || trains === 'opt-in',
        ],
        ['The connection must need TLS 1.2 or newer.', tls !== '1.0' && tls !== '1.1'],
      ],
    },
    {
      class: 'internal',
      conditions: [
        ['The processor must be known.', known(facts.processor, nowMs) !== undefined],
        [
          'The region must be known and a place, or the scope global with a transfer mechanism.',
          isPlace(known(facts.region, nowMs)) || (scope === 'global' && mayBeTransferred),
        ],
      ],
    },
    {
      class: 'confidential',
      conditions: [
        ['There must be a data processing agreement.', isSelf || known(facts.dpa, nowMs) === true],
        [
          `It must be kept at most ${confidentialRetentionDays} days.`,
          retentionDays !== undefined && retentionDays <= confidentialRetentionDays,
        ],
        [
          'It must be known that the maker of the model receives no copy.',
          isSelf || known(facts.makerReceives, nowMs) === false,
        ],
        [
          'It must stay in one region or zone, or there must be a transfer mechanism.',
          isSelf || scope === 'region' || scope === 'zone' || mayBeTransferred,
        ],
        ['People of the processor must read at most what was flagged.', review !== 'sampled'],
      ],
    },
    {
      class: 'restricted',
      conditions: [
        [
          'It must run on our own machines, or in our cloud behind a private endpoint.',
          isSelf || (tier === 'cloud' && known(facts.privateEndpoint, nowMs) === true),
        ],
        ['It must be kept 0 days.', retentionDays === 0],
        ['Zero retention must be in force, not only requested or approved.', !isPending(facts)],
        [
          'What is flagged must be kept 0 days, too, and be read by nobody.',
          flaggedDays === 0 && review !== 'flagged',
        ],
        ['It must never train a model.', trains === 'never'],
      ],
    },
  ]
}

/** Words some consoles and pages give for a region that name no place. */
const isPlace = (region: string | undefined): boolean =>
  region !== undefined &&
  !/^(?:any|anywhere|global|worldwide|various|multiple|unknown|unspecified|all|tbd|n\/a)\b/i.test(region)

/** The highest step all conditions up to which are met, with every condition above it that is not. */
function climb(steps: readonly Step[]): Pick<Ceiling, 'class' | 'reasons'> {
  let highest: DataClass | undefined
  let isClimbing = true
  const reasons: string[] = []
  for (const step of steps) {
    const failed = step.conditions.filter(([, isMet]) => !isMet)
    if (failed.length > 0) isClimbing = false
    if (isClimbing) highest = step.class
    reasons.push(...failed.map(([reason]) => `For ${step.class}: ${reason}`))
  }
  return { class: highest, reasons }
}
