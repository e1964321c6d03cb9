import { Refusal } from '#/core/refusal.ts'
import type { Person, Role } from '#/core/role.ts'
import { isSamePerson } from '#/register/quorum.ts'
import { type Switch, type SwitchScope, switchScopes } from './api.ts'

/** Pull any switch. */
export const pullers: readonly [Role, ...Role[]] = ['security', 'operator', 'owner']
/** Release any switch. */
export const releasers: readonly [Role, ...Role[]] = ['security', 'owner']
/** See every switch, with its reason. */
const onlookers: readonly Role[] = [...pullers, 'auditor']

/** What rights depend on beside roles. */
export interface RightsWorld {
  readonly holdersOf: (roles: readonly Role[]) => readonly Person[]
  /** Ids of use cases this person owns. */
  readonly ownedBy: (person: Person) => readonly string[]
}

/** Whoever asks: a person, or an account of the machine on the command line, which may pull and release anything. */
export type Asker = Person | string

export const isOneOf = ({ roles }: Person, wanted: readonly Role[]): boolean =>
  roles.some((role) => wanted.includes(role))

export function scopesOf(person: Person, { ownedBy }: RightsWorld): readonly SwitchScope[] {
  if (isOneOf(person, pullers)) return switchScopes
  return ownedBy(person).length > 0 ? ['use-case'] : []
}

export const sees = ({ scope, target }: Switch, asker: Asker, { ownedBy }: RightsWorld): boolean =>
  typeof asker === 'string' ||
  isOneOf(asker, onlookers) ||
  (scope === 'use-case' && ownedBy(asker).includes(target))

/** Security, an operator and an owner pull all of them; the owner of a use case pulls its. Throws `role-missing`. */
export function assertMayPull(
  { scope, target }: Pick<Switch, 'scope' | 'target'>,
  asker: Asker,
  { ownedBy }: RightsWorld,
): void {
  if (typeof asker === 'string' || isOneOf(asker, pullers)) return
  if (scope === 'use-case' && ownedBy(asker).includes(target)) return
  throw new Refusal('role-missing', { roles: pullers })
}

/**
 * Security or an owner. What stops everything is released by somebody else than pulled it, as long as there is somebody
 * else. A drill stops nothing: whoever may pull it may end it. Undefined when it may be released.
 */
export function whyNotRelease(pulled: Switch, asker: Asker, world: RightsWorld): Refusal | undefined {
  const isPerson = typeof asker !== 'string'
  if (pulled.isDrill) {
    try {
      assertMayPull(pulled, asker, world)
      return undefined
    } catch (error) {
      if (error instanceof Refusal) return error
      throw error
    }
  }
  if (isPerson && !isOneOf(asker, releasers)) return new Refusal('role-missing', { roles: releasers })
  const own = isPerson ? { id: asker.id, name: asker.email } : { id: asker, name: asker }
  if (pulled.scope !== 'all' || !isSamePerson(pulled.by, own)) return undefined
  const others = world.holdersOf(releasers).filter(({ id, email }) => !isSamePerson({ id, name: email }, own))
  if (others.length === 0) return undefined
  return new Refusal('own-stop', { others: others.slice(0, 3).map(({ email }) => email) })
}
