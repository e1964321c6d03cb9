import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ceilingOf } from './ceiling.ts'
import type { Fact } from './fact.ts'
import type { OfferingFacts } from './kinds/offering.ts'

const now = Date.UTC(2026, 10, 23, 12)

const said = <T>(is: T, until?: string): Fact<T> => ({
  is,
  source: 'contract 17',
  asOf: '2026-01-01',
  by: 'contract',
  ...(until === undefined ? {} : { until }),
})

const commercial: OfferingFacts = {
  tier: said('commercial'),
  processor: said('West Models'),
  region: said('eu-west-1'),
  regionScope: said('region'),
  makerReceives: said(false),
  retentionDays: said(30),
  trains: said('never'),
  dpa: said(true),
}

const own: OfferingFacts = {
  tier: said('self'),
  processor: said('This company'),
  region: said('Rack 4'),
  retentionDays: said(0),
  trains: said('never'),
}

const classOf = (facts: OfferingFacts, at = now) => ceilingOf(facts, at).class

test('nothing known carries nothing, and says what is missing for each class', () => {
  const { class: highest, reasons } = ceilingOf({}, now)
  assert.equal(highest, undefined)
  for (const each of ['public', 'internal', 'confidential', 'restricted']) {
    assert.ok(
      reasons.some((reason) => reason.startsWith(`For ${each}: `)),
      each,
    )
  }
})

test('consumer terms carry nothing, whatever else is promised', () => {
  assert.equal(classOf({ ...own, tier: said('consumer') }), undefined)
})

test('what trains a model unless one objects carries nothing', () => {
  assert.equal(classOf({ ...commercial, trains: said('opt-out') }), undefined)
  assert.equal(classOf({ ...commercial, trains: said('yes') }), undefined)
  assert.equal(classOf({ ...commercial, trains: said('opt-in') }), 'confidential')
})

test('a commercial contract with an agreement and thirty days carries confidential', () => {
  const { class: highest, reasons } = ceilingOf(commercial, now)
  assert.equal(highest, 'confidential')
  assert.deepEqual(
    reasons.map((reason) => reason.slice(0, 15)),
    ['For restricted:', 'For restricted:'],
  )
})

test('each fact that is missing lowers it to the class below', () => {
  const without = (name: keyof OfferingFacts) => {
    const { [name]: _, ...rest } = commercial
    return classOf(rest)
  }
  assert.equal(without('dpa'), 'internal')
  assert.equal(without('makerReceives'), 'internal')
  assert.equal(without('regionScope'), 'internal')
  assert.equal(without('retentionDays'), 'internal')
  assert.equal(without('region'), 'public')
  assert.equal(without('processor'), 'public')
  assert.equal(without('trains'), undefined)
  assert.equal(without('tier'), undefined)
})

test('kept longer than thirty days, or passed on to the maker, is not for confidential', () => {
  assert.equal(classOf({ ...commercial, retentionDays: said(31) }), 'internal')
  assert.equal(classOf({ ...commercial, makerReceives: said(true) }), 'internal')
  assert.equal(classOf({ ...commercial, makerReceives: said(false) }), 'confidential')
})

test('restricted needs our own machines, or our cloud behind a private endpoint, and nothing kept', () => {
  assert.equal(classOf(own), 'restricted')
  assert.equal(classOf({ ...own, retentionDays: said(1) }), 'confidential')
  assert.equal(classOf({ ...own, trains: said('opt-in') }), 'confidential')
  const cloud: OfferingFacts = { ...commercial, tier: said('cloud'), retentionDays: said(0) }
  assert.equal(classOf(cloud), 'confidential')
  assert.equal(classOf({ ...cloud, privateEndpoint: said(true) }), 'restricted')
  assert.equal(
    classOf({ ...commercial, retentionDays: said(0), privateEndpoint: said(true) }),
    'confidential',
  )
})

test('a fact holds through its last day and is unknown from the next', () => {
  const facts = { ...commercial, dpa: said(true, '2026-11-30') }
  assert.equal(classOf(facts, Date.UTC(2026, 10, 30, 23, 59)), 'confidential')
  assert.equal(classOf(facts, Date.UTC(2026, 11, 1)), 'internal')
})

test('it says when it must be computed again: at the end of the fact that ends first', () => {
  const facts = { ...commercial, dpa: said(true, '2026-12-31'), region: said('eu-west-1', '2026-11-30') }
  assert.equal(ceilingOf(facts, now).nextChangeAtMs, Date.UTC(2026, 11, 1))
  assert.equal(ceilingOf(facts, Date.UTC(2026, 11, 2)).nextChangeAtMs, Date.UTC(2027, 0, 1))
  assert.equal(ceilingOf(facts, Date.UTC(2027, 5, 1)).nextChangeAtMs, undefined)
  assert.equal(ceilingOf(commercial, now).nextChangeAtMs, undefined)
})

test('a step that is met does not help over one below that is not', () => {
  const { dpa: _, ...rest } = own
  assert.equal(classOf(rest), 'restricted')
  const { region: __, ...homeless } = own
  assert.equal(classOf(homeless), 'public')
})

test('a region that names no place is none, unless it is told how it may go anywhere', () => {
  for (const region of [
    'Any',
    'any: no region is chosen',
    'Global',
    'worldwide',
    'Unknown',
    'Multiple regions',
  ])
    assert.equal(classOf({ ...commercial, region: said(region) }), 'public', region)
  assert.equal(classOf({ ...commercial, region: said('Anyang') }), 'confidential')
  const anywhere: OfferingFacts = { ...commercial, region: said('Any'), regionScope: said('global') }
  assert.equal(classOf(anywhere), 'public')
  assert.equal(classOf({ ...anywhere, transferMechanism: said('none') }), 'public')
  assert.equal(classOf({ ...anywhere, transferMechanism: said('standard-clauses') }), 'confidential')
})

test('what is processed in a known place and may be processed anywhere needs a transfer mechanism from confidential up', () => {
  const global: OfferingFacts = { ...commercial, regionScope: said('global') }
  assert.equal(classOf(global), 'internal')
  assert.equal(classOf({ ...global, transferMechanism: said('not-needed') }), 'confidential')
  assert.equal(classOf({ ...global, transferMechanism: said('adequacy', '2026-11-22') }), 'internal')
})

test('our own machines need neither an agreement, nor a word on the maker, nor a transfer mechanism', () => {
  assert.equal(classOf({ ...own, regionScope: said('global'), makerReceives: said(true) }), 'restricted')
})

test('zero retention that is only asked for or granted, and what is flagged and kept or read, keep it from restricted', () => {
  const cloud: OfferingFacts = {
    ...commercial,
    tier: said('cloud'),
    retentionDays: said(0),
    privateEndpoint: said(true),
    zeroRetention: said('active'),
    flaggedDays: said(0),
    humanReview: said('never'),
  }
  assert.equal(classOf(cloud), 'restricted')
  assert.equal(classOf({ ...cloud, zeroRetention: said('none') }), 'restricted')
  for (const worse of [
    { zeroRetention: said('requested' as const) },
    { zeroRetention: said('approved' as const) },
    { flaggedDays: said(30) },
    { humanReview: said('flagged' as const) },
  ])
    assert.equal(classOf({ ...cloud, ...worse }), 'confidential', JSON.stringify(worse))
  assert.equal(classOf({ ...cloud, humanReview: said('sampled') }), 'internal')
})

test('an endpoint that takes TLS before 1.2 carries nothing', () => {
  assert.equal(classOf({ ...own, tlsMinimum: said('1.1') }), undefined)
  assert.equal(classOf({ ...own, tlsMinimum: said('1.2') }), 'restricted')
})

test('what speaks against an offering does not lapse with the day of the fact', () => {
  const past = '2026-11-01'
  const cloud: OfferingFacts = {
    ...commercial,
    tier: said('cloud'),
    retentionDays: said(0),
    privateEndpoint: said(true),
  }
  assert.equal(classOf({ ...cloud, flaggedDays: said(30, past) }), 'confidential')
  assert.equal(classOf({ ...cloud, zeroRetention: said('requested', past) }), 'confidential')
  assert.equal(classOf({ ...cloud, humanReview: said('sampled', past) }), 'internal')
  assert.equal(classOf({ ...cloud, tlsMinimum: said('1.0', past) }), undefined)
})
