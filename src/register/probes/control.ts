import { z } from 'zod'
import type { Clock } from '#/core/clock.ts'
import type { ControlHandlers } from '#/core/control-socket.ts'
import { readWith } from '#/core/http/router.ts'
import type { Register } from '../register.ts'
import { probeOffering } from './probe-offering.ts'
import type { Probes } from './probes.ts'

const probeShape = z.strictObject({ id: z.string().min(1, 'must not be empty').max(100) })

/** What the command line asks to be probed. */
export const probeHandlers = (
  register: Register,
  probes: Probes,
  clock: Pick<Clock, 'now'>,
): ControlHandlers => ({
  'offering.probe': (input: unknown) =>
    probeOffering(readWith(probeShape, input).id.replace(/^register:/, ''), register, probes, clock),
})
