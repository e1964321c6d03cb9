import { lowerClass } from '#/core/data-class.ts'
import type { RecordHistory } from '#/register/api.ts'
import { ceilingOf } from '#/register/ceiling.ts'
import type { Probed } from '#/register/probes/api.ts'
import { unsafeBecause, withProbed } from '#/register/probes/merge.ts'
import type { Register } from '#/register/register.ts'
import { stateOf } from '#/register/state.ts'
import { usableFacts } from '#/register/usable-facts.ts'
import { whyVendorHolds } from '#/register/vendors/standing.ts'
import type { CompiledRecords } from './compile.ts'
import { tied } from './ties.ts'

export interface StillServices {
  readonly register: Pick<Register, 'list'>
  /** What was measured of a connection; undefined when nothing was. */
  readonly probedAt: (connection: string) => Probed | undefined
}

/**
 * What of earlier compiled records may serve on at `nowMs`, when later ones do not compile: nothing that was stopped,
 * suspended, rejected or has ended since, nothing a probe warns of, and nothing higher than facts and approvals allow by
 * now. It only ever takes away: what was approved since has to compile first.
 */
export function stillServing(
  records: CompiledRecords,
  { register, probedAt }: StillServices,
  nowMs: number,
): CompiledRecords {
  const offerings = byId(register.list('offering'))
  const useCases = byId(register.list('use-case'))
  const vendors = register.list('vendor')
  return {
    ...records,
    offerings: records.offerings.flatMap((offering) => {
      const history = offerings.get(offering.id)
      const approval = history && stateOf(history, nowMs).serving?.approval
      const version = history?.versions.find((each) => each.version === offering.recordVersion)
      const probed = probedAt(offering.connection)
      const facts = version && withProbed(version.body.facts, probed, nowMs)
      const carried = facts && ceilingOf(facts, nowMs).class
      if (approval === undefined || facts === undefined || carried === undefined) return []
      if (unsafeBecause(probed) !== undefined) return []
      if (whyVendorHolds(version?.body.vendor, vendors, nowMs).why !== undefined) return []
      const approved = approval.conditions.highestClass ?? offering.ceiling
      const known = usableFacts(facts, nowMs)
      return { ...offering, ...known, ceiling: lowerClass(lowerClass(offering.ceiling, carried), approved) }
    }),
    useCases: tied(
      records.useCases.flatMap((useCase) => {
        const history = useCases.get(useCase.id)
        const approval = history && stateOf(history, nowMs).serving?.approval
        if (approval === undefined) return []
        const approved = approval.conditions.highestClass ?? useCase.highestClass
        return { ...useCase, highestClass: lowerClass(useCase.highestClass, approved) }
      }),
      tiesOf(records.useCases, useCases),
      register,
      nowMs,
    ).useCases,
  }
}

/** What those use cases were tied to by the versions that were compiled. */
const tiesOf = (
  compiled: CompiledRecords['useCases'],
  histories: ReadonlyMap<string, RecordHistory<'use-case'>>,
) =>
  new Map(
    compiled.flatMap(({ id, recordVersion }) => {
      const version = histories.get(id)?.versions.find((each) => each.version === recordVersion)
      return version === undefined ? [] : [[id, version.body] as const]
    }),
  )

const byId = <K extends 'offering' | 'use-case'>(
  histories: readonly RecordHistory<K>[],
): ReadonlyMap<string, RecordHistory<K>> => new Map(histories.map((each) => [each.id, each]))
