import type { Person, Role } from '#/core/role.ts'

/** See what fired, on whom and on what. */
export const maySee: readonly [Role, ...Role[]] = ['security', 'owner', 'operator', 'auditor']
/** Say that they have looked at it. */
export const mayClose: readonly [Role, ...Role[]] = ['security', 'owner']

export const isOneOf = ({ roles }: Person, wanted: readonly Role[]): boolean =>
  roles.some((role) => wanted.includes(role))
