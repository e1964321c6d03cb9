import { Refusal } from '#/core/refusal.ts'
import type { Role } from '#/core/role.ts'
import type { Denied, ExchangeFacts, RuleSlice, UsableUseCase } from './api.ts'

/** Every exchange runs under a use case; who names none gets this one. */
export const defaultUseCase = 'general-assistant'

/**
 * The use case of an exchange: the key's, else the one asked for, else the default. `isTask`: it is asked for by the path of a
 * task, and a refusal says what helps there. Throws `use-case-*`.
 */
export function findUseCase(
  facts: Asker & Pick<ExchangeFacts, 'keyUseCase' | 'askedUseCase'> & { readonly isTask?: boolean },
  slice: Pick<RuleSlice, 'useCases'>,
  nowMs: number,
): UsableUseCase {
  const { keyUseCase, askedUseCase } = facts
  const where = facts.isTask === true ? { isTask: true } : {}
  if (keyUseCase !== undefined && askedUseCase !== undefined && keyUseCase !== askedUseCase) {
    throw new Refusal('use-case-conflict', { useCase: keyUseCase, ...where })
  }
  const id = keyUseCase ?? askedUseCase ?? defaultUseCase
  const useCase = slice.useCases.get(id)
  // One answer for "does not exist" and "not for you": who may not use it need not learn that it is there.
  if (useCase === undefined || !isOpenTo(useCase, facts, nowMs))
    throw new Refusal('use-case-unknown', { useCase: id, ...where, ...namedBy(id, keyUseCase) })
  return useCase
}

/** What a refusal advises: a header changes nothing where the key says which one it is, and there is none to fall back to below. */
const namedBy = (id: string, keyUseCase: string | undefined) => {
  if (keyUseCase !== undefined) return { isOfKey: true }
  return id === defaultUseCase ? { isDefault: true } : {}
}

/** Who asks, as far as access goes. */
export interface Asker {
  readonly roles: readonly Role[]
  readonly personId: string
  /** By `SOURCE:ID`. */
  readonly groups: readonly string[]
}

/** Nobody is let in who is not named, and whoever is denied stays out, whatever lets them in. */
export const isOpenTo = (useCase: UsableUseCase, asker: Asker, nowMs: number): boolean =>
  isCurrent(useCase, nowMs) && !isDenied(useCase.deny, asker) && isLetIn(useCase, asker, nowMs)

export const isDenied = (deny: Denied, { roles, personId, groups }: Asker): boolean =>
  deny.people.includes(personId) || holdsAny(deny.roles, roles) || holdsAny(deny.groups, groups)

function isLetIn(useCase: UsableUseCase, { roles, personId, groups }: Asker, nowMs: number): boolean {
  if (holdsAny(useCase.roles, roles) || holdsAny(useCase.groups, groups)) return true
  const untilMs = useCase.grants.get(personId)
  return (untilMs !== undefined && nowMs < untilMs) || useCase.people.includes(personId)
}

const holdsAny = <T>(named: readonly T[], held: readonly T[]): boolean =>
  named.length > 0 && named.some((each) => held.includes(each))

/** Approved until a moment that has not come. */
export const isCurrent = ({ untilMs }: { readonly untilMs: number | undefined }, nowMs: number): boolean =>
  untilMs === undefined || nowMs < untilMs
