/** Switches as the command line pulls, releases and shows them: under the name of the account of the machine. */
import { z } from 'zod'
import type { ControlHandlers } from '#/core/control-socket.ts'
import { readWith } from '#/core/http/router.ts'
import { pullShape, releaseShape } from './asked.ts'
import type { Switches } from './switches.ts'

/** Never the id of a person: those start with `person_`. */
const by = z
  .string()
  .regex(/^command-line:/, 'must be an account of the machine')
  .max(200)
const id = z.string().min(1).max(100)

export const switchHandlers = (switches: Switches): ControlHandlers => ({
  'switch.pull': (input: unknown) => {
    const read = readWith(z.strictObject({ by, asked: pullShape }), input)
    return switches.pull(read.asked, read.by)
  },
  'switch.release': (input: unknown) => {
    const read = readWith(z.strictObject({ by, id, asked: releaseShape }), input)
    return switches.release(read.id, read.asked.reason, read.by)
  },
  'switch.list': (input: unknown) => switches.list(readWith(z.strictObject({ by }), input).by),
})
