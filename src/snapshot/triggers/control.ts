/** Triggers as the command line shows them. */
import { z } from 'zod'
import type { ControlHandlers } from '#/core/control-socket.ts'
import { readWith } from '#/core/http/router.ts'
import type { Triggers } from './triggers.ts'

const by = z.string().min(1).max(200)

export const triggerHandlers = (triggers: Triggers): ControlHandlers => ({
  'trigger.list': (input: unknown) => triggers.list(readWith(z.strictObject({ by }), input).by),
})
