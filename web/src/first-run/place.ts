import type { Role } from '#/core/role.ts'

export const firstRunHash = 'first-run'

/** As the gate decides it again: what a company begins with is written by whoever owns it. */
export const seesFirstRun = (roles: readonly Role[]): boolean => roles.includes('owner')
