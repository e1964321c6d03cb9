import type { Clock } from '#/core/clock.ts'
import { Refusal } from '#/core/refusal.ts'
import { ceilingOf } from '../ceiling.ts'
import type { Register } from '../register.ts'
import { stateOf } from '../state.ts'
import type { ProbeAnswer } from './api.ts'
import { contradictionsOf, unsafeBecause, withProbed } from './merge.ts'
import type { Probes } from './probes.ts'

/**
 * Probes the connection of an offering: of the version that serves, else of the newest. Throws `not-found`, and `request-invalid`
 * where there is nothing to probe.
 */
export async function probeOffering(
  id: string,
  register: Pick<Register, 'find'>,
  probes: Pick<Probes, 'of' | 'view' | 'probe'>,
  clock: Pick<Clock, 'now'>,
  by?: string,
): Promise<ProbeAnswer> {
  const history = register.find('offering', id)
  const record =
    history === undefined
      ? undefined
      : (stateOf(history, clock.now()).serving?.record ?? history.versions.at(-1))
  if (record === undefined) throw new Refusal('not-found', { what: 'offering' })
  const { connection, facts } = record.body
  const changed = await probes.probe(connection, by)
  const [probed, probe, nowMs] = [probes.of(connection), probes.view(connection), clock.now()]
  if (probe === undefined) throw new Error(`the connection ${connection} was probed and has no view`)
  const unsafe = unsafeBecause(probed)
  const ceiling = ceilingOf(withProbed(facts, probed, nowMs), nowMs)
  return {
    offering: id,
    probe,
    contradictions: contradictionsOf(facts, probed, nowMs),
    changed,
    ceiling: {
      class: unsafe === undefined ? (ceiling.class ?? null) : null,
      reasons: unsafe === undefined ? ceiling.reasons : [unsafe, ...ceiling.reasons],
    },
  }
}
