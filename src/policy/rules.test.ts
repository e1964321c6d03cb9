import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dataClasses } from '#/core/data-class.ts'
import { actions, asksCaller, changesText, stopsText, wholeActions } from '#/core/finding.ts'
import type { Refusal } from '#/core/refusal.ts'
import type { Decision, ExchangeFacts, FoundFact, Rule, RuleSlice } from './api.ts'
import { servingTiers as tiers } from './api.ts'
import { noticeKey } from './asking.ts'
import { decide } from './decide.ts'
import { offering, rule, useCase } from './test-values.ts'

/** Rules by class, tier, audience and offering; and the actions that ask something of the caller. */

const now = Date.UTC(2026, 10, 26)
const name: FoundFact = {
  type: 'person-name',
  family: 'person',
  label: 'name of a person',
  class: 'internal',
  channel: 'user',
  isFixed: false,
  field: 'messages.0.content',
}
const diagnosis: FoundFact = { ...name, type: 'diagnosis', family: 'health', class: 'restricted' }
const card: FoundFact = { ...name, type: 'payment-card', family: 'payment', class: 'restricted' }

const offerings = [
  offering('west', 'restricted', { tier: 'commercial' }),
  offering('cloud', 'restricted', { tier: 'cloud' }),
  offering('own', 'restricted', { tier: 'self' }),
]

const sliceOf = (rules: readonly Rule[], own: readonly Rule[] = [], of = offerings): RuleSlice => ({
  rules,
  offerings: new Map(of.map((each) => [each.id, each])),
  useCases: new Map([
    ['general-assistant', useCase('general-assistant', { rules: own, offerings: of.map(({ id }) => id) })],
  ]),
})

const factsOf = (more: Partial<ExchangeFacts>): ExchangeFacts => ({
  roles: ['employee'],
  personId: 'p1',
  groups: ['oidc:nurses'],
  keyUseCase: undefined,
  askedUseCase: undefined,
  askedModel: 'auto',
  declaredClass: undefined,
  wantsMask: false,
  reachable: new Set(offerings.map(({ id }) => id)),
  findings: [],
  unread: [],
  ...more,
})

const decided = (more: Partial<ExchangeFacts>, slice: RuleSlice): Decision =>
  decide(factsOf(more), slice, now)

function refused(more: Partial<ExchangeFacts>, slice: RuleSlice): Refusal {
  try {
    decided(more, slice)
  } catch (error) {
    return error as Refusal
  }
  return assert.fail('it was allowed')
}

const remedyIds = ({ remedies }: Refusal): string[] => remedies.map(({ id }) => id)

test('each action changes the text, stops it, asks the caller, or does none of these, and never two', () => {
  for (const action of actions) {
    const does = [changesText(action), stopsText(action), asksCaller(action)].filter(Boolean)
    assert.equal(does.length, action === 'note' ? 0 : 1, action)
  }
  assert.deepEqual(wholeActions, ['note', 'acknowledge', 'justify', 'hold', 'block'])
})

test('auto passes over an offering to which a rule lets nothing go, and takes one where the rule does not bite', () => {
  const slice = sliceOf([rule('r', 'block', { families: ['health'], tiers: ['commercial', 'cloud'] })])
  const decision = decided({ findings: [diagnosis] }, slice)
  assert.equal(decision.offering.id, 'own')
  assert.deepEqual(decision.actions, ['note'])
  assert.equal(decided({ findings: [name] }, slice).offering.id, 'west')
})

test('a named offering is never swapped: it is refused there, and auto is offered where it works', () => {
  const rules = [rule('r', 'block', { families: ['health'], tiers: ['commercial'] })]
  const told = refused({ findings: [diagnosis], askedModel: 'west' }, sliceOf(rules))
  assert.equal(told.code, 'finding-blocked')
  assert.ok(remedyIds(told).includes('use-auto'))
  assert.equal(decided({ findings: [diagnosis], askedModel: 'own' }, sliceOf(rules)).offering.id, 'own')
  const alone = refused(
    { findings: [diagnosis], askedModel: 'west' },
    sliceOf(rules, [], offerings.slice(0, 1)),
  )
  assert.ok(!remedyIds(alone).includes('use-auto'))
})

test('the same value is treated by where it goes: replaced for a vendor, left for the own machines', () => {
  const slice = sliceOf([rule('r', 'pseudonymise', { families: ['person'], tiers: ['commercial', 'cloud'] })])
  assert.deepEqual(decided({ findings: [name] }, slice).actions, ['pseudonymise'])
  const own = decided({ findings: [name], askedModel: 'own' }, slice)
  assert.deepEqual(own.actions, ['note'])
  assert.equal(own.leavesAs, 'internal')
})

test('what may go nowhere is told by the refusal that is nearest to going', () => {
  const rules = [
    rule('hard', 'block', { families: ['health'], tiers: ['commercial', 'cloud'] }),
    rule('soft', 'hold', { families: ['health'], tiers: ['self'], mayMask: true }),
  ]
  const told = refused({ findings: [diagnosis] }, sliceOf(rules))
  assert.equal(told.code, 'held')
  assert.match(told.message, /nobody can release it yet/)
  assert.deepEqual(remedyIds(told), ['mask-and-send', 'remove-text', 'ask-owner'])
})

test('an offering whose tier is not known is of every tier', () => {
  for (const tier of tiers) {
    const slice = sliceOf(
      [rule('r', 'block', { families: ['health'], tiers: [tier] })],
      [],
      [offering('west', 'restricted', { tier: 'consumer' })],
    )
    assert.equal(refused({ findings: [diagnosis] }, slice).code, 'finding-blocked')
  }
})

test('health data goes where there is a business associate agreement', () => {
  const rules = [rule('phi', 'block', { families: ['health'], unless: { offering: 'baa' } })]
  const of = (hasBaa: boolean) =>
    sliceOf(
      rules,
      [],
      [
        offering('west', 'restricted', { tier: 'commercial', hasBaa: false }),
        offering('signed', 'restricted', { tier: 'commercial', hasBaa }),
      ],
    )
  const facts = { findings: [diagnosis], reachable: new Set(['west', 'signed']) }
  assert.equal(decided(facts, of(true)).offering.id, 'signed')
  assert.equal(refused(facts, of(false)).code, 'finding-blocked')
})

test('a rule about the whole exchange looks at the class of what leaves, not of what was entered', () => {
  const rules = [
    rule('cards', 'mask', { types: ['payment-card'] }),
    rule('r', 'block', { classes: ['restricted'], tiers: ['commercial', 'cloud'] }),
  ]
  assert.equal(decided({ findings: [card] }, sliceOf(rules)).offering.id, 'west')
  assert.equal(decided({ declaredClass: 'restricted' }, sliceOf(rules)).offering.id, 'own')
  const told = refused({ declaredClass: 'restricted', askedModel: 'west' }, sliceOf(rules))
  assert.equal(told.code, 'rule-blocked')
  assert.deepEqual(told.facts['rules'], ['r'])
  assert.ok(remedyIds(told).includes('use-auto'))
})

test('a rule about findings that names classes looks at what would leave without such rules', () => {
  const rules = [
    rule('cards', 'mask', { types: ['payment-card'] }),
    rule('names', 'pseudonymise', { families: ['person'], classes: ['restricted'] }),
  ]
  assert.deepEqual(decided({ findings: [card, name] }, sliceOf(rules)).actions, ['mask', 'note'])
  assert.deepEqual(decided({ findings: [diagnosis, name] }, sliceOf(rules)).actions, ['note', 'pseudonymise'])
})

test('a rule for an audience holds for those who hold a role or are in a group, and for nobody else', () => {
  const roles = sliceOf([rule('r', 'mask', { families: ['person'], audience: { roles: ['legal'] } })])
  assert.deepEqual(decided({ findings: [name] }, roles).actions, ['note'])
  assert.deepEqual(decided({ findings: [name], roles: ['employee', 'legal'] }, roles).actions, ['mask'])
  const groups = sliceOf([rule('r', 'mask', { families: ['person'], audience: { groups: ['oidc:nurses'] } })])
  assert.deepEqual(decided({ findings: [name] }, groups).actions, ['mask'])
  assert.deepEqual(decided({ findings: [name], groups: [] }, groups).actions, ['note'])
})

test('rules of the use case replace those of the company only where they bite', () => {
  const company = [rule('company', 'block', { classes: ['confidential'], tiers: ['commercial'] })]
  const own = [
    rule('own', 'note', { classes: ['confidential'], tiers: ['commercial'], audience: { roles: ['legal'] } }),
  ]
  const facts = { declaredClass: 'confidential', askedModel: 'west' } as const
  assert.equal(refused(facts, sliceOf(company, own)).code, 'rule-blocked')
  assert.deepEqual(decided({ ...facts, roles: ['employee', 'legal'] }, sliceOf(company, own)).rules, ['own'])
})

test('a reason is asked for once, and what it lets go leaves as it is', () => {
  const slice = sliceOf([rule('why', 'justify', { families: ['person'], mayMask: true })])
  const told = refused({ findings: [name] }, slice)
  assert.equal(told.code, 'justification-needed')
  assert.deepEqual(told.facts['stoppedBy'], ['why'])
  assert.deepEqual(remedyIds(told), ['justify', 'mask-and-send', 'ask-owner'])
  const decision = decided({ findings: [name], isJustified: true }, slice)
  assert.deepEqual(decision.actions, ['justify'])
  assert.equal(decision.leavesAs, 'internal')
  assert.deepEqual(decision.rules, ['why'])
  assert.ok(decision.reasons.some((reason) => /You gave a reason, which is kept sealed/.test(reason)))
  assert.deepEqual(decided({ findings: [name], wantsMask: true }, slice).actions, ['mask'])
})

test('a notice is read once, for this very rule, and until the moment it is remembered', () => {
  const notice = rule('n', 'acknowledge', {
    classes: ['internal'],
    notice: 'Names of people.',
    version: 'v1',
  })
  const slice = sliceOf([notice])
  const told = refused({ findings: [name] }, slice)
  assert.equal(told.code, 'acknowledgement-needed')
  assert.match(told.message, /“Names of people\.”/)
  assert.ok(
    told.remedies.some(({ id, text }) => id === 'acknowledge' && text.includes('x-sallyport-acknowledge: n')),
  )
  const decision = decided({ findings: [name], acknowledges: ['n'] }, slice)
  assert.deepEqual(decision.acknowledged, [notice])
  const remembered = (key: string, untilMs: number) => ({
    findings: [name],
    acknowledged: new Map([[key, untilMs]]),
  })
  assert.deepEqual(decided(remembered(noticeKey(notice), now + 1), slice).acknowledged, [])
  assert.equal(refused(remembered(noticeKey(notice), now), slice).code, 'acknowledgement-needed')
  const changed = noticeKey({ ...notice, version: 'v0' })
  assert.equal(refused(remembered(changed, now + 1), slice).code, 'acknowledgement-needed')
  assert.equal(refused({ findings: [name], acknowledges: ['other'] }, slice).code, 'acknowledgement-needed')
})

test('all that is asked is told at once, and both answers together let it go', () => {
  const slice = sliceOf([
    rule('why', 'justify', { families: ['person'] }),
    rule('n', 'acknowledge', { classes: ['internal'], notice: 'Read.' }),
  ])
  const told = refused({ findings: [name] }, slice)
  assert.equal(told.code, 'justification-needed')
  assert.deepEqual(remedyIds(told), ['justify', 'acknowledge', 'ask-owner'])
  assert.deepEqual(told.facts['rules'], ['why', 'n'])
  assert.equal(refused({ findings: [name], isJustified: true }, slice).code, 'acknowledgement-needed')
  assert.equal(refused({ findings: [name], acknowledges: ['n'] }, slice).code, 'justification-needed')
  assert.equal(
    decided({ findings: [name], acknowledges: ['n'], isJustified: true }, slice).offering.id,
    'west',
  )
})

test('nobody is asked for a reason where auto goes somewhere that asks for none', () => {
  const slice = sliceOf([rule('why', 'justify', { families: ['person'], tiers: ['commercial', 'cloud'] })])
  assert.equal(decided({ findings: [name] }, slice).offering.id, 'own')
  assert.equal(decided({ findings: [name], isJustified: true }, slice).offering.id, 'west')
  const told = refused({ findings: [name], askedModel: 'west' }, slice)
  assert.deepEqual(remedyIds(told), ['justify', 'use-auto', 'ask-owner'])
})

test('nobody is asked for a reason for what may not go anyway', () => {
  const low = [offering('west', 'internal', { tier: 'commercial' })]
  const slice = sliceOf([rule('why', 'justify', { classes: [...dataClasses] })], [], low)
  assert.equal(refused({ declaredClass: 'restricted' }, slice).code, 'no-offering')
  assert.equal(
    refused({ declaredClass: 'restricted', askedModel: 'west' }, slice).code,
    'class-above-ceiling',
  )
})

test('of two rules for one value the strictest wins: what is masked needs no reason', () => {
  const slice = sliceOf([
    rule('why', 'justify', { families: ['payment'] }),
    rule('cards', 'mask', { types: ['payment-card'] }),
  ])
  assert.deepEqual(decided({ findings: [card] }, slice).actions, ['mask'])
})

test('text that must not change may go with a reason: nothing in it is changed', () => {
  const slice = sliceOf([rule('why', 'justify', { families: ['person'], mayMask: true })])
  const fixed = { ...name, isFixed: true }
  assert.deepEqual(decided({ findings: [fixed], isJustified: true }, slice).actions, ['justify'])
  assert.ok(!remedyIds(refused({ findings: [fixed] }, slice)).includes('mask-and-send'))
})

test('a rule for answers may depend on where they come from, and on who asks', () => {
  const rules = [
    rule('a', 'mask', { families: ['person'], direction: 'answer', tiers: ['commercial'] }),
    rule('b', 'block', { families: ['secret'], direction: 'answer', audience: { roles: ['legal'] } }),
  ]
  const idsFor = (more: Partial<ExchangeFacts>) =>
    decided(more, sliceOf(rules)).answerRules.map(({ id }) => id)
  assert.deepEqual(idsFor({}), ['a'])
  assert.deepEqual(idsFor({ askedModel: 'own' }), [])
  assert.deepEqual(idsFor({ askedModel: 'own', roles: ['employee', 'legal'] }), ['b'])
})

test('whatever rules, classes and tiers meet, the strictest that bites decides, and nothing goes above its ceiling', () => {
  for (const action of actions) {
    for (const tier of tiers) {
      for (const dataClass of dataClasses) {
        const bound = rule('r', action, { families: ['person'], tiers: [tier], classes: [dataClass] })
        for (const place of offerings) {
          const bites = place.tier === tier && dataClass === 'internal'
          const facts = { findings: [name], askedModel: place.id }
          const label = `${action} ${tier} ${dataClass} ${place.id}`
          if (bites && (stopsText(action) || asksCaller(action))) {
            assert.match(refused(facts, sliceOf([bound])).code, /^(finding-blocked|held|.*-needed)$/, label)
          } else {
            assert.deepEqual(decided(facts, sliceOf([bound])).actions, [bites ? action : 'note'], label)
          }
        }
      }
    }
  }
})
