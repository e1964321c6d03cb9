import { z } from 'zod'
import { readWith } from '#/core/http/router.ts'
import { Refusal } from '#/core/refusal.ts'
import type { Person } from '#/core/role.ts'
import type { OpenIdentity } from '../identity.ts'

const person = z.string().min(1).max(300)
const by = z.string().min(1).max(200)

type Known = Pick<OpenIdentity, 'findPeople' | 'findPerson' | 'sessions'>

/** What the command line asks about where people are signed in. */
export const sessionHandlers = (identity: Known) => ({
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
async function personNamed(name: string, { findPeople, findPerson }: Known): Promise<Person> {
  const found = name.includes('@') ? await findPeople(name) : [await findPerson(name)]
  if (found.length > 1) throw new Refusal('person-ambiguous')
  const [only] = found
  if (only === undefined) throw new Refusal('not-found', { what: 'person' })
  return only
}
