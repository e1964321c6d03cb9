import { type Asked, type Route, route } from '#/core/http/route.ts'
import type { Person } from '#/core/role.ts'
import type { Access } from '../access/access.ts'
import { type AskedEnd, type AskedRole, endShape, roleShape } from '../access/asked.ts'
import { onlookers } from '../access/routes.ts'
import { grantView, nameWith, requestView } from '../access/views.ts'
import type { People } from '../people.ts'
import { rolesHeld } from './held.ts'

export interface RoleRouteServices {
  readonly access: Access
  readonly people: Pick<People, 'find' | 'everybody'>
}

/** Roles: who has which and until when; an owner gives and ends them. */
export const roleRoutes = ({ access, people }: RoleRouteServices): readonly Route[] => {
  const nameOf = nameWith(people)
  return [
    route({
      method: 'GET',
      path: '/api/roles',
      need: onlookers,
      reads: 'nothing',
      handle: () => ({ json: rolesHeld(people, access) }),
    }),
    route({
      method: 'POST',
      path: '/api/roles',
      need: ['owner'],
      reads: roleShape,
      fresh: true,
      handle: async (asked: Asked<AskedRole>) => {
        const by = asked.person as Person
        const given = await access.giveRole(asked.body, by)
        // A second owner decides about owners: nothing was given yet.
        return 'grant' in given
          ? { status: 201, json: { grant: grantView(given.grant, nameOf), request: null } }
          : {
              status: 202,
              json: { grant: null, request: requestView(given.request, access.requests, nameOf, by) },
            }
      },
    }),
    route({
      method: 'POST',
      path: '/api/roles/:id/end',
      need: ['owner'],
      reads: endShape,
      fresh: true,
      handle: async (asked: Asked<AskedEnd>) => {
        const id = asked.parameters['id'] ?? ''
        await access.end(id, asked.body.reason, asked.person as Person)
        return { json: { id } }
      },
    }),
  ]
}
