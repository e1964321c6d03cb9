import assert from 'node:assert/strict'
import { hash } from 'node:crypto'
import { test } from 'node:test'
import type { Bodies, Decision, RecordHistory, RecordKind, Verdict } from './api.ts'
import { groundsFrom } from './grounds.ts'
import { hashOf } from './read-body.ts'

const hour = 3_600_000
const start = Date.UTC(2026, 10, 1)

const bodies: Readonly<Record<string, object>> = {
  'use-case/support/1': { title: 'Support', purpose: 'Answers' },
  'use-case/support/2': { title: 'Support', purpose: 'Answers to customers' },
  'offering/west/1': { title: 'West', model: 'west-large' },
  'policy/company/1': { title: 'Company', rules: [] },
  'policy/waiting/1': { title: 'Waiting', rules: [] },
}
const bodyOf = (kind: RecordKind, id: string, version: number) =>
  bodies[`${kind}/${id}/${version}`] as unknown as Bodies[RecordKind]

const history = (
  kind: RecordKind,
  id: string,
  versions: readonly number[],
  said: readonly (readonly [verdict: Verdict, version: number, hours: number])[],
): RecordHistory => ({
  kind,
  id,
  versions: versions.map((version) => {
    const body = bodyOf(kind, id, version)
    const by = { id: 'p1', name: 'ada@example.com' }
    return { kind, id, version, body, hash: hashOf(kind, body), by, atMs: start + (version - 1) * hour }
  }),
  decisions: said.map(
    ([verdict, version, hours], number): Decision => ({
      kind,
      id,
      version,
      hash: hashOf(kind, bodyOf(kind, id, version)),
      by: { id: 'p2', name: 'sam@example.com' },
      role: 'security',
      verdict,
      reason: 'Looked at.',
      conditions: {},
      atMs: start + hours * hour,
      untilMs: undefined,
      isBootstrap: false,
      number,
      receipt: `log.example.com#${id}-${number}`,
    }),
  ),
})

const histories = [
  history(
    'use-case',
    'support',
    [1, 2],
    [
      ['approve', 1, 0.5],
      ['approve', 2, 5],
    ],
  ),
  history('offering', 'west', [1], [['approve', 1, 0.5]]),
  history('policy', 'company', [1], [['approve', 1, 0.5]]),
  history('policy', 'waiting', [1], []),
]
const register = {
  list: ((kind: RecordKind) => histories.filter((each) => each.kind === kind)) as never,
  find: ((kind: RecordKind, id: string) =>
    histories.find((each) => each.kind === kind && each.id === id)) as never,
}
const groundsOf = groundsFrom(register)
const facts = { useCase: 'support', offering: 'west' }
const versionsAt = (hours: number) =>
  groundsOf(facts, start + hours * hour).records.map(({ kind, id, version }) => `${kind}/${id}/${version}`)

test('an exchange rests on what served at its time: use case, offering and every policy', () => {
  assert.deepEqual(versionsAt(2), ['use-case/support/1', 'offering/west/1', 'policy/company/1'])
  assert.deepEqual(versionsAt(6), ['use-case/support/2', 'offering/west/1', 'policy/company/1'])
  assert.deepEqual(versionsAt(0.1), [], 'nothing was approved yet')
})

test('the decisions on these versions come with them, and no later ones', () => {
  const receipts = groundsOf(facts, start + 2 * hour).decisions.map(({ receipt }) => receipt)
  assert.deepEqual(receipts, [
    'log.example.com#support-0',
    'log.example.com#west-0',
    'log.example.com#company-0',
  ])
})

test('a record comes with the text its hash is of', () => {
  for (const { hash: stated, hashed } of groundsOf(facts, start + 6 * hour).records)
    assert.equal(hash('sha256', hashed, 'hex'), stated)
})

test('what an entry does not name, or is not there, is left out', () => {
  const { records } = groundsOf({ useCase: 'gone' }, start + 6 * hour)
  assert.deepEqual(
    records.map(({ kind }) => kind),
    ['policy'],
  )
})

test('what was approved and not published did not serve', () => {
  const published = groundsFrom(register, (history, atMs) => {
    assert.ok(
      history.decisions.every((decision) => decision.atMs <= atMs),
      'as it was known then',
    )
    if (history.kind === 'policy') return undefined
    return { ...history, decisions: history.decisions.filter(({ version }) => version === 1) }
  })
  assert.deepEqual(
    published(facts, start + 6 * hour).records.map(({ kind, version }) => `${kind} ${version}`),
    ['use-case 1', 'offering 1'],
  )
})
