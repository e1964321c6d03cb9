import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Decision, RecordHistory, RecordKind } from '#/register/api.ts'
import { readBody } from '#/register/read-body.ts'
import { bodies } from '#/register/test-bodies.ts'
import { compileSnapshot } from '../compile.ts'
import { lint } from './lint.ts'
import { lintWorldOf } from './world.ts'

const now = Date.UTC(2026, 10, 26, 12)
const owner = 'owner@example.com'

const fact = (is: unknown) => ({ is, source: 'contract', asOf: '2026-01-01', by: 'contract' })
const facts = { processor: fact('Own'), region: fact('eu'), trains: fact('never'), retentionDays: fact(0) }
const self = {
  title: 'West',
  connection: 'line',
  model: 'west',
  facts: { ...facts, tier: fact('self') },
}
const commercial = { ...self, vendor: 'maker', facts: { ...facts, tier: fact('commercial') } }
const useCase = {
  title: 'Support',
  owner,
  purpose: 'Answers',
  audience: { roles: ['product'] },
  offerings: ['west'],
  highestClass: 'internal',
}
const rule = (id: string, action: string, more: object = { types: ['iban'] }) => ({
  ...{ id, title: id, action, owner },
  ...more,
})
const rules = (...list: object[]) => ({ title: 'Rules', owner, rules: list })

const record = (kind: RecordKind, id: string, body: object, untilMs?: number): RecordHistory => {
  const by = { id: 'p', name: owner }
  const approval: Decision = {
    ...{ kind, id, version: 1, hash: 'h', by, role: 'security', verdict: 'approve', reason: 'Fine.' },
    ...{ conditions: {}, atMs: now, untilMs, isBootstrap: false, number: 1, receipt: 'log#1' },
  }
  const version = { kind, id, version: 1, body: readBody(kind, body), hash: 'h', by, atMs: now }
  return { kind, id, versions: [version], decisions: [approval] }
}

interface Change {
  readonly offering?: object
  readonly useCase?: object
  readonly policy?: object
  readonly vendor?: object
  readonly more?: readonly RecordHistory[]
  readonly isLookedFor?: (type: string) => boolean
  readonly accounts?: readonly string[]
}

/** What is found in a company in which nothing is wrong, once something is changed. */
function found(change: Change = {}): readonly string[] {
  const { isLookedFor = () => true, accounts = [owner], more = [] } = change
  const histories = [
    record('offering', 'west', change.offering ?? self),
    record('use-case', 'support', { ...useCase, ...change.useCase }),
    record('vendor', 'maker', { ...bodies.vendor, owner, processor: 'Own', ...change.vendor }),
    record('policy', 'rules', change.policy ?? rules(rule('accounts', 'mask'))),
    ...more,
  ]
  const register = { list: ((kind: string) => histories.filter((each) => each.kind === kind)) as never }
  const { snapshot } = compileSnapshot(
    {
      ...{ register, isLookedFor },
      findPersonIds: () => [],
      standingAccess: () => [],
      providerAt: () => 'demo',
      probedAt: () => undefined,
    },
    now,
  )
  const hasAccount = (email: string) => accounts.includes(email)
  const world = lintWorldOf(register, snapshot, now, { hasAccount, isLookedFor, groupSources: ['okta'] })
  return lint(world).map(({ severity, code, about }) => `${severity} ${code} ${about}`)
}

test('nothing is said where nothing is wrong', () => assert.deepEqual(found(), []))

test('two rules about the very same findings contradict each other, wherever they stand', () => {
  const more = [record('policy', 'other', rules(rule('blocked', 'block')))]
  assert.deepEqual(found({ more }), ['error rules-contradict policy/rules rule accounts'])
  const same = [record('policy', 'other', rules(rule('again', 'mask')))]
  assert.deepEqual(found({ more: same }), [])
})

test('a rule that a stricter one covers never counts; one that is narrower than a milder one does', () => {
  const family = rule('payments', 'block', { families: ['payment'] })
  assert.deepEqual(found({ policy: rules(rule('accounts', 'mask'), family) }), [
    'warning rule-dead policy/rules rule accounts',
  ])
  const mild = rule('payments', 'note', { families: ['payment'] })
  assert.deepEqual(found({ policy: rules(rule('accounts', 'mask'), mild) }), [])
  const inTools = rule('tools', 'block', { families: ['payment'], channels: ['tool-result'] })
  assert.deepEqual(found({ policy: rules(rule('accounts', 'mask'), inTools) }), [])
})

test('a rule with conditions covers nothing, and one about the whole exchange is about no finding', () => {
  const narrow = rule('abroad', 'block', { families: ['payment'], tiers: ['commercial'] })
  assert.deepEqual(found({ policy: rules(rule('accounts', 'mask'), narrow) }), [])
  const whole = rule('whole', 'block', { classes: ['restricted'] })
  assert.deepEqual(found({ policy: rules(rule('accounts', 'mask'), whole) }), [])
})

test('a rule of the company that every use case replaces never counts', () => {
  assert.deepEqual(found({ useCase: { rules: [rule('own', 'pseudonymise')] } }), [
    'warning rule-dead policy/rules rule accounts',
  ])
  const more = [record('use-case', 'other', useCase)]
  assert.deepEqual(found({ useCase: { rules: [rule('own', 'pseudonymise')] }, more }), [])
})

test('a rule about a family nothing of which is looked for never fits', () => {
  const policy = rules(rule('harm', 'block', { families: ['payment'] }))
  assert.deepEqual(found({ policy, isLookedFor: (type) => type === 'iban' }), [])
  assert.deepEqual(found({ policy, isLookedFor: () => false }), ['warning rule-dead policy/rules rule harm'])
  const ofTheCompany = rules(rule('words', 'block', { families: ['company'] }))
  assert.deepEqual(found({ policy: ofTheCompany, isLookedFor: () => false }), [])
})

test('secrets that are only noted are told, and an exception for them is an error', () => {
  const noted = rule('keys', 'note', { families: ['secret'] })
  assert.deepEqual(found({ policy: rules(noted) }), ['warning secrets-only-noted policy/rules rule keys'])
  const policy = rules(rule('secrets', 'block', { families: ['secret'] }))
  const both = found({ policy, useCase: { rules: [noted] } })
  assert.deepEqual(both, [
    'error secrets-only-noted use-case/support rule keys',
    'warning rule-dead policy/rules rule secrets',
  ])
})

test('a use case nobody can use, or not up to what it says, is told', () => {
  const nothing = record('offering', 'east', { ...self, facts: {} })
  assert.deepEqual(found({ useCase: { offerings: ['east'] }, more: [nothing] }), [
    'warning use-case-unusable use-case/support',
    'warning offering-unused offering/west',
  ])
  assert.deepEqual(found({ offering: commercial, useCase: { highestClass: 'confidential' } }), [
    'warning highest-class-uncarried use-case/support',
  ])
})

test('everybody, restricted and a vendor together are told', () => {
  const open = { audience: { roles: ['employee'] }, highestClass: 'restricted', offerings: ['own', 'west'] }
  const more = [record('offering', 'own', self)]
  assert.deepEqual(found({ offering: commercial, useCase: open, more }), [
    'warning everybody-restricted-commercial use-case/support',
  ])
  assert.deepEqual(found({ offering: self, useCase: open, more }), [])
})

test('groups nothing tells of let nobody in, which is told, and keep nobody out, which is an error', () => {
  const audience = {
    roles: ['product'],
    groups: ['okta:sales', 'oidc:sales'],
    deny: { groups: ['oidc:left'] },
  }
  assert.deepEqual(found({ useCase: { audience } }), [
    'error denied-group-unknown use-case/support',
    'warning audience-group-unknown use-case/support',
  ])
})

test('offerings nobody names, owners nobody is and approvals that end are told', () => {
  assert.deepEqual(found({ more: [record('offering', 'spare', self)] }), [
    'warning offering-unused offering/spare',
  ])
  assert.deepEqual(found({ accounts: [] }), [
    'warning owner-unknown use-case/support',
    'warning owner-unknown policy/rules',
    'warning owner-unknown vendor/maker',
  ])
  const ending = (days: number) =>
    found({ more: [record('use-case', 'short', useCase, now + days * 86_400_000)] })
  assert.deepEqual(ending(30), ['warning approval-ends use-case/short'])
  assert.deepEqual(ending(31), [])
})

test('a rule about the whole exchange is not dead, and contradicts no rule about findings', () => {
  const whole = { classes: ['restricted'], tiers: ['commercial'] }
  const policy = rules(
    rule('accounts', 'block'),
    rule('secrets', 'block', { families: ['secret'] }),
    rule('vendors', 'justify', whole),
    rule('held', 'hold', { ...whole, tiers: ['cloud'] }),
  )
  assert.deepEqual(found({ policy }), [])
})

test('rules that look at other places are none of each other', () => {
  const accounts = { types: ['iban'] }
  const policy = rules(
    rule('vendors', 'block', { ...accounts, tiers: ['commercial'] }),
    rule('cloud', 'mask', { ...accounts, tiers: ['cloud'] }),
    rule('usual', 'note', accounts),
  )
  assert.deepEqual(found({ policy }), [])
})

test('secrets that go once the caller has answered are told like secrets that are only noted', () => {
  const policy = rules(rule('secrets', 'justify', { families: ['secret'] }))
  assert.deepEqual(found({ policy }), ['warning secrets-only-noted policy/rules rule secrets'])
})

test('an offering outside that names no vendor is told, and one whose processor is another than its vendor’s', () => {
  assert.deepEqual(found({ offering: commercial }), [])
  assert.deepEqual(found({ offering: { ...commercial, vendor: undefined } }), [
    'warning vendor-unnamed offering/west',
  ])
  assert.deepEqual(found({ offering: commercial, vendor: { processor: 'own' } }), [])
  assert.deepEqual(found({ offering: commercial, vendor: { processor: 'Somebody else' } }), [
    'warning processor-differs offering/west',
  ])
})
