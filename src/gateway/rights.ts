import { Refusal } from '#/core/refusal.ts'
import type { Caller, Person } from '#/core/role.ts'
import type { AccessEnd } from '#/identity/api.ts'
import type { Decision, RuleSlice } from '#/policy/api.ts'
import { isCurrent, isDenied, isOpenTo } from '#/policy/use-case.ts'

/** Why an exchange under way may not go on; undefined when it may. Reads memory only, and at once. */
export type LookAgain = () => Refusal | undefined

export interface RightsServices {
  readonly identity: { readonly lookAgain: (caller: Caller) => Person | AccessEnd }
  readonly snapshot: () => RuleSlice
  readonly clock: { readonly now: () => number }
}

const ended = (why: AccessEnd | 'use-case' | 'offering'): Refusal => new Refusal('access-ended', { why })

/** Before it is known what an exchange is for: only what the caller came with. */
export const callerStillHasAccess =
  (caller: Caller, { identity }: Pick<RightsServices, 'identity'>): LookAgain =>
  () => {
    const found = identity.lookAgain(caller)
    return typeof found === 'string' ? ended(found) : undefined
  }

/**
 * What the caller came with, the roles of this moment, and the records of this moment: a use case that was stopped or
 * is no longer open to them ends the answer, and so does an offering whose approval ended.
 */
export const exchangeIsStillOpen =
  (caller: Caller, decision: Pick<Decision, 'useCase' | 'offering'>, services: RightsServices): LookAgain =>
  () => {
    const person = services.identity.lookAgain(caller)
    if (typeof person === 'string') return ended(person)
    const { useCases, offerings } = services.snapshot()
    const now = services.clock.now()
    const useCase = useCases.get(decision.useCase.id)
    const asker = { roles: person.roles, personId: person.id, groups: person.groups }
    if (useCase === undefined || !isOpenTo(useCase, asker, now)) return ended('use-case')
    const offering = offerings.get(decision.offering.id)
    const isServing = offering !== undefined && isCurrent(offering, now) && !isDenied(offering.deny, asker)
    return isServing && useCase.offerings.includes(offering.id) ? undefined : ended('offering')
  }
