import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Bodies, Decision, RecordHistory, RecordKind } from '#/register/api.ts'
import { readBody } from '#/register/read-body.ts'
import { bodies, checklist, fact } from '#/register/test-bodies.ts'
import { compileSnapshot } from './compile.ts'
import { stillServing } from './still-serving.ts'

const now = Date.UTC(2026, 10, 23, 12)

const by = { id: 'p2', name: 'sam@example.com' }

function record(kind: RecordKind, id: string, body: object, decided: Partial<Decision> = {}): RecordHistory {
  const read = readBody(kind, body) as Bodies[RecordKind]
  const decision: Decision = {
    ...{ kind, id, version: 1, hash: 'h', by, role: 'security', verdict: 'approve', reason: 'Fine.' },
    ...{ conditions: {}, atMs: now, untilMs: undefined, isBootstrap: false, number: 1, receipt: 'log#1' },
    ...decided,
  }
  const version = { kind, id, version: 1, body: read, hash: 'h', by: { id: 'p1', name: 'ada' }, atMs: now }
  return { kind, id, versions: [version], decisions: [decision] }
}

const carrying = {
  ...bodies.offering,
  facts: { tier: fact('commercial'), trains: fact('never'), dpa: fact(true) },
}
const offering = record('offering', 'west', { ...carrying, vendor: 'west-models' })
const vendor = record('vendor', 'west-models', bodies.vendor)
const ending = record('vendor', 'west-models', {
  ...bodies.vendor,
  facts: { ...checklist, dpa: fact(true, { until: '2026-11-30' }) },
})
const suspended = record('vendor', 'west-models', bodies.vendor, { verdict: 'suspend' })

const registerOf = (histories: readonly RecordHistory[]) => ({
  list: ((kind: RecordKind) => histories.filter((each) => each.kind === kind)) as never,
})

const compile = (histories: readonly RecordHistory[], at = now) =>
  compileSnapshot(
    {
      register: registerOf(histories),
      findPersonIds: () => [],
      standingAccess: () => [],
      isLookedFor: () => true,
      providerAt: () => 'compatible',
      probedAt: () => undefined,
    },
    at,
  )

const served = (histories: readonly RecordHistory[], at = now): boolean =>
  compile(histories, at).snapshot.offerings.has('west')

test('an offering serves only while its vendor is approved, and it is said why it does not', () => {
  assert.equal(served([offering, vendor]), true)
  for (const histories of [[offering], [offering, suspended]]) {
    const { snapshot, warnings } = compile(histories)
    assert.equal(snapshot.offerings.has('west'), false)
    assert.equal(warnings[0], 'Offering west does not serve: the vendor west-models is not approved.')
  }
  assert.equal(served([record('offering', 'west', carrying)]), true)
})

test('when a fact of its vendor ends it is compiled again, and the offering serves no longer', () => {
  const { nextChangeAtMs } = compile([offering, ending])
  assert.equal(nextChangeAtMs, Date.UTC(2026, 11, 1))
  assert.equal(served([offering, ending]), true)
  assert.equal(served([offering, ending], nextChangeAtMs), false)
})

test('records that do not compile keep no offering of a fallen vendor', () => {
  const { records } = compile([offering, vendor])
  const left = (histories: readonly RecordHistory[]) =>
    stillServing(records, { register: registerOf(histories), probedAt: () => undefined }, now).offerings
  assert.equal(left([offering, vendor]).length, 1)
  assert.equal(left([offering, suspended]).length, 0)
})
