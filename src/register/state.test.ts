import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Bodies, Decision, RecordHistory, RecordVersion, Verdict } from './api.ts'
import { stateOf } from './state.ts'

const day = 86_400_000
const start = Date.UTC(2026, 10, 1)
const now = start + 20 * day

const body = { title: 'Support' } as unknown as Bodies['use-case']

const version = (number: number, hash = `hash-${number}`): RecordVersion<'use-case'> => ({
  kind: 'use-case',
  id: 'support',
  version: number,
  body,
  hash,
  by: { id: 'p1', name: 'ada@example.com' },
  atMs: start,
})

let numbers = 0
const decided = (verdict: Verdict, about: number, more: Partial<Decision> = {}): Decision => ({
  kind: 'use-case',
  id: 'support',
  version: about,
  hash: `hash-${about}`,
  by: { id: 'p2', name: 'sam@example.com' },
  role: 'security',
  verdict,
  reason: 'Looked at on Tuesday.',
  conditions: {},
  atMs: start + day,
  untilMs: undefined,
  isBootstrap: false,
  number: ++numbers,
  receipt: 'log#1',
  ...more,
})

const history = (
  versions: RecordVersion<'use-case'>[],
  decisions: Decision[],
): RecordHistory<'use-case'> => ({
  kind: 'use-case',
  id: 'support',
  versions,
  decisions,
})

const statesOf = (versions: RecordVersion<'use-case'>[], decisions: Decision[], at = now) => {
  const { versions: judged, serving } = stateOf(history(versions, decisions), at)
  return { states: judged.map(({ state }) => state), serving: serving?.record.version }
}

test('a new version is proposed and does not serve', () => {
  assert.deepEqual(statesOf([version(1)], []), { states: ['proposed'], serving: undefined })
})

test('an approval makes it serve; the approval is told', () => {
  const approval = decided('approve', 1)
  const { serving } = stateOf(history([version(1)], [approval]), now)
  assert.equal(serving?.record.version, 1)
  assert.equal(serving?.approval, approval)
})

test('an edit waits while the approved version goes on serving', () => {
  const states = statesOf([version(1), version(2)], [decided('approve', 1)])
  assert.deepEqual(states, { states: ['approved', 'proposed'], serving: 1 })
})

test('an approved edit takes over; the version before is superseded', () => {
  const states = statesOf([version(1), version(2)], [decided('approve', 1), decided('approve', 2)])
  assert.deepEqual(states, { states: ['superseded', 'approved'], serving: 2 })
})

test('what was replaced does not come back because its successor ended or was suspended', () => {
  const both = [version(1), version(2)]
  const ended = [decided('approve', 1), decided('approve', 2, { untilMs: now })]
  assert.deepEqual(statesOf(both, ended), { states: ['superseded', 'expired'], serving: undefined })
  const suspended = [decided('approve', 1), decided('approve', 2), decided('suspend', 2)]
  assert.deepEqual(statesOf(both, suspended), { states: ['superseded', 'suspended'], serving: undefined })
})

test('an older version serves again once it is approved again', () => {
  const decisions = [decided('approve', 1), decided('approve', 2), decided('approve', 1)]
  assert.deepEqual(statesOf([version(1), version(2)], decisions), {
    states: ['approved', 'superseded'],
    serving: 1,
  })
})

test('an edit of nothing material is bound to the same decision and serves at once', () => {
  const states = statesOf([version(1), version(2, 'hash-1')], [decided('approve', 1)])
  assert.deepEqual(states, { states: ['superseded', 'approved'], serving: 2 })
})

test('rejecting an edit leaves the approved version alone', () => {
  const states = statesOf([version(1), version(2)], [decided('approve', 1), decided('reject', 2)])
  assert.deepEqual(states, { states: ['approved', 'rejected'], serving: 1 })
})

test('an approval serves until its end, not at it', () => {
  const decisions = [decided('approve', 1, { untilMs: now })]
  assert.deepEqual(statesOf([version(1)], decisions, now - 1), { states: ['approved'], serving: 1 })
  assert.deepEqual(statesOf([version(1)], decisions, now), { states: ['expired'], serving: undefined })
  assert.equal(stateOf(history([version(1)], decisions), now - 1).nextChangeAtMs, now)
})

test('stop takes every version there is; a version written later still has to be approved', () => {
  const decisions = [decided('approve', 1), decided('stop', 2)]
  const versions = [version(1), version(2), version(3)]
  assert.deepEqual(statesOf(versions, decisions), {
    states: ['suspended', 'suspended', 'proposed'],
    serving: undefined,
  })
  const again = [...decisions, decided('approve', 1)]
  assert.deepEqual(statesOf(versions, again), { states: ['approved', 'suspended', 'proposed'], serving: 1 })
})

test('the last decision counts by its number, whatever the clock did', () => {
  const decisions = [decided('approve', 1, { atMs: now }), decided('suspend', 1, { atMs: now - 5 * day })]
  assert.deepEqual(statesOf([version(1)], decisions), { states: ['suspended'], serving: undefined })
})

test('every state says why, with who, when and the reason', () => {
  const { versions } = stateOf(history([version(1), version(2)], [decided('approve', 1)]), now)
  assert.equal(versions[0]?.why, 'Approved by sam@example.com on 2026-11-02: Looked at on Tuesday.')
  assert.equal(versions[1]?.why, 'Nobody has decided yet.')
})

test('whatever is decided, at most one version serves, and only an approved one', () => {
  let seed = 11
  const random = (below: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
    return seed % below
  }
  const verdicts: Verdict[] = ['approve', 'reject', 'suspend', 'stop']
  for (let round = 0; round < 500; round++) {
    const versions = Array.from({ length: 1 + random(4) }, (_, index) =>
      version(index + 1, `hash-${random(3)}`),
    )
    const decisions = Array.from({ length: random(6) }, () => {
      const about = versions[random(versions.length)] as RecordVersion<'use-case'>
      const untilMs = random(3) === 0 ? now - day + random(2) * 2 * day : undefined
      return decided(verdicts[random(4)] as Verdict, about.version, { hash: about.hash, untilMs })
    })
    const { versions: judged, serving } = stateOf(history(versions, decisions), now)
    const approved = judged.filter(({ state }) => state === 'approved')
    assert.ok(approved.length <= 1)
    assert.equal(serving?.record, approved[0]?.record)
    const last = decisions.findLast(({ hash, verdict, version: about }) => {
      return hash === serving?.record.hash || (verdict === 'stop' && (serving?.record.version ?? 99) <= about)
    })
    if (serving !== undefined) assert.equal(last?.verdict, 'approve')
  }
})
