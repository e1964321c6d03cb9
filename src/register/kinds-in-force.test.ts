import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RecordKind, Verdict } from './api.ts'
import { stageOf } from './before-approval.ts'
import { bodies } from './test-bodies.ts'
import {
  ada,
  authorOf,
  openTestRegister,
  personWith,
  sam,
  type TestRegister,
  testNow,
} from './test-register.ts'

const dayMs = 86_400_000
const zoe = personWith('zoe@example.com', ['security', 'legal'])

const decide = (
  { register }: Pick<TestRegister, 'register'>,
  kind: RecordKind,
  id: string,
  version: number,
  verdict: Verdict = 'approve',
  person = sam,
  until?: string,
) =>
  register.decide(
    { kind, id, version, verdict, reason: 'Looked at.', conditions: {}, ...(until ? { until } : {}) },
    person,
  )

/** The register with what the records of these tests name, all approved. */
async function filled(context: Parameters<typeof openTestRegister>[0]): Promise<TestRegister> {
  const opened = await openTestRegister(context)
  await opened.approved('offering', 'west', bodies.offering)
  const { pilot: _, datasets: __, ...support } = bodies['use-case'] as Record<string, unknown>
  await opened.approved('use-case', 'support', support)
  await opened.approved('policy', 'rules', bodies.policy)
  return opened
}

const stage = ({ register, now }: TestRegister, kind: RecordKind, id: string): string | undefined =>
  stageOf(register.find(kind, id) ?? assert.fail('it is not there'), now())

test('a pilot is decided by the reviewer it names, ends on its last day, and not later', async (context) => {
  const opened = await openTestRegister(context)
  await opened.register.propose('pilot', 'trial', bodies.pilot, authorOf(ada))
  await assert.rejects(decide(opened, 'pilot', 'trial', 1, 'approve', zoe), { code: 'not-yours-to-decide' })
  await assert.rejects(
    decide(opened, 'pilot', 'trial', 1, 'approve', sam, '2026-12-24'),
    /not be after 2026-12-19/,
  )
  const decision = await decide(opened, 'pilot', 'trial', 1)
  assert.equal(decision.untilMs, Date.parse('2026-12-20T00:00:00Z'))
  assert.equal(stage(opened, 'pilot', 'trial'), 'runs until 2026-12-19')
  opened.at(testNow + 30 * dayMs)
  assert.equal(stage(opened, 'pilot', 'trial'), 'over')
})

test('a pilot takes thirty days at most, however often it is written anew', async (context) => {
  const opened = await openTestRegister(context)
  const propose = (more: object) =>
    opened.register.propose('pilot', 'trial', { ...bodies.pilot, ...more }, authorOf(ada))
  await assert.rejects(propose({ until: '2026-12-20' }), /at most 30 days/)
  await propose({})
  await decide(opened, 'pilot', 'trial', 1)
  await propose({ from: '2026-12-10', until: '2027-01-08' })
  await assert.rejects(decide(opened, 'pilot', 'trial', 2), /began on 2026-11-20 and ends after 30 days/)
})

test('a pilot needs somebody else to look, and something to reach', async (context) => {
  const { register } = await openTestRegister(context)
  const propose = (more: object) =>
    register.propose('pilot', 't', { ...bodies.pilot, ...more }, authorOf(ada))
  await assert.rejects(propose({ reviewer: 'owner@example.com' }), /somebody else than the owner/)
  await assert.rejects(propose({ target: 12 }), /differ from the baseline/)
  await assert.rejects(propose({ from: '2026-12-24' }), /not be before from/)
})

test('data that trains a model is looked through and scrubbed first', async (context) => {
  const opened = await openTestRegister(context)
  const { scan, scrubbed, ...plain } = bodies.dataset as Record<string, unknown>
  await opened.register.propose('dataset', 'd', plain, authorOf(ada))
  await assert.rejects(decide(opened, 'dataset', 'd', 1), /"scan" is wrong/)
  await opened.register.propose('dataset', 'd', { ...plain, scan }, authorOf(ada))
  await assert.rejects(decide(opened, 'dataset', 'd', 2), /"scrubbed" is wrong/)
  await opened.register.propose('dataset', 'd', { ...plain, scan, scrubbed }, authorOf(ada))
  await decide(opened, 'dataset', 'd', 3)
})

test('data is as sensitive as what was found in it and what it is made of', async (context) => {
  const opened = await openTestRegister(context)
  const plain = { title: 'D', owner: 'owner@example.com', class: 'internal', uses: ['inference'] }
  await opened.approved('dataset', 'source', { ...plain, class: 'confidential' })
  await opened.register.propose('dataset', 'made', { ...plain, from: ['source'] }, authorOf(ada))
  await assert.rejects(decide(opened, 'dataset', 'made', 1), /at least confidential/)
  const scan = { on: '2026-11-01', by: 'inspect', samples: 10, found: ['payment-card'] }
  await opened.register.propose('dataset', 'found', { ...plain, scan }, authorOf(ada))
  await assert.rejects(decide(opened, 'dataset', 'found', 1), /at least restricted/)
  await assert.rejects(
    opened.register.propose('dataset', 'x', { ...plain, scan: { ...scan, found: ['shoe'] } }, authorOf(ada)),
    /no kind of finding/,
  )
})

test('an open incident keeps what it is about from being approved, until it is contained or was none', async (context) => {
  const opened = await filled(context)
  const { contained, fix, ...open } = bodies.incident as Record<string, unknown>
  await opened.register.propose('incident', 'leak', open, authorOf(ada))
  assert.equal(stage(opened, 'incident', 'leak'), 'open')
  await assert.rejects(decide(opened, 'use-case', 'support', 1), { code: 'held-back' })
  await opened.register.propose('incident', 'leak', { ...open, contained }, authorOf(ada))
  assert.equal(stage(opened, 'incident', 'leak'), 'contained')
  await decide(opened, 'use-case', 'support', 1)
  await opened.register.propose('incident', 'none', open, authorOf(ada))
  await decide(opened, 'incident', 'none', 1, 'reject')
  await decide(opened, 'use-case', 'support', 1)
})

test('an incident is closed by a rule written since that serves, and by nothing less', async (context) => {
  const opened = await filled(context)
  const write = (more: object) =>
    opened.register.propose(
      'incident',
      'leak',
      {
        ...bodies.incident,
        foundOn: '2026-11-24',
        contained: { on: '2026-11-24', how: 'Stopped.' },
        ...more,
      },
      authorOf(ada),
    )
  opened.at(testNow + dayMs)
  await write({ fix: undefined })
  await assert.rejects(decide(opened, 'incident', 'leak', 1), /"fix" is wrong/)
  await write({ fix: { policy: 'rules', rule: 'other' } })
  await assert.rejects(decide(opened, 'incident', 'leak', 2), /no such rule of rules serves/)
  await write({ fix: { policy: 'rules', rule: 'r' } })
  await assert.rejects(decide(opened, 'incident', 'leak', 3), /serves as it did before 2026-11-24/)
  await opened.approved('policy', 'rules', { ...bodies.policy, terms: [] })
  await decide(opened, 'incident', 'leak', 3)
  assert.equal(stage(opened, 'incident', 'leak'), 'closed')
  await decide(opened, 'incident', 'leak', 3, 'suspend')
  assert.equal(stage(opened, 'incident', 'leak'), 'contained')
})

test('the receipt of a stop closes an incident, another receipt does not', async (context) => {
  const opened = await filled(context)
  const stopped = await decide(opened, 'use-case', 'support', 1, 'stop')
  const { fix, ...plain } = bodies.incident as Record<string, unknown>
  const write = (stop: string) =>
    opened.register.propose('incident', 'leak', { ...plain, fix: { stop } }, authorOf(ada))
  for (const [index, wrong] of [
    'sallyport.local#0',
    'sallyport.local#999',
    `other.local#${stopped.receipt.split('#')[1]}`,
  ].entries()) {
    await write(wrong)
    await assert.rejects(
      decide(opened, 'incident', 'leak', index + 1),
      /no receipt of a stop since 2026-11-21/,
    )
  }
  await write(stopped.receipt)
  await decide(opened, 'incident', 'leak', 4)
  await assert.rejects(write('17'), /must be a receipt, like sallyport\.local#17/)
})

test('a review is due each month, overdue when one went by, and done by an approval', async (context) => {
  const opened = await filled(context)
  const monthly = { ...bodies.review, since: '2026-11-01' }
  await opened.register.propose('review', 'support', monthly, authorOf(ada))
  assert.equal(stage(opened, 'review', 'support'), 'due in 2026-11')
  await decide(opened, 'use-case', 'support', 1)
  opened.at(Date.UTC(2026, 11, 2))
  assert.equal(stage(opened, 'review', 'support'), 'overdue since 2026-11')
  await assert.rejects(decide(opened, 'use-case', 'support', 1), /the review support of it is overdue/)
  await decide(opened, 'review', 'support', 1)
  assert.equal(stage(opened, 'review', 'support'), 'done for 2026-12')
  await decide(opened, 'use-case', 'support', 1)
  opened.at(Date.UTC(2027, 0, 5))
  assert.equal(stage(opened, 'review', 'support'), 'due in 2027-01')
})

test('a quarter is a quarter, and a review that has not begun is not due', async (context) => {
  const opened = await filled(context)
  await opened.register.propose(
    'review',
    'q',
    { ...bodies.review, cadence: 'quarter', since: '2027-02-01' },
    authorOf(ada),
  )
  assert.equal(stage(opened, 'review', 'q'), 'begins with 2027-Q1')
  opened.at(Date.UTC(2027, 5, 30))
  assert.equal(stage(opened, 'review', 'q'), 'overdue since 2027-Q1')
})

test('a control about what is now has no period, and one that looks back has', async (context) => {
  const { register } = await openTestRegister(context)
  const propose = (more: object) =>
    register.propose('control', 'c', { ...bodies.control, ...more }, authorOf(ada))
  await assert.rejects(propose({ query: 'facts-have-not-ended' }), /must be left out/)
  await assert.rejects(propose({ periodDays: undefined }), /over how many days/)
  await assert.rejects(propose({ query: 'somebody-says-so' }), /must be one of exchanges-have-both-entries/)
})

test('no file approves what depends on the day, on a person or on what is there', async (context) => {
  const { register } = await openTestRegister(context)
  const text = JSON.stringify({
    bootstrap: { approve: 'all', by: 'owner@example.com', reason: 'Start' },
    records: [{ kind: 'pilot', id: 'trial', ...bodies.pilot }],
  })
  await assert.rejects(register.bootstrap([{ name: 'r.yaml', text }]), /a person approves it, never a file/)
  assert.equal(register.isEmpty(), true)
})
