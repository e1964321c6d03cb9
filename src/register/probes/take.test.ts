import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ceilingOf } from '../ceiling.ts'
import type { OfferingFacts } from '../kinds/offering.ts'
import type { Measured, Probed } from './api.ts'
import { contradictionsOf, unsafeBecause, withProbed } from './merge.ts'
import { differing, onlyWorse, take } from './take.ts'

const atMs = Date.parse('2026-11-26T12:00:00Z')
const later = (days: number) => atMs + days * 86_400_000
const nothing: Measured = {
  ...{ addresses: undefined, tls: undefined, retention: undefined, reach: undefined, problems: [] },
}
const asked = { connection: 'west', target: 'https://west.example.com', atMs, factDays: 7 }
const inside: Measured = { ...nothing, addresses: ['10.0.0.1'] }
const outside: Measured = { ...nothing, addresses: ['10.0.0.1', '192.0.2.1'] }
const tls = { protocol: 'TLSv1.3', issuer: 'Example CA', ends: '2027-01-02T10:00:00.000Z', problem: null }
const broken = { ...tls, problem: 'Its certificate or handshake is not valid (CERT_HAS_EXPIRED).' }
const probe = (measured: Measured, before?: Probed) => {
  const probed = take(before, measured, asked)
  return { probed, changed: differing(before, probed, atMs) }
}

test('what speaks for an offering ends when nobody measures it again; what speaks against it does not', () => {
  assert.deepEqual(probe(inside).probed.facts, {
    privateEndpoint: {
      ...{ is: true, source: 'Its name resolves to private addresses.' },
      ...{ asOf: '2026-11-26', until: '2026-12-03', by: 'probe' },
    },
  })
  const { privateEndpoint } = probe(outside).probed.facts
  assert.deepEqual([privateEndpoint?.is, privateEndpoint?.until], [false, undefined])
  const zero = probe({ ...nothing, retention: { kind: 'openai', mode: 'zero_data_retention' } })
  assert.deepEqual(zero.probed.facts.retentionDays?.until, '2026-12-03')
  const kept = probe({ ...nothing, retention: { kind: 'openai', mode: 'none' } })
  assert.deepEqual(
    [kept.probed.facts.retentionDays?.is, kept.probed.facts.retentionDays?.until],
    [30, undefined],
  )
})

test('what could not be measured stays as it was, and a probe that says the same changes nothing', () => {
  const { probed } = probe({ ...outside, tls: broken })
  const again = probe(nothing, probed)
  assert.equal(again.probed.facts.privateEndpoint?.is, false)
  assert.equal(unsafeBecause(again.probed), broken.problem)
  assert.deepEqual(again.changed, [])
  assert.deepEqual(probe({ ...outside, tls: broken }, probed).changed, [])
})

test('what differs is named: facts, TLS, the certificate', () => {
  assert.deepEqual(probe({ ...inside, tls }).changed, ['privateEndpoint', 'tls', 'certificate'])
  const { probed } = probe({ ...inside, tls })
  assert.deepEqual(probe({ ...outside, tls }, probed).changed, ['privateEndpoint'])
  assert.deepEqual(probe({ ...inside, tls: broken }, probed).changed, ['tls'])
  const renewed = { ...tls, ends: '2028-01-02T10:00:00.000Z' }
  assert.deepEqual(probe({ ...inside, tls: renewed }, probed).changed, ['certificate'])
})

test('of another address nothing is known', () => {
  const { probed } = probe(outside)
  const moved = take(probed, nothing, { ...asked, target: 'https://east.example.com' })
  assert.deepEqual(moved.facts, {})
})

test('only what is worse goes ahead of its entry in the log', () => {
  const good = probe({ ...inside, tls }).probed
  assert.deepEqual(onlyWorse(undefined, good).facts, {})
  assert.equal(onlyWorse(undefined, good).tls, undefined)
  const bad = probe({ ...outside, tls: broken }, good).probed
  assert.equal(onlyWorse(good, bad).facts.privateEndpoint?.is, false)
  assert.equal(unsafeBecause(onlyWorse(good, bad)), broken.problem)
  // Its repair waits for the entry.
  const repaired = probe({ ...inside, tls }, bad).probed
  assert.equal(unsafeBecause(onlyWorse(bad, repaired)), broken.problem)
  assert.equal(onlyWorse(bad, repaired).facts.privateEndpoint?.is, false)
  assert.equal(unsafeBecause(repaired), undefined)
})

const document = <T>(is: T) => ({ is, source: 'terms', asOf: '2026-06-01', by: 'doc' as const })
const cloud: OfferingFacts = {
  ...{ tier: document('cloud' as const), processor: document('West'), region: document('eu-west-1') },
  ...{ trains: document('never' as const), dpa: document(true), retentionDays: document(0) },
  ...{ makerReceives: document(false), regionScope: document('region' as const) },
  privateEndpoint: document(true),
}

test('a probe overrules a document both ways, and the difference is told', () => {
  const ceiling = (facts: OfferingFacts, probed: Probed | undefined, nowMs = atMs) =>
    ceilingOf(withProbed(facts, probed, nowMs), nowMs).class
  assert.equal(ceiling(cloud, undefined), 'restricted')
  const { probed: worse } = probe(outside)
  assert.equal(ceiling(cloud, worse), 'confidential')
  assert.deepEqual(contradictionsOf(cloud, worse, atMs), [
    { fact: 'privateEndpoint', said: true, by: 'doc', measured: false },
  ])
  const { privateEndpoint: _, ...unknown } = cloud
  const { probed: better } = probe(inside)
  assert.equal(ceiling(unknown, undefined), 'confidential')
  assert.equal(ceiling(unknown, better), 'restricted')
  assert.deepEqual(contradictionsOf(unknown, better, atMs), [])
})

test('when a measured fact ends the record counts again; one that speaks against goes on', () => {
  const { privateEndpoint: _, ...unknown } = cloud
  const { probed: better } = probe(inside)
  assert.equal(ceilingOf(withProbed(unknown, better, later(8)), later(8)).class, 'confidential')
  const { probed: worse } = probe(outside)
  assert.equal(ceilingOf(withProbed(cloud, worse, later(800)), later(800)).class, 'confidential')
})
