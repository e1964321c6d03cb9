/** Publications as the command line shows and makes them: under the name of the account of the machine. */
import { z } from 'zod'
import type { ControlHandlers } from '#/core/control-socket.ts'
import { readWith } from '#/core/http/router.ts'
import { publishShape, rollBackShape } from './asked.ts'
import { differenceBetween, pageOf, type ViewServices, viewOf } from './views.ts'

/** Never the id of a person: those start with `person_`. */
const by = z
  .string()
  .regex(/^command-line:/, 'must be an account of the machine')
  .max(200)
const number = z.int().min(1)

export const publicationHandlers = (services: ViewServices): ControlHandlers => ({
  'publication.list': async (input: unknown) => pageOf(services, readWith(z.strictObject({ by }), input).by),
  'publication.show': async (input: unknown) =>
    viewOf(services, readWith(z.strictObject({ number }), input).number),
  'publication.diff': async (input: unknown) => {
    const read = readWith(z.strictObject({ from: number, to: number }), input)
    return differenceBetween(services, read.from, read.to)
  },
  'publication.publish': async (input: unknown) => {
    const read = readWith(z.strictObject({ by, asked: publishShape }), input)
    return services.publications.publish(read.asked, read.by)
  },
  'publication.rollback': async (input: unknown) => {
    const read = readWith(z.strictObject({ by, asked: rollBackShape }), input)
    return services.publications.rollBack(read.asked.reason, read.by)
  },
})
