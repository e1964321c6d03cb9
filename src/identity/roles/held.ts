import type { Role } from '#/core/role.ts'
import type { Access } from '../access/access.ts'
import type { GrantView } from '../access/api.ts'
import { grantView, nameWith } from '../access/views.ts'
import type { People } from '../people.ts'

export interface RolesHeld {
  /** Those who are more than employees. */
  readonly people: readonly { readonly email: string; readonly roles: readonly Role[] }[]
  /** Grants and denials of roles, oldest first. */
  readonly grants: readonly GrantView[]
}

/** Who has which role now, and what was granted or denied; groups and settings give the rest. */
export function rolesHeld(
  people: Pick<People, 'find' | 'everybody'>,
  { standing }: Pick<Access, 'standing'>,
): RolesHeld {
  const nameOf = nameWith(people)
  return {
    people: people
      .everybody()
      .filter(({ roles }) => roles.length > 1)
      .map(({ email, roles }) => ({ email, roles })),
    grants: standing
      .all()
      .filter(({ what }) => what === 'role')
      .map((grant) => grantView(grant, nameOf)),
  }
}
