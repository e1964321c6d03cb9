import type { Person } from '#/core/role.ts'
import type { People } from '../people.ts'

/** Whether an address leads to this person and to nobody else: one that was handed on decides nothing. */
export function isOwnAddress(
  people: Pick<People, 'findByEmail'>,
  email: string | undefined,
  person: Person,
): boolean {
  if (email === undefined || email.toLowerCase() !== person.email) return false
  const holders = people.findByEmail(person.email)
  return holders.length === 1 && holders[0]?.id === person.id
}
