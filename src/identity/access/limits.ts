import { Refusal } from '#/core/refusal.ts'
import { isRole, type Role } from '#/core/role.ts'
import type { GrantSettings } from '#/settings/api.ts'
import type { TargetKind } from './api.ts'

export const dayMs = 86_400_000

/** Somebody must hold these at all times, so they may be given for longer than other access. */
export const offices: readonly Role[] = ['security', 'legal', 'auditor', 'operator', 'owner']

/** For how many days this may be given at most. */
export const mostDaysOf = (what: TargetKind, target: string, settings: GrantSettings): number =>
  what === 'role' && isRole(target) && offices.includes(target) ? settings.officeMostDays : settings.mostDays

/** Throws `request-invalid`. */
export function assertDays(days: number, most: number): void {
  if (Number.isInteger(days) && days >= 1 && days <= most) return
  throw new Refusal('request-invalid', {
    field: 'days',
    problem: `it must be a whole number of days from 1 to ${most}`,
  })
}

/** Throws `request-invalid` for a role that does not exist, or that nobody can be given or denied. */
export function assertRole(target: string, effect: 'allow' | 'deny'): void {
  const refuse = (problem: string) => new Refusal('request-invalid', { field: 'role', problem })
  if (!isRole(target)) throw refuse('there is no such role')
  if (target === 'employee') {
    throw refuse(
      effect === 'allow'
        ? 'everybody who signs in is an employee'
        : 'everybody who signs in is an employee; end the account instead',
    )
  }
  // One owner could lock out all others.
  if (target === 'owner' && effect === 'deny') {
    throw refuse('owner cannot be denied: end the grant, or take the address out of identity.owners')
  }
}
