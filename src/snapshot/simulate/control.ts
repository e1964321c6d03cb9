/** Simulations as the command line asks for them: under the name of the account of the machine. */
import { z } from 'zod'
import type { ControlHandlers } from '#/core/control-socket.ts'
import { readWith } from '#/core/http/router.ts'
import { simulationShape } from './asked.ts'
import type { Simulations } from './simulations.ts'

/** Never the id of a person. */
const by = z
  .string()
  .regex(/^command-line:/, 'must be an account of the machine')
  .max(200)
const id = z.string().min(1).max(100)

/** So that a command can say how far it is. */
const longestWaitMs = 1_000

export const simulationHandlers = (simulations: Simulations): ControlHandlers => ({
  'simulation.begin': (input: unknown) => {
    const read = readWith(z.strictObject({ by, asked: simulationShape }), input)
    return simulations.begin(read.asked, { name: read.by })
  },
  'simulation.look': (input: unknown) => {
    const read = readWith(z.strictObject({ by, id }), input)
    return simulations.look(read.id, { name: read.by }, longestWaitMs)
  },
})
