import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findCircle } from './circles.ts'
import { stateOf } from './state.ts'
import { bodies } from './test-bodies.ts'
import { ada, authorOf, openTestRegister, personWith, sam, testNow } from './test-register.ts'

const zoe = personWith('zoe@example.com', ['security'])
const dayMs = 86_400_000
const approve = {
  kind: 'offering',
  id: 'west',
  version: 1,
  verdict: 'approve',
  reason: 'Looked at.',
  conditions: {},
} as const
const dataset = { title: 'D', owner: 'owner@example.com', class: 'internal', uses: ['inference'] }
const fileOf = (records: readonly object[]) => ({
  files: [{ name: 'r.yaml', text: JSON.stringify({ records }) }],
  by: 'command-line:root',
})

test('of two people who decide at once, the second is told of the first, and nothing is written', async (context) => {
  const { register, entries } = await openTestRegister(context)
  await register.propose('offering', 'west', bodies.offering, authorOf(ada))
  const both = await Promise.allSettled([
    register.decide({ ...approve, seen: 0 }, sam),
    register.decide({ ...approve, verdict: 'reject', seen: 0 }, zoe),
  ])
  assert.deepEqual(
    both.map(({ status }) => status),
    ['fulfilled', 'rejected'],
  )
  assert.match(
    String((both[1] as PromiseRejectedResult).reason),
    /Meanwhile sam@example\.com decided about this record: approve/,
  )
  assert.equal(entries.filter(({ kind }) => kind === 'decision').length, 1)
  await register.decide({ ...approve, verdict: 'suspend', seen: 1 }, zoe)
})

test('what was replaced is not rejected or suspended; approving it again goes back to it, and only to it', async (context) => {
  const { register } = await openTestRegister(context)
  await register.propose('offering', 'west', bodies.offering, authorOf(ada))
  await register.decide(approve, sam)
  await register.propose('offering', 'west', { ...bodies.offering, model: 'newer' }, authorOf(ada))
  await register.decide({ ...approve, version: 2 }, sam)
  for (const verdict of ['reject', 'suspend'] as const)
    await assert.rejects(
      register.decide({ ...approve, verdict }, sam),
      /version 1 was replaced and serves nothing; version 2 serves/,
    )
  await register.decide(approve, sam)
  const history = register.find('offering', 'west')!
  assert.equal(stateOf(history, testNow).serving?.record.version, 1)
  assert.equal(stateOf(history, testNow).versions[1]?.state, 'superseded')
})

test('decisions count in their order, whatever the clock did meanwhile', async (context) => {
  const { register, at } = await openTestRegister(context)
  await register.propose('offering', 'west', bodies.offering, authorOf(ada))
  await register.decide(approve, sam)
  at(testNow - 365 * dayMs)
  await register.decide({ ...approve, verdict: 'suspend' }, zoe)
  const history = register.find('offering', 'west')!
  assert.deepEqual(
    history.decisions.map(({ number }) => number),
    [1, 2],
  )
  for (const nowMs of [testNow - 365 * dayMs, testNow, testNow + dayMs])
    assert.equal(stateOf(history, nowMs).versions[0]?.state, 'suspended')
})

test('records that name each other in a circle are refused with the circle', async (context) => {
  const { register } = await openTestRegister(context)
  const of = (id: string, from: string) => ({ kind: 'dataset', id, ...dataset, from: [from] })
  await assert.rejects(
    register.apply(fileOf([of('a', 'b'), of('b', 'c'), of('c', 'a')])),
    /in a circle: dataset a → dataset b → dataset c → dataset a/,
  )
  await assert.rejects(register.apply(fileOf([of('a', 'a')])), /circle: dataset a → dataset a/)
  await register.apply(fileOf([{ kind: 'dataset', id: 'a', ...dataset }, of('b', 'a')]))
  await assert.rejects(
    register.propose('dataset', 'a', { ...dataset, from: ['b'] }, authorOf(ada)),
    /circle: dataset a → dataset b → dataset a/,
  )
  assert.equal(register.find('dataset', 'a')?.versions.length, 1)
})

test('a row of ten thousand references is gone through without a stack of ten thousand calls', () => {
  const body = (from: string) => ({ ...dataset, from: [from] }) as never
  const row = Array.from({ length: 10_000 }, (_, index) => ({
    kind: 'dataset' as const,
    id: `d${index}`,
    body: body(`d${index + 1}`),
  }))
  assert.equal(
    findCircle(row, () => undefined),
    undefined,
  )
  assert.match(
    findCircle([...row, { kind: 'dataset', id: 'd10000', body: body('d0') }], () => undefined) ?? '',
    /^dataset d0 → dataset d1 → /,
  )
})

test('an unknown field is told with the one that was meant, at every depth', async (context) => {
  const { register } = await openTestRegister(context)
  const wrong = (records: readonly object[]) => register.apply(fileOf(records))
  await assert.rejects(
    wrong([{ kind: 'dataset', id: 'a', ...dataset, clas: 'public' }]),
    /records\.0\.clas.*Did you mean "class"/,
  )
  const scan = { on: '2026-11-01', by: 'x', sampels: 3 }
  await assert.rejects(
    wrong([{ kind: 'dataset', id: 'a', ...dataset, scan: { ...scan, samples: 1 } }]),
    /scan\.sampels.*Did you mean "samples"/,
  )
  const rules = [
    { id: 'r', title: 'R', typs: ['iban'], types: ['iban'], action: 'mask', owner: 'o@example.com' },
  ]
  await assert.rejects(
    wrong([{ kind: 'policy', id: 'p', title: 'P', owner: 'o@example.com', rules }]),
    /rules\.0\.typs.*Did you mean "types"/,
  )
  await assert.rejects(wrong([{ kind: 'datset', id: 'a' }]), /Did you mean "dataset"/)
})

test('a plan that was agreed to is written, and no other', async (context) => {
  const { register } = await openTestRegister(context)
  const file = fileOf([{ kind: 'offering', id: 'west', ...bodies.offering }])
  const { digest } = await register.apply({ ...file, dryRun: true })
  await register.propose('offering', 'west', { ...bodies.offering, model: 'other' }, authorOf(ada))
  await assert.rejects(register.apply({ ...file, digest }), { code: 'plan-outdated' })
  assert.equal(register.find('offering', 'west')?.versions.length, 1)
  const again = await register.apply({ ...file, dryRun: true })
  await register.apply({ ...file, digest: again.digest })
  assert.equal(register.find('offering', 'west')?.versions.length, 2)
})

test('a record that stands in two files is refused with both places', async (context) => {
  const { register } = await openTestRegister(context)
  const text = JSON.stringify({ records: [{ kind: 'offering', id: 'west', ...bodies.offering }] })
  const files = ['a.yaml', 'b/c.yaml'].map((name) => ({ name, text }))
  await assert.rejects(register.apply({ files, by: 'x' }), /b\/c\.yaml:1:\d+.*stands at a\.yaml:1:\d+, too/)
})
