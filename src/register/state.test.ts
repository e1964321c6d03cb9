import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Role } from '#/core/role.ts'
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

describe('where three people of different roles must agree', () => {
  const high = (number: number, hash = `hash-${number}`, by = 'ada@example.com') => ({
    ...version(number, hash),
    body: { title: 'Scoring', risk: 'high' } as unknown as Bodies['use-case'],
    by: { id: by, name: by },
  })
  const voice = (role: Role, about = 1, more: Partial<Decision> = {}): Decision =>
    decided('approve', about, { role, by: { id: `id-${role}`, name: `${role}@example.com` }, ...more })
  const three = [voice('security'), voice('legal'), voice('product')]

  test('two do not make it serve, and who is missing is told; the third does', () => {
    const { versions, serving } = stateOf(history([high(1)], three.slice(0, 2)), now)
    assert.equal(serving, undefined)
    assert.equal(versions[0]?.state, 'proposed')
    assert.deepEqual(versions[0]?.missing, ['engineering', 'product'])
    assert.equal(
      versions[0]?.why,
      'Approved by security@example.com (security), legal@example.com (legal). It takes 1 more, of different roles: engineering, product.',
    )
    assert.deepEqual(statesOf([high(1)], three), { states: ['approved'], serving: 1 })
  })

  test('two of one role are one, and so is one person with two roles, at two providers', () => {
    const twice = [
      voice('security'),
      voice('legal'),
      voice('legal', 1, { by: { id: 'x', name: 'x@example.com' } }),
    ]
    assert.equal(statesOf([high(1)], twice).serving, undefined)
    const oneHuman = [
      voice('security'),
      voice('legal', 1, { by: { id: 'at-one', name: 'kim@example.com' } }),
      voice('product', 1, { by: { id: 'at-other', name: 'Kim@Example.com' } }),
    ]
    assert.equal(statesOf([high(1)], oneHuman).serving, undefined)
  })

  test('whoever wrote it, and whatever a file said, never count', () => {
    const own = [...three.slice(0, 2), voice('product', 1, { by: { id: 'other', name: 'ada@example.com' } })]
    assert.equal(statesOf([high(1)], own).serving, undefined)
    const byFile = [...three.slice(0, 2), voice('product', 1, { isBootstrap: true })]
    assert.equal(statesOf([high(1)], byFile).serving, undefined)
  })

  test('one rejection ends it, and all start again', () => {
    const rejected = [...three.slice(0, 2), decided('reject', 1), voice('product')]
    assert.equal(statesOf([high(1)], rejected).serving, undefined)
    assert.deepEqual(stateOf(history([high(1)], rejected), now).versions[0]?.missing, [
      'security',
      'legal',
      'engineering',
    ])
  })

  test('it ends with the first of its approvals and holds the strictest of their conditions', () => {
    const terms = [
      voice('security', 1, { untilMs: now + 5 * day }),
      voice('legal', 1, { untilMs: now + 2 * day, conditions: { highestClass: 'confidential' } }),
      voice('product', 1, { conditions: { highestClass: 'internal' } }),
    ]
    const { serving, nextChangeAtMs } = stateOf(history([high(1)], terms), now)
    assert.equal(nextChangeAtMs, now + 2 * day)
    assert.equal(serving?.approval.untilMs, now + 2 * day)
    assert.deepEqual(serving?.approval.conditions, { highestClass: 'internal' })
    assert.deepEqual(
      serving?.voices.map(({ role }) => role),
      ['security', 'legal', 'product'],
    )
    assert.deepEqual(statesOf([high(1)], terms, now + 2 * day), { states: ['expired'], serving: undefined })
    const renewed = [...terms, voice('legal')]
    assert.equal(statesOf([high(1)], renewed, now + 2 * day).serving, 1)
  })

  test('the version that serves goes on until all have agreed to the next one', () => {
    const versions = [high(1), high(2)]
    const two = [...three, voice('legal', 2), voice('product', 2)]
    assert.deepEqual(statesOf(versions, two), { states: ['approved', 'proposed'], serving: 1 })
    assert.deepEqual(statesOf(versions, [...two, voice('engineering', 2)]), {
      states: ['superseded', 'approved'],
      serving: 2,
    })
  })

  test('who proposes a lower risk gets around nobody: what follows takes as many, until that is approved', () => {
    const lower = version(2)
    const versions = [high(1), lower]
    const byOwner = decided('approve', 2, { role: 'owner', by: { id: 'olga', name: 'olga@example.com' } })
    assert.deepEqual(statesOf(versions, [...three, byOwner]), {
      states: ['approved', 'proposed'],
      serving: 1,
    })
    const stopped = [...three, decided('stop', 2), byOwner]
    assert.equal(statesOf(versions, stopped).serving, undefined)
    const second = [voice('security', 2), voice('legal', 2), voice('product', 2)]
    assert.equal(statesOf(versions, [...three, ...second]).serving, 2)
    assert.equal(statesOf(versions, [...three, ...second, decided('suspend', 2), byOwner]).serving, 2)
  })

  test('whatever is decided, it serves only with three other people of three roles behind it', () => {
    let seed = 5
    const random = (below: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
      return Math.floor(seed / 65_536) % below
    }
    const roles: Role[] = ['security', 'legal', 'engineering', 'product', 'owner']
    let served = 0
    for (let round = 0; round < 2_000; round++) {
      const versions = [high(1, 'a'), high(2, 'b'), high(3, 'a')].slice(0, 1 + random(3))
      const decisions = Array.from({ length: 3 + random(12) }, () => {
        const about = versions[random(versions.length)] as RecordVersion<'use-case'>
        const who = ['ada', 'bob', 'cleo', 'dan', 'eve'][random(5)] as string
        return decided(random(8) === 0 ? 'reject' : 'approve', about.version, {
          hash: about.hash,
          role: roles[random(5)] as Role,
          by: { id: `${who}-${random(2)}`, name: `${who}@example.com` },
          untilMs: random(4) === 0 ? now - random(2) * day + 1 : undefined,
          isBootstrap: random(10) === 0,
        })
      })
      const { serving } = stateOf(history(versions, decisions), now)
      if (serving === undefined) continue
      served++
      const { voices, record, approval } = serving
      const people = new Set(voices.map(({ by }) => by.name))
      assert.equal(new Set(voices.map(({ role }) => role)).size, voices.length)
      assert.ok(voices.length >= 3 && people.size === voices.length && !people.has('ada@example.com'))
      for (const each of voices) {
        assert.ok(each.hash === record.hash && !each.isBootstrap && each.role !== 'owner')
        assert.ok(each.untilMs === undefined || each.untilMs > now)
        const later = decisions.filter(({ hash, number }) => hash === record.hash && number > each.number)
        assert.ok(later.every(({ verdict }) => verdict !== 'reject'))
      }
      assert.ok(voices.every(({ untilMs = Infinity }) => (approval.untilMs ?? Infinity) <= untilMs))
    }
    assert.ok(served > 50, `${served} served`)
  })

  test('what was replaced is not revived by one more voice', () => {
    const versions = [high(1), high(2)]
    const second = [voice('security', 2), voice('legal', 2), voice('product', 2)]
    const revived = [...three, ...second, voice('engineering', 1)]
    assert.deepEqual(statesOf(versions, revived), { states: ['proposed', 'approved'], serving: 2 })
  })
})

test('what was stopped does not serve again because somebody writes the same text once more', () => {
  const versions = [version(1), version(2), version(3, 'hash-1')]
  const decisions = [decided('approve', 1), decided('stop', 2)]
  assert.deepEqual(statesOf(versions, decisions), {
    states: ['suspended', 'suspended', 'suspended'],
    serving: undefined,
  })
  assert.equal(statesOf(versions, [...decisions, decided('approve', 3, { hash: 'hash-1' })]).serving, 3)
})
