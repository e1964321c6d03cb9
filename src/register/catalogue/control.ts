import { z } from 'zod'
import type { ControlHandlers } from '#/core/control-socket.ts'
import { readWith } from '#/core/http/router.ts'
import { Refusal } from '#/core/refusal.ts'
import { line } from '../fields.ts'
import type { Probes } from '../probes/probes.ts'
import type { Register } from '../register.ts'
import type { OfferingView } from './api.ts'
import { draftOf } from './draft.ts'
import { endingFacts, warnDays } from './ending.ts'
import { findOffering, problemOf } from './find.ts'
import { readCatalogueOfferings } from './read-catalogue.ts'
import { compare, lineOf, viewOfCatalogue } from './view.ts'

const named = z.string().min(1, 'must not be empty').max(100)
const draftShape = z.strictObject({ id: named, connection: line(64), model: line(200) })
const endingShape = z.strictObject({
  days: z.int('must be a whole number').min(0, 'must be 0 or more').max(3_650).default(warnDays),
})

/** What the command line asks about offerings; nothing of it writes. */
export function offeringHandlers(
  register: Register,
  probes: Pick<Probes, 'of'>,
  now: () => number,
): ControlHandlers {
  const need = (field: string, name: string): OfferingView => {
    const found = findOffering(name, register, now(), probes.of)
    if (found === undefined)
      throw new Refusal('request-invalid', { field, problem: problemOf(name, register) })
    return found
  }
  return {
    'offering.list': async () => ({
      register: register
        .list('offering')
        .flatMap(({ id }) => findOffering(`register:${id}`, register, now(), probes.of) ?? [])
        .map(lineOf),
      catalogue: readCatalogueOfferings().map((each) => lineOf(viewOfCatalogue(each, now()))),
    }),
    'offering.show': async (input: unknown) => need('id', readWith(z.strictObject({ id: named }), input).id),
    'offering.compare': async (input: unknown) => {
      const { a, b } = readWith(z.strictObject({ a: named, b: named }), input)
      return compare(need('a', a), need('b', b))
    },
    'offering.draft': async (input: unknown) => {
      const { id, ...names } = readWith(draftShape, input)
      const name = id.replace(/^catalogue:/, '')
      const offering = readCatalogueOfferings().find((each) => each.id === name)
      if (offering === undefined) {
        const problem = `only offerings of the catalogue can be drafted: ${problemOf(id, undefined)}`
        throw new Refusal('request-invalid', { field: 'id', problem })
      }
      return { text: draftOf(offering, names) }
    },
    'offering.ending': async (input: unknown) => {
      const { days } = readWith(endingShape, input)
      return { days, facts: endingFacts(register, now(), days, probes.of) }
    },
  }
}
