import { z } from 'zod'
import { readWith } from '#/core/http/router.ts'
import { Refusal } from '#/core/refusal.ts'
import type { Person } from '#/core/role.ts'
import type { OpenIdentity } from './identity.ts'

const person = z.string().min(1).max(300)
const by = z.string().min(1).max(200)
/** It stands in the readable header of the log: no name, no address. */
const reason = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,99}$/, 'must be a code of lower-case letters, digits and hyphens')

type Asked = Pick<OpenIdentity, 'findPeople' | 'findPerson' | 'endAccess' | 'restoreAccess' | 'sessions'>

/** What the command line asks about people: their accounts and where they are signed in. */
export const peopleHandlers = (identity: Asked) => ({
  'person.end': async (input: unknown) => {
    const asked = readWith(z.strictObject({ person, by, reason }), input)
    const { id } = await personNamed(asked.person, identity)
    await identity.endAccess({ id, by: asked.by, reason: asked.reason })
    return { id }
  },
  'person.restore': async (input: unknown) => {
    const asked = readWith(z.strictObject({ person, by, reason }), input)
    const { id } = await personNamed(asked.person, identity)
    await identity.restoreAccess({ id, by: asked.by, reason: asked.reason })
    return { id }
  },
  'session.list': async (input: unknown) => {
    const asked = readWith(z.strictObject({ person }), input)
    const { id } = await personNamed(asked.person, identity)
    return { id, sessions: identity.sessions.list(id) }
  },
  'session.end': async (input: unknown) => {
    const asked = readWith(z.strictObject({ person, by }), input)
    const { id } = await personNamed(asked.person, identity)
    return { id, ended: await identity.sessions.endAllOf(id, { by: asked.by, reason: 'by-office' }) }
  },
})

/** By id or by e-mail address. Throws `not-found` and, when an address stands for several, `person-ambiguous`. */
async function personNamed(name: string, { findPeople, findPerson }: Asked): Promise<Person> {
  const found = name.includes('@') ? await findPeople(name) : [await findPerson(name)]
  if (found.length > 1) throw new Refusal('person-ambiguous')
  const [only] = found
  if (only === undefined) throw new Refusal('not-found', { what: 'person' })
  return only
}
