import type { Role } from '#/core/role.ts'

/** `GET /api/administration`: origins; null when everything is at one. */
export interface Whereabouts {
  readonly main: string
  readonly administration: string | null
}

/** Who may have something to do at the other address. */
export const mayAdminister = (roles: readonly Role[]): boolean => roles.some((role) => role !== 'employee')

/**
 * Where a place of the page is, when not here: what only some roles may do is at the address for administration, and
 * chats are not. `origin` is the one the page came from.
 */
export function elsewhere(
  known: Whereabouts | undefined,
  origin: string,
  place: 'chat' | 'administration' | 'both',
): string | undefined {
  if (known === undefined || known.administration === null || place === 'both') return undefined
  const home = place === 'chat' ? known.main : known.administration
  return home === origin ? undefined : home
}
