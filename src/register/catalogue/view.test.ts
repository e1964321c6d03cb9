import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Decision, RecordHistory } from '../api.ts'
import type { Offering } from '../kinds/offering.ts'
import type { Probed } from '../probes/api.ts'
import type { Register } from '../register.ts'
import { endingFacts, endingFactsOf, endingOf } from './ending.ts'
import { findOffering } from './find.ts'
import { compare, viewOfRecord } from './view.ts'

const nowMs = Date.parse('2026-11-26T12:00:00Z')
const fact = <T>(is: T, until?: string) => ({
  ...{ is, source: 'https://example.com/terms', asOf: '2026-06-01', by: 'doc' as const },
  ...(until === undefined ? {} : { until }),
})
const unprobed = () => undefined
const record = (facts: Offering['facts']): Offering => ({
  ...{ title: 'West', aliases: [], connection: 'west', model: 'large', facts },
})

test('two offerings are put side by side: what differs, what only one knows, and the ceiling of each', () => {
  const a = findOffering('openai-api', undefined, nowMs, unprobed)!
  const b = findOffering('catalogue:bedrock-none-private', undefined, nowMs, unprobed)!
  const { facts } = compare(a, b)
  const differing = facts.filter(({ differs }) => differs).map(({ name }) => name)
  assert.deepEqual(facts.map(({ name }) => name).slice(0, 3), ['tier', 'processor', 'region'])
  assert.ok(differing.includes('retentionDays') && differing.includes('privateEndpoint'))
  assert.equal(facts.find(({ name }) => name === 'dpa')?.differs, false)
  assert.equal(a.ceiling.class, 'confidential')
  assert.ok(a.ceiling.reasons.includes('For restricted: It must be kept 0 days.'))
  assert.deepEqual(b.ceiling, { class: 'restricted', reasons: [] })
})

test('an ended fact is unknown: it differs from the same value that still holds', () => {
  const a = viewOfRecord('a', record({ dpa: fact(true, '2026-11-25') }), nowMs, undefined)
  const b = viewOfRecord('b', record({ dpa: fact(true, '2026-11-26') }), nowMs, undefined)
  assert.deepEqual(compare(a, b).facts, [{ name: 'dpa', differs: true }])
  assert.equal(a.facts.dpa?.hasEnded, true)
})

test('a fact is told of 30 days before its last day, and goes on being told of when it has ended', () => {
  const facts = { dpa: fact(true, '2026-12-26'), trains: fact('never' as const, '2026-11-01') }
  const told = (day: string) => endingFactsOf({ facts }, Date.parse(`${day}T00:00:00Z`), 30)
  assert.deepEqual(told('2026-09-30'), [])
  assert.deepEqual(told('2026-11-26'), [
    { fact: 'trains', until: '2026-11-01', hasEnded: true, isToldOnly: false },
  ])
  assert.deepEqual(told('2026-11-27'), [
    { fact: 'trains', until: '2026-11-01', hasEnded: true, isToldOnly: false },
    { fact: 'dpa', until: '2026-12-26', hasEnded: false, isToldOnly: false },
  ])
})

test('a document without an end is old after 180 days, and patches after 90: told of, and nothing else', () => {
  const on = (day: string, offering: Parameters<typeof endingFactsOf>[0]) =>
    endingFactsOf(offering, Date.parse(`${day}T00:00:00Z`), 30).map(
      ({ fact: name, until, hasEnded, isToldOnly }) => [name, until, hasEnded, isToldOnly].join(' '),
    )
  const facts = { dpa: fact(true), trains: { ...fact('never' as const), by: 'contract' as const } }
  assert.deepEqual(on('2026-10-29', { facts }), [])
  assert.deepEqual(on('2026-10-30', { facts }), ['dpa 2026-11-28 false true'])
  assert.deepEqual(on('2026-11-29', { facts }), ['dpa 2026-11-28 true true'])
  assert.equal(
    viewOfRecord('west', record(facts), Date.parse('2026-11-29'), undefined).facts.dpa?.hasEnded,
    false,
  )
  const own = { facts: { ...facts, tier: fact('self' as const) }, selfHosted: { patchedOn: '2026-08-01' } }
  assert.deepEqual(on('2026-11-29', own), ['selfHosted.patchedOn 2026-10-30 true true'])
})

test('only what serves is told of: a version that waits, with a fact that ends, is not', () => {
  const version = (number: number, until: string) => ({
    ...{ kind: 'offering', id: 'west', version: number, hash: `h${number}`, atMs: 0 },
    ...{ body: record({ dpa: fact(true, until) }), by: { id: 'p1', name: 'ada@example.com' } },
  })
  const approval = {
    ...{ kind: 'offering', id: 'west', version: 1, hash: 'h1', verdict: 'approve', atMs: 0, number: 1 },
    ...{ by: { id: 'p2', name: 'sam@example.com' }, conditions: {}, reason: 'Right.', role: 'security' },
  } as unknown as Decision
  const told = (decisions: readonly Decision[]) => {
    const versions = [version(1, '2026-12-10'), version(2, '2026-12-01')]
    const history = { kind: 'offering', id: 'west', versions, decisions } as unknown as RecordHistory
    return endingFacts({ list: () => [history] } as unknown as Register, nowMs, 30, unprobed)
  }
  assert.deepEqual(told([]), [])
  assert.deepEqual(told([approval]), [
    { offering: 'west', title: 'West', fact: 'dpa', until: '2026-12-10', hasEnded: false, isToldOnly: false },
  ])
})

const probed = (more: Partial<Probed>): Probed => ({
  ...{ connection: 'west', target: 'https://west.example.com', atMs: 0, facts: {}, problems: [] },
  ...{ addresses: undefined, tls: undefined, retention: undefined },
  ...more,
})
const ofProbe = <T>(is: T, until?: string) => ({
  ...fact(is, until),
  by: 'probe' as const,
  source: 'A probe.',
})

test('where a probe and the record differ the probe is shown, with the record beside it', () => {
  const { facts } = viewOfRecord(
    'a',
    record({ privateEndpoint: fact(true) }),
    nowMs,
    probed({ facts: { privateEndpoint: ofProbe(false) } }),
  )
  assert.deepEqual([facts.privateEndpoint?.is, facts.privateEndpoint?.by], [false, 'probe'])
  assert.deepEqual(facts.privateEndpoint?.conflicts, [
    { is: true, source: 'https://example.com/terms', asOf: '2026-06-01' },
  ])
})

test('where a probe saw no sound TLS the offering carries nothing, and the reason stands first', () => {
  const problem = 'It offers TLSv1.1; TLS 1.2 is the least.'
  const tls = { protocol: 'TLSv1.1', issuer: 'X', ends: '2027-12-26T00:00:00.000Z', problem }
  const { ceiling } = viewOfRecord('a', record({ trains: fact('never') }), nowMs, probed({ tls }))
  assert.deepEqual([ceiling.class, ceiling.reasons[0]], [null, problem])
})

test('a certificate is told of 30 days ahead; a measured fact only once nobody measured it again', () => {
  const tls = { protocol: 'TLSv1.3', issuer: 'X', ends: '2026-12-26T00:00:00.000Z', problem: null }
  const facts = { privateEndpoint: ofProbe(true, '2026-12-03') }
  const offering = record({ dpa: fact(true, '2026-12-20') })
  const told = (day: string) =>
    endingOf(offering, () => probed({ tls, facts }), Date.parse(`${day}T12:00:00Z`), 30).map(
      ({ fact: name, hasEnded }) => [name, hasEnded],
    )
  assert.deepEqual(told('2026-11-19'), [])
  assert.deepEqual(told('2026-11-26'), [
    ['dpa', false],
    ['certificate', false],
  ])
  assert.deepEqual(told('2026-12-04'), [
    ['privateEndpoint', true],
    ['dpa', false],
    ['certificate', false],
  ])
  assert.deepEqual(told('2027-01-01').at(-1), ['certificate', true])
})
