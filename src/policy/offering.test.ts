import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dataClasses } from '#/core/data-class.ts'
import { actions, changesText } from '#/core/finding.ts'
import type { Refusal } from '#/core/refusal.ts'
import { statefulFeatures } from '#/core/stateful-feature.ts'
import type { ExchangeFacts, FoundFact, Rule, RuleSlice, UsableOffering } from './api.ts'
import { decide } from './decide.ts'
import { featuresOff } from './stateful.ts'
import { offering, rule, useCase } from './test-values.ts'

const now = Date.UTC(2026, 10, 23)

interface More extends Partial<Pick<RuleSlice, 'healthNeeds' | 'preference'>> {
  readonly rules?: readonly Rule[]
}

const sliceOf = (offerings: readonly UsableOffering[], { rules = [], ...more }: More = {}): RuleSlice => ({
  rules,
  offerings: new Map(offerings.map((each) => [each.id, each])),
  useCases: new Map([
    ['general-assistant', useCase('general-assistant', { offerings: offerings.map(({ id }) => id) })],
  ]),
  ...more,
})

const factsOf = (slice: RuleSlice, more: Partial<ExchangeFacts> = {}): ExchangeFacts => ({
  roles: ['employee'],
  personId: 'p1',
  groups: [],
  keyUseCase: undefined,
  askedUseCase: undefined,
  askedModel: 'auto',
  declaredClass: undefined,
  wantsMask: false,
  reachable: new Set(slice.offerings.keys()),
  findings: [],
  unread: [],
  ...more,
})

const run = (slice: RuleSlice, more: Partial<ExchangeFacts> = {}) => decide(factsOf(slice, more), slice, now)

function refusal(slice: RuleSlice, more: Partial<ExchangeFacts>): Refusal {
  try {
    run(slice, more)
  } catch (error) {
    return error as Refusal
  }
  return assert.fail('it was allowed')
}

const remedies = ({ remedies: list }: Refusal): readonly string[] => list.map(({ id }) => id)

const diagnosis: FoundFact = {
  type: 'diagnosis-code',
  family: 'health',
  label: 'diagnosis code',
  class: 'restricted',
  channel: 'user',
  isFixed: false,
  field: 'messages.0.content',
}
const signed = offering('signed', 'restricted')
const unsigned = offering('unsigned', 'restricted', { hasBaa: false })
const nothing = offering('nothing', 'restricted', { hasBaa: false, hasDpa: false })
const own = offering('own', 'restricted', { tier: 'self', hasBaa: false, hasDpa: false })

test('health data that leaves as it is goes only where a business associate agreement is in force, or to own machines', () => {
  const findings = [diagnosis]
  assert.equal(run(sliceOf([unsigned, signed]), { findings }).offering.id, 'signed')
  assert.equal(run(sliceOf([unsigned, own]), { findings }).offering.id, 'own')
  const told = refusal(sliceOf([unsigned, signed]), { findings, askedModel: 'unsigned' })
  assert.equal(told.code, 'baa-missing')
  assert.match(told.message, /holds a diagnosis code\. unsigned has no business associate agreement in force/)
  assert.deepEqual(remedies(told), ['use-auto', 'remove-text', 'ask-owner'])
  const nowhere = refusal(sliceOf([unsigned]), { findings })
  assert.equal(nowhere.code, 'baa-missing')
  assert.match(nowhere.message, /No offering that may carry it has its business associate agreement/)
  assert.deepEqual(remedies(nowhere), ['remove-text', 'ask-owner'])
})

test('health data that is changed before it leaves, or is none to a reviewer, goes anywhere its class may', () => {
  for (const action of actions.filter(changesText)) {
    const slice = sliceOf([unsigned], { rules: [rule('h', action, { families: ['health'] })] })
    assert.equal(run(slice, { findings: [diagnosis] }).offering.id, 'unsigned', action)
  }
  const cleared = { ...diagnosis, clearings: [{ id: 'form-number', useCases: [] }] }
  assert.equal(run(sliceOf([unsigned]), { findings: [cleared] }).offering.id, 'unsigned')
  assert.equal(
    refusal(sliceOf([unsigned]), { findings: [cleared, { ...diagnosis, type: 'drug-code' }] }).code,
    'baa-missing',
  )
})

test('a company may be content with an agreement on data processing, or with none', () => {
  const findings = [diagnosis]
  const agreement = { healthNeeds: 'agreement' } as const
  assert.equal(run(sliceOf([nothing, unsigned], agreement), { findings }).offering.id, 'unsigned')
  const told = refusal(sliceOf([nothing], agreement), { findings, askedModel: 'nothing' })
  assert.match(told.message, /nothing has no agreement on data processing in force/)
  assert.equal(run(sliceOf([nothing], { healthNeeds: 'nothing' }), { findings }).offering.id, 'nothing')
})

test('the class is said before the agreement, and the agreement before the feature', () => {
  const low = offering('low', 'public', { hasBaa: false })
  const search = { field: 'tools.0', features: ['grounding', 'server-tools'] as const }
  const more = { findings: [diagnosis], stateful: [search] }
  const code = (list: readonly UsableOffering[], askedModel = 'auto') =>
    refusal(sliceOf(list), { ...more, askedModel }).code
  assert.equal(code([low], 'low'), 'class-above-ceiling')
  assert.equal(code([low]), 'no-offering')
  assert.equal(code([unsigned], 'unsigned'), 'baa-missing')
  assert.equal(code([low, unsigned]), 'baa-missing')
  assert.equal(code([signed], 'signed'), 'feature-keeps-data')
  assert.equal(code([low, unsigned, signed]), 'feature-keeps-data')
})

test('restricted uses nothing that keeps data, whatever the offering; own machines keep it for the company', () => {
  const off = statefulFeatures.filter((each) => each !== 'provider-caches')
  assert.deepEqual(featuresOff(signed, 'restricted'), off)
  assert.deepEqual(
    featuresOff({ ...signed, zeroRetentionExcept: ['provider-caches'] }, 'restricted'),
    statefulFeatures,
  )
  for (const each of dataClasses) assert.deepEqual(featuresOff(own, each), [], each)
})

test('what zero retention leaves out is off above public, where it is in force', () => {
  const excepted = offering('zero', 'restricted', { zeroRetentionExcept: ['grounding'] })
  assert.deepEqual(featuresOff(excepted, 'public'), [])
  assert.deepEqual(featuresOff(excepted, 'internal'), ['grounding'])
  assert.deepEqual(featuresOff(excepted, 'confidential'), ['grounding'])
  assert.deepEqual(featuresOff({ ...excepted, isZeroRetention: false }, 'confidential'), [])
})

test('a feature that is off refuses what names the offering, with the place, and auto goes where it is on', () => {
  const excepted = offering('zero', 'restricted', { zeroRetentionExcept: ['grounding'] })
  const stateful = [{ field: 'web_search_options', features: ['grounding', 'server-tools'] as const }]
  const asked = { stateful, declaredClass: 'confidential' } as const
  const told = refusal(sliceOf([excepted, signed]), { ...asked, askedModel: 'zero' })
  assert.equal(told.code, 'feature-keeps-data')
  assert.equal(told.facts['field'], 'web_search_options')
  assert.deepEqual(remedies(told), ['use-auto', 'leave-out', 'ask-owner'])
  assert.equal(run(sliceOf([excepted, signed]), asked).offering.id, 'signed')
  assert.equal(run(sliceOf([excepted]), { stateful }).offering.id, 'zero', 'public may')
})

test('the order for a class goes first, by tier, connection or id, and the order of the use case after', () => {
  const cloud = offering('cloud-a', 'restricted', { tier: 'cloud', connection: 'bedrock-eu' })
  const other = offering('cloud-b', 'restricted', { tier: 'cloud', connection: 'azure' })
  const all = [signed, cloud, other, own]
  const chosen = (order: readonly string[] | undefined, declaredClass = 'restricted' as const) =>
    run(sliceOf(all, order === undefined ? {} : { preference: { restricted: order } }), { declaredClass })
  assert.equal(chosen(undefined).offering.id, 'signed')
  assert.equal(chosen(['self', 'cloud']).offering.id, 'own')
  assert.equal(chosen(['cloud']).offering.id, 'cloud-a')
  assert.equal(chosen(['azure', 'self']).offering.id, 'cloud-b')
  assert.equal(chosen(['gone', 'cloud-b']).offering.id, 'cloud-b')
  assert.equal(chosen(['gone']).offering.id, 'signed')
  assert.ok(
    chosen(['self', 'cloud']).reasons.includes(
      "Offering own may carry restricted and comes first in the company's order for it, by “self”.",
    ),
  )
  assert.equal(
    run(sliceOf(all, { preference: { restricted: ['self'] } })).offering.id,
    'signed',
    'another class',
  )
})

test('the order never takes what may not carry it, and never swaps what was named', () => {
  const low = offering('low', 'internal', { tier: 'cloud' })
  const slice = sliceOf([signed, low], { preference: { restricted: ['cloud'], public: ['cloud'] } })
  assert.equal(run(slice, { declaredClass: 'restricted' }).offering.id, 'signed')
  assert.equal(run(slice, { askedModel: 'signed' }).offering.id, 'signed')
})
