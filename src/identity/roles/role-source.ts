import type { Role } from '#/core/role.ts'
import type { GroupRoles } from '#/settings/api.ts'
import type { Standing } from '../access/standing.ts'

/** Where roles come from, beside what everybody has and what the settings say of owners. */
export interface RoleSource {
  readonly rolesFor: (
    personId: string,
    groups: readonly string[],
  ) => { readonly given: readonly Role[]; readonly denied: readonly Role[] }
  /** When that changes by itself next, in ms; Infinity when it does not. */
  readonly nextChangeMs: () => number
}

/** Roles of groups, as the settings map them, and roles that were granted or denied. */
export function createRoleSource(mapped: readonly GroupRoles[], standing: Standing): RoleSource {
  const ofGroup = new Map(mapped.map(({ group, roles }) => [group, roles]))
  return {
    rolesFor: (personId, groups) => {
      const about = standing.about(personId, groups).filter(({ what }) => what === 'role')
      const named = (effect: 'allow' | 'deny') =>
        about.filter((each) => each.effect === effect).map(({ target }) => target as Role)
      return {
        given: [...groups.flatMap((group) => ofGroup.get(group) ?? []), ...named('allow')],
        denied: named('deny'),
      }
    },
    nextChangeMs: standing.nextEndMs,
  }
}
