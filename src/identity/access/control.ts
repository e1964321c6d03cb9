/** Access as the command line gives, ends and explains it: under the name of the account of the machine. */
import { type ZodType, z } from 'zod'
import { readWith } from '#/core/http/router.ts'
import { Refusal } from '#/core/refusal.ts'
import type { People } from '../people.ts'
import { rolesHeld } from '../roles/held.ts'
import type { Access } from './access.ts'
import { by, denialShape, endShape, explainShape, grantShape, roleShape } from './asked.ts'
import { grantView, nameWith, requestView } from './views.ts'

const asked = z.unknown()
const grant = z.strictObject({ by, asked })
const end = z.strictObject({ by, id: z.string().min(1).max(200), asked })
const revoke = z.strictObject({ by, email: z.string().max(254), role: z.string().max(40), asked })

/** What is asked for is read by itself, so that a refusal names the field as whoever typed it knows it. */
function readAsked<Frame extends { readonly asked: unknown }, Asked>(
  frame: ZodType<Frame>,
  shape: ZodType<Asked>,
  input: unknown,
): Omit<Frame, 'asked'> & { readonly asked: Asked } {
  const read = readWith(frame, input)
  return { ...read, asked: readWith(shape, read.asked) }
}

export function accessHandlers(access: Access, people: Pick<People, 'find' | 'findByEmail' | 'everybody'>) {
  const nameOf = nameWith(people)
  return {
    'role.grant': async (input: unknown) => {
      const read = readAsked(grant, roleShape, input)
      const given = await access.giveRole(read.asked, read.by)
      return 'grant' in given
        ? { grant: grantView(given.grant, nameOf), request: null }
        : { grant: null, request: requestView(given.request, access.requests, nameOf, undefined) }
    },
    'role.revoke': async (input: unknown) => {
      const read = readAsked(revoke, endShape, input)
      const ids = people.findByEmail(read.email).map((person) => person.id)
      const found = access.standing
        .all()
        .filter(
          ({ effect, what, target, person }) =>
            effect === 'allow' && what === 'role' && target === read.role && ids.includes(person ?? ''),
        )
      if (found.length === 0) throw new Refusal('not-found', { what: 'grant of this role' })
      for (const grant of found) await access.end(grant.id, read.asked.reason, read.by)
      return { ended: found.map((grant) => grant.id) }
    },
    'role.list': async () => rolesHeld(people, access),
    'access.grant': async (input: unknown) => {
      const read = readAsked(grant, grantShape, input)
      return grantView(await access.giveUseCase(read.asked, read.by), nameOf)
    },
    'access.deny': async (input: unknown) => {
      const read = readAsked(grant, denialShape, input)
      return grantView(await access.deny(read.asked, read.by), nameOf)
    },
    'access.end': async (input: unknown) => {
      const read = readAsked(end, endShape, input)
      await access.end(read.id, read.asked.reason, read.by)
      return { id: read.id }
    },
    'access.list': async () => ({
      grants: access.standing.all().map((grant) => grantView(grant, nameOf)),
    }),
    'access.explain': async (input: unknown) => access.explain(readWith(explainShape, input)),
    'access.unused': async (input: unknown) => {
      const { days } = readWith(z.strictObject({ days: z.int().min(0).max(3_650) }), input)
      const all = await access.uses()
      return { uses: all.filter(({ unusedDays }) => unusedDays >= days) }
    },
  }
}
