import type { Role } from '#/core/role.ts'

/** Pages of the log: what others asked to read, and what the log holds of oneself. */
export const logPlaces = ['readings', 'mine'] as const

export type LogPlace = (typeof logPlaces)[number]

export const logTitles: Readonly<Record<LogPlace, string>> = {
  readings: 'Readings',
  mine: 'My entries',
}

/** Undefined for every other page. */
export const readLogPlace = (hash: string): LogPlace | undefined => logPlaces.find((each) => each === hash)

/** As the gate decides it again: who may ask to read what others entered. */
const askers: readonly Role[] = ['auditor', 'security', 'legal', 'owner']

/** Everybody has entries of their own. */
export const seesLogPlace = (place: LogPlace, roles: readonly Role[]): boolean =>
  place === 'mine' || roles.some((role) => askers.includes(role))
