import type { Route } from '#/core/http/route.ts'

/** Origins of the two addresses; `administration` is null when everything is at one. */
export interface Whereabouts {
  readonly main: string
  readonly administration: string | null
}

/**
 * Where what is: the page leads whoever has a role from one address to the other. Being led is no use of a role, so the
 * route needs none; who has none learns of no other address.
 */
export const administrationRoutes = (whereabouts: () => Whereabouts): readonly Route[] => [
  {
    method: 'GET',
    path: '/api/administration',
    need: 'person',
    reads: 'nothing',
    handle: ({ person }) => {
      const hasRole = person?.roles.some((role) => role !== 'employee') ?? false
      return { json: hasRole ? whereabouts() : { ...whereabouts(), administration: null } }
    },
  },
]
