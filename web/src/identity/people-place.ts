import type { Role } from '#/core/role.ts'

export const isPeoplePlace = (hash: string): boolean => hash === 'people'

/** As the gate decides it again: who may see who there is, and end an account. */
const seers: readonly Role[] = ['security', 'owner']

export const seesPeople = (roles: readonly Role[]): boolean => roles.some((role) => seers.includes(role))
