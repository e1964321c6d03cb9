import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Policy, Serving } from '#/register/api.ts'
import { readBody } from '#/register/read-body.ts'
import { lintTriggers } from './triggers.ts'
import type { LintWorld } from './world.ts'

const owner = 'owner@example.com'
const serving = (id: string, body: unknown) => ({ record: { id, body } })

/** What is found about one trigger, in a company with two rules, one offering and one use case with a budget. */
function found(when: object, isLookedFor: (type: string) => boolean = () => true): readonly string[] {
  const rules = [
    { id: 'secrets', title: 'Secrets', families: ['secret'], action: 'block', owner },
    { id: 'cards', title: 'Cards', types: ['payment-card'], action: 'mask', owner },
  ]
  const trigger = { id: 'watch', title: 'Watch', when, action: 'alert', owner }
  const body = readBody('policy', { title: 'Rules', owner, rules, triggers: [trigger] }) as Policy
  const world = {
    policies: [serving('rules', body) as Serving<'policy'>],
    useCases: [
      serving('support', { rules: [], budgetUsdPerMonth: 5 }),
      serving('free', { rules: [] }),
    ] as unknown as LintWorld['useCases'],
    offerings: [serving('west', {})] as unknown as LintWorld['offerings'],
    snapshot: { patterns: [{ id: 'orders' }] } as unknown as LintWorld['snapshot'],
    vendors: [],
    hasAccount: () => true,
    groupSources: [],
    nowMs: 0,
    isLookedFor,
  }
  return lintTriggers(world).map(({ severity, code, sentence }) => `${severity} ${code} ${sentence}`)
}

test('a trigger that may fire is not spoken of', () => {
  for (const when of [
    { what: 'refusals', rule: 'secrets', per: 'key' },
    { what: 'refusals', per: 'everybody' },
    { what: 'findings', kind: 'own-orders', per: 'person' },
    { what: 'findings', family: 'secret', per: 'person' },
    { what: 'spend', useCase: 'support', percent: 80 },
    { what: 'provider-errors', offering: 'west', percent: 50, last: 10 },
    { what: 'unsafe-probe' },
  ])
    assert.deepEqual(found(when), [], JSON.stringify(when))
})

test('one that never can is an error, with why', () => {
  const dead = (why: string) => [`error trigger-dead The trigger watch can never fire: ${why}.`]
  assert.deepEqual(found({ what: 'refusals', rule: 'secret', per: 'key' }), dead('no rule secret serves'))
  assert.deepEqual(
    found({ what: 'refusals', rule: 'cards', per: 'key' }),
    dead('the rule cards refuses nothing'),
  )
  assert.deepEqual(
    found({ what: 'findings', kind: 'own-parts', per: 'person' }),
    dead('no pattern parts serves'),
  )
  assert.deepEqual(
    found({ what: 'findings', kind: 'iban', per: 'person' }, () => false),
    dead('iban is not looked for'),
  )
  assert.deepEqual(
    found({ what: 'spend', useCase: 'free', percent: 80 }),
    dead('no use case free serves that has a budget of a month'),
  )
  assert.deepEqual(
    found({ what: 'provider-errors', offering: 'east', percent: 50, last: 10 }),
    dead('no offering east serves'),
  )
})
