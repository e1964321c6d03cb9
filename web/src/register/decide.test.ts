import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { DecisionView, QuorumView, State, VersionView } from '#/register/api.ts'
import { decisionOf, isDecidable, isOpenTo, meaningOf, verdictsFor, verdictText, wroteIt } from './decide.ts'

const oneVoice: QuorumView = { voices: 1, roles: ['security', 'owner'], given: [], missing: [] }

const version = (number: number, state: State, part: Partial<VersionView> = {}): VersionView => ({
  version: number,
  hash: `hash-${number}`,
  at: '2026-11-23T00:00:00.000Z',
  by: 'sam@example.com',
  body: { title: 'West' } as VersionView['body'],
  state,
  why: '',
  quorum: oneVoice,
  notes: [],
  decisions: [],
  ...part,
})
const words = { verdict: 'approve', reason: ' Contract 17. ', until: '', highestClass: '' } as const

test('what serves can be suspended, stopped or approved on other terms; what waits approved or rejected', () => {
  assert.deepEqual(verdictsFor({ mayEnd: true }, { state: 'approved' }), ['suspend', 'stop', 'approve'])
  for (const state of ['proposed', 'suspended', 'expired', 'rejected'] as const) {
    assert.deepEqual(verdictsFor({ mayEnd: true }, { state }), ['approve', 'reject'])
  }
})

test('rules that serve are only ever replaced: there is nothing to decide about them', () => {
  assert.deepEqual(verdictsFor({ mayEnd: false }, { state: 'approved' }), [])
  assert.deepEqual(verdictsFor({ mayEnd: false }, { state: 'proposed' }), ['approve', 'reject'])
})

test('decided is about the newest version and older ones that serve or may again, not about what is past', () => {
  const versions = [
    version(5, 'proposed'),
    version(4, 'approved'),
    version(3, 'suspended'),
    version(2, 'superseded'),
    version(1, 'rejected'),
  ]
  assert.deepEqual(
    versions.filter((each) => isDecidable({ versions }, each)).map((each) => each.version),
    [5, 4, 3],
  )
})

test('somebody wrote a version when they wrote any with the same material words', () => {
  const versions = [
    version(3, 'proposed', { hash: 'a', by: 'ann@example.com' }),
    version(2, 'approved', { hash: 'a' }),
  ]
  assert.equal(wroteIt({ versions }, { hash: 'a' }, 'sam@example.com'), true)
  assert.equal(wroteIt({ versions }, { hash: 'b' }, 'sam@example.com'), false)
  assert.equal(wroteIt({ versions }, { hash: 'a' }, 'eve@example.com'), false)
})

const olga = { email: 'olga@example.com', roles: ['owner'] } as const
const lea = { email: 'lea@example.com', roles: ['legal'] } as const

test('every verdict says what it does', () => {
  for (const verdict of ['approve', 'reject', 'suspend', 'stop'] as const) {
    assert.match(meaningOf(verdict, 'proposed', oneVoice, olga), new RegExp(verdict, 'i'))
  }
  assert.match(meaningOf('approve', 'approved', oneVoice, olga), /again/)
})

const threeVoices: QuorumView = {
  voices: 3,
  roles: ['security', 'legal', 'engineering', 'product'],
  given: [{ by: 'sam@example.com', role: 'security' }],
  missing: ['legal', 'engineering', 'product'],
}

test('an approval that is one of several says how many are still missing after it', () => {
  assert.match(meaningOf('approve', 'proposed', threeVoices, lea), /once one more has, of other roles/)
  const two = {
    ...threeVoices,
    given: [...threeVoices.given, { by: 'pia@example.com', role: 'product' as const }],
  }
  assert.match(meaningOf('approve', 'proposed', two, lea), /it serves from now on/)
  const own = { ...threeVoices, given: [...threeVoices.given, { by: lea.email, role: 'legal' as const }] }
  assert.match(meaningOf('approve', 'proposed', own, lea), /once one more has/, 'her own yes counts once')
  const spoken = { email: 'second@example.com', roles: ['security'] } as const
  assert.match(meaningOf('approve', 'proposed', two, spoken), /once one more has/, 'security has spoken')
})

test('approving takes a role of the quorum; whoever decides about such records at all may hold one up', () => {
  const record = { deciders: ['security', 'owner'] } as const
  const about = { quorum: threeVoices }
  assert.equal(isOpenTo('approve', record, about, ['legal']), true)
  assert.equal(isOpenTo('approve', record, about, ['owner']), false)
  assert.equal(isOpenTo('stop', record, about, ['owner']), true)
  assert.equal(isOpenTo('reject', record, about, ['auditor']), false)
})

test('terms go along with an approval, and with nothing else', () => {
  const record = { kind: 'offering', id: 'west', decided: 3 } as const
  const full = { ...words, until: '2027-03-31', highestClass: 'internal' } as const
  const common = { kind: 'offering', id: 'west', version: 2, reason: 'Contract 17.', seen: 3 }
  assert.deepEqual(decisionOf(record, { version: 2 }, words), { ...common, verdict: 'approve' })
  assert.deepEqual(decisionOf(record, { version: 2 }, full), {
    ...common,
    verdict: 'approve',
    until: '2027-03-31',
    conditions: { highestClass: 'internal' },
  })
  assert.deepEqual(decisionOf(record, { version: 2 }, { ...full, verdict: 'stop' }), {
    ...common,
    verdict: 'stop',
  })
})

test('the end of an approval is told as its last day', () => {
  const decision: DecisionView = {
    verdict: 'approve',
    by: 'owner@example.com',
    role: 'owner',
    reason: 'x',
    conditions: { highestClass: 'internal' },
    at: '2026-11-23T00:00:00.000Z',
    until: '2027-04-01T00:00:00.000Z',
    isBootstrap: false,
    receipt: 'sallyport.local#9',
  }
  assert.equal(verdictText(decision), 'approve, up to internal, until 2027-03-31')
  assert.equal(verdictText({ ...decision, conditions: {}, until: null, verdict: 'stop' }), 'stop')
})
