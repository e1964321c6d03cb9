import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Refusal } from '#/core/refusal.ts'
import type { Caller, Person, Role } from '#/core/role.ts'
import type { AccessEnd } from '#/identity/api.ts'
import type { Decision, RuleSlice, UsableOffering, UsableUseCase } from '#/policy/api.ts'
import { callerStillHasAccess, exchangeIsStillOpen } from './rights.ts'

const personWith = (roles: readonly Role[]): Person => ({
  id: 'person_1',
  issuer: 'https://id.example.com',
  subject: 'subject-1',
  email: 'maria@example.com',
  name: 'Maria Muster',
  roles,
  groups: [],
})
const caller: Caller = { person: personWith(['employee', 'legal']), keyId: 'key_1' }
const nobody = { people: [], roles: [], groups: [] }
const offering = { id: 'west', deny: nobody, untilMs: undefined } as unknown as UsableOffering
const useCase = {
  id: 'contracts',
  roles: ['legal'],
  people: [] as readonly string[],
  groups: [],
  grants: new Map(),
  deny: nobody,
  offerings: ['east', 'west'],
  untilMs: undefined,
} as unknown as UsableUseCase

/** An exchange under way for the use case and offering above, and what may change while it is. */
function underWay() {
  const world = {
    now: 1_000,
    found: caller.person as Person | AccessEnd,
    useCase: useCase as UsableUseCase | undefined,
    offering: offering as UsableOffering | undefined,
  }
  const lookAgain = exchangeIsStillOpen(
    caller,
    { useCase, offering } as Pick<Decision, 'useCase' | 'offering'>,
    {
      identity: { lookAgain: () => world.found },
      clock: { now: () => world.now },
      snapshot: (): RuleSlice => ({
        rules: [],
        useCases: new Map(world.useCase === undefined ? [] : [[world.useCase.id, world.useCase]]),
        offerings: new Map(world.offering === undefined ? [] : [[world.offering.id, world.offering]]),
      }),
    },
  )
  return { world, why: () => lookAgain()?.facts['why'] }
}

describe('an exchange under way', () => {
  test('goes on as long as nothing it rests on has changed', () => {
    const { world, why } = underWay()
    assert.equal(why(), undefined)
    world.now += 30 * 24 * 3_600_000
    assert.equal(why(), undefined)
  })

  for (const what of ['account', 'session', 'key'] as const)
    test(`ends with the ${what} it came by`, () => {
      const { world, why } = underWay()
      world.found = what
      assert.equal(why(), what)
      const refusal = callerStillHasAccess(caller, { identity: { lookAgain: () => what } })()
      assert.deepEqual([refusal?.code, refusal?.facts['why']], ['access-ended', what])
    })

  test('ends when the role that opened the use case is taken away', () => {
    const { world, why } = underWay()
    world.found = personWith(['employee'])
    assert.equal(why(), 'use-case')
    world.useCase = { ...useCase, people: ['person_1'] }
    assert.equal(why(), undefined, 'named as a person, it is still open')
  })

  test('ends when a grant ends, a group is left, or somebody is denied', () => {
    const { world, why } = underWay()
    world.found = personWith(['employee'])
    world.useCase = { ...useCase, grants: new Map([['person_1', 2_000]]) }
    assert.equal(why(), undefined)
    world.now = 2_000
    assert.equal(why(), 'use-case')
    world.useCase = { ...useCase, groups: ['scim:lawyers'] }
    world.found = { ...personWith(['employee']), groups: ['scim:lawyers'] }
    assert.equal(why(), undefined)
    world.found = personWith(['employee'])
    assert.equal(why(), 'use-case')
    world.found = caller.person
    world.useCase = { ...useCase, deny: { ...nobody, people: ['person_1'] } }
    assert.equal(why(), 'use-case')
    world.useCase = useCase
    world.offering = { ...offering, deny: { ...nobody, roles: ['legal'] } }
    assert.equal(why(), 'offering')
  })

  test('ends when the use case is stopped, changed so that it is for others, or its approval ends', () => {
    const { world, why } = underWay()
    world.useCase = undefined
    assert.equal(why(), 'use-case')
    world.useCase = { ...useCase, roles: ['security'] }
    assert.equal(why(), 'use-case')
    world.useCase = { ...useCase, untilMs: 2_000 }
    assert.equal(why(), undefined)
    world.now = 2_000
    assert.equal(why(), 'use-case')
  })

  test('ends when its offering is stopped, its approval ends, or the use case no longer names it', () => {
    const { world, why } = underWay()
    world.offering = undefined
    assert.equal(why(), 'offering')
    world.offering = { ...offering, untilMs: 2_000 }
    assert.equal(why(), undefined)
    world.now = 2_000
    assert.equal(why(), 'offering')
    world.offering = offering
    world.useCase = { ...useCase, offerings: ['east'] }
    assert.equal(why(), 'offering')
  })

  test('is told why, and what works now', () => {
    for (const why of ['account', 'session', 'key', 'use-case', 'offering']) {
      const refusal = new Refusal('access-ended', { why })
      assert.match(refusal.message, /^Your access ended while the answer was being written: [a-z ,]+\.$/)
      assert.ok(refusal.remedies.length > 0)
    }
  })
})
