import type { Asked, Route } from '#/core/http/route.ts'
import type { Person, Role } from '#/core/role.ts'

/** The same routes; whoever comes through one by a role has used it. */
export const countRoleUse = (
  routes: readonly Route[],
  note: (person: Person, roles: readonly Role[]) => void,
): readonly Route[] =>
  routes.map((route) => {
    const { need, handle } = route
    if (typeof need === 'string') return route
    return {
      ...route,
      handle: (asked: Asked<never>) => {
        if (asked.person !== undefined) note(asked.person, need)
        return handle(asked)
      },
    }
  })
