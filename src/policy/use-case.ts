import { Refusal } from '#/core/refusal.ts'
import type { Role } from '#/core/role.ts'
import type { ExchangeFacts, RuleSlice, UsableUseCase } from './api.ts'

/** Every exchange runs under a use case; who names none gets this one. */
export const defaultUseCase = 'general-assistant'

/** The use case of an exchange: the key's, else the header's, else the default. Throws `use-case-*`. */
export function findUseCase(facts: ExchangeFacts, slice: RuleSlice, nowMs: number): UsableUseCase {
  const { keyUseCase, askedUseCase } = facts
  if (keyUseCase !== undefined && askedUseCase !== undefined && keyUseCase !== askedUseCase) {
    throw new Refusal('use-case-conflict', { useCase: keyUseCase })
  }
  const id = keyUseCase ?? askedUseCase ?? defaultUseCase
  const useCase = slice.useCases.get(id)
  // One answer for "does not exist" and "not for you": who may not use it need not learn that it is there.
  if (useCase === undefined || !isOpenTo(useCase, facts, nowMs))
    throw new Refusal('use-case-unknown', { useCase: id })
  return useCase
}

export interface Asker {
  readonly roles: readonly Role[]
  readonly personId: string
}

export const isOpenTo = (useCase: UsableUseCase, { roles, personId }: Asker, nowMs: number): boolean =>
  isCurrent(useCase, nowMs) &&
  (useCase.roles.some((role) => roles.includes(role)) || useCase.people.includes(personId))

/** Approved until a moment that has not come. */
export const isCurrent = ({ untilMs }: { readonly untilMs: number | undefined }, nowMs: number): boolean =>
  untilMs === undefined || nowMs < untilMs
