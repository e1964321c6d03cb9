import type { Role } from '#/core/role.ts'
import type { RuleSlice, UsableOffering, UsableUseCase } from './api.ts'
import { isCurrent, isDenied, isOpenTo } from './use-case.ts'

/** What a person may use now, and with a key no more than that is bound to: use cases open to them, and every offering those name, in order of preference. */
export function usableFor(
  person: { readonly id: string; readonly roles: readonly Role[]; readonly groups: readonly string[] },
  slice: RuleSlice,
  nowMs: number,
  key: { readonly useCase?: string | undefined; readonly offerings?: readonly string[] | undefined } = {},
): { readonly useCases: readonly UsableUseCase[]; readonly offerings: readonly UsableOffering[] } {
  const asker = { roles: person.roles, personId: person.id, groups: person.groups }
  const useCases = [...slice.useCases.values()].filter(
    (useCase) => isOpenTo(useCase, asker, nowMs) && (key.useCase === undefined || key.useCase === useCase.id),
  )
  const ids = new Set(useCases.flatMap(({ offerings }) => offerings))
  const offerings = [...ids]
    .map((id) => slice.offerings.get(id))
    .filter((offering) => offering !== undefined)
    .filter((offering) => isCurrent(offering, nowMs) && !isDenied(offering.deny, asker))
    .filter(({ id }) => key.offerings === undefined || key.offerings.includes(id))
  return { useCases, offerings }
}
