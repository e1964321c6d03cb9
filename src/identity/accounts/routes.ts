import { z } from 'zod'
import { type Asked, type Reply, type Route, route } from '#/core/http/route.ts'
import { readWith } from '#/core/http/router.ts'
import { Refusal } from '#/core/refusal.ts'
import type { Need, Person } from '#/core/role.ts'
import type { ScimStatus } from '../scim/api.ts'
import { openHours } from '../scim/pause.ts'
import type { Scim } from '../scim/scim.ts'
import { type Accounts, pageLimits } from './accounts.ts'
import { accountStates, endReasons, restoreReasons } from './api.ts'

const need: Need = ['security', 'owner']

const question = z.strictObject({
  text: z.string().max(200).optional(),
  state: z.enum(accountStates).optional(),
  start: z.coerce.number().int().min(0).max(10_000_000).optional(),
  limit: z.coerce.number().int().min(1).max(pageLimits.highest).optional(),
})

/** Who there is, and ending an account by hand; what directories do, and letting them go on. */
export const accountRoutes = (
  accounts: Accounts,
  scim: Scim,
  rolesOf: (id: string) => readonly string[],
): readonly Route[] => [
  route({
    method: 'GET',
    path: '/api/people',
    need,
    reads: 'nothing',
    handle: ({ url }) => ({
      json: accounts.list(readWith(question, Object.fromEntries(url.searchParams))),
    }),
  }),
  route({
    method: 'POST',
    path: '/api/people/:id/end',
    need,
    reads: z.strictObject({ reason: z.enum(endReasons) }),
    fresh: true,
    handle: async (asked) => {
      const [id, by] = assertMay(asked, rolesOf)
      if (id === by) throw new Refusal('own-account')
      await accounts.end({ id, by, reason: asked.body.reason })
      return { status: 204 }
    },
  }),
  route({
    method: 'POST',
    path: '/api/people/:id/restore',
    need,
    reads: z.strictObject({ reason: z.enum(restoreReasons) }),
    fresh: true,
    handle: async (asked) => {
      const [id, by] = assertMay(asked, rolesOf)
      await accounts.restore({ id, by, reason: asked.body.reason })
      return { status: 204 }
    },
  }),
  route({
    method: 'GET',
    path: '/api/scim',
    need,
    reads: 'nothing',
    handle: () => ({ json: { directories: scim.status().map(withFewGroups) } }),
  }),
  route({
    method: 'POST',
    path: '/api/scim/:client/resume',
    need,
    reads: z.strictObject({ hours: z.int().min(1).max(openHours.highest).optional() }),
    fresh: true,
    handle: async ({ parameters, body, person }): Promise<Reply> => ({
      json: withFewGroups(
        await scim.resume({
          client: parameters['client'] ?? '',
          hours: body.hours,
          by: (person as Person).id,
        }),
      ),
    }),
  }),
]

/** The command line shows all of them. */
const withFewGroups = (status: ScimStatus): ScimStatus => ({
  ...status,
  groups: status.groups.slice(0, 1_000),
})

/** Whom it is about, and who asks. The account of an owner is for owners: nobody rises by ending those above. */
function assertMay(
  { parameters, person }: Asked<unknown>,
  rolesOf: (id: string) => readonly string[],
): readonly [id: string, by: string] {
  const id = parameters['id'] ?? ''
  const asking = person as Person
  if (rolesOf(id).includes('owner') && !asking.roles.includes('owner'))
    throw new Refusal('role-missing', { roles: ['owner'] })
  return [id, asking.id]
}
