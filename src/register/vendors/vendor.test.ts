import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RecordHistory } from '../api.ts'
import { kindOf } from '../kinds/index.ts'
import { checkBody, readBody } from '../read-body.ts'
import { bodies, checklist, fact } from '../test-bodies.ts'
import { ada, authorOf, openTestRegister, sam, testNow } from '../test-register.ts'
import { checklistItems } from './checklist.ts'
import { vendorStanding, whyVendorHolds } from './standing.ts'

const body = bodies.vendor
const approve = {
  kind: 'vendor',
  id: 'west-models',
  verdict: 'approve',
  reason: 'Read.',
  conditions: {},
} as const

test('a vendor with unanswered facts is approved by nobody, and the refusal names each with what would answer it', async (context) => {
  const { register } = await openTestRegister(context)
  const { exit: _, deletion: __, ...facts } = checklist
  const ended = { ...facts, trains: fact('never', { until: '2026-11-22' }) }
  await register.propose('vendor', 'west-models', { ...body, facts: ended }, authorOf(ada))
  await assert.rejects(
    register.decide({ ...approve, version: 1 }, sam),
    (error: Error & { facts: object }) => {
      assert.deepEqual(error.facts, {
        record: 'vendor west-models',
        version: 1,
        field: 'facts',
        problem:
          'facts.deletion is not answered (it takes { contact, how, proof }: whom to ask, how, and what shows that it was done); facts.trains was relied on until 2026-11-22 (it takes a newer contract); facts.exit is not answered (it takes a text: how data comes back, and what is left behind)',
      })
      return true
    },
  )
  await register.propose('vendor', 'west-models', body, authorOf(ada))
  assert.equal((await register.decide({ ...approve, version: 2 }, sam)).verdict, 'approve')
})

test('each mandatory fact alone keeps an approval back', () => {
  const { unready } = kindOf('vendor')
  for (const item of checklistItems) {
    const facts = { ...checklist, [item]: undefined }
    const problems = unready?.(readBody('vendor', { ...body, facts }), testNow) ?? []
    assert.deepEqual(
      problems.map(({ path }) => path.join('.')),
      [`facts.${item}`],
    )
  }
  assert.equal(checklistItems.length, Object.keys(checklist).length)
})

test('an approval of a vendor stands only as long as the facts it was given on', async (context) => {
  const { register, approved } = await openTestRegister(context)
  const facts = { ...checklist, dpa: fact(true, { until: '2026-11-30' }) }
  await approved('vendor', 'west-models', { ...body, facts })
  const history = register.find('vendor', 'west-models') as RecordHistory<'vendor'>
  const endMs = Date.UTC(2026, 11, 1)
  assert.deepEqual(
    [vendorStanding(history, testNow)?.why, vendorStanding(history, testNow)?.changes],
    [undefined, [endMs]],
  )
  assert.equal(
    vendorStanding(history, endMs)?.why,
    'of the vendor west-models facts.dpa was relied on until 2026-11-30 (it takes a newer contract)',
  )
  assert.equal(whyVendorHolds('other', [history], testNow).why, 'the vendor other is not approved')
  assert.equal(whyVendorHolds(undefined, [history], endMs).why, undefined)
})

test('facts that end within thirty days, and documents nobody read for half a year, are told with whom to ask', () => {
  const facts = {
    ...checklist,
    dpa: fact(true, { until: '2026-12-20' }),
    region: fact('eu', { by: 'doc', asOf: '2026-03-01' }),
    exit: fact('Gone.', { until: '2027-12-20' }),
  }
  assert.deepEqual(kindOf('vendor').remind?.(readBody('vendor', { ...body, facts }), testNow), [
    'facts.dpa may be relied on until 2026-12-20. Ask trust@west.example.com.',
    'facts.region is from a document of 2026-03-01: read it again by 2026-08-28. Ask trust@west.example.com.',
  ])
})

test('a domain is a name of two labels at least, and neither an address nor a page', () => {
  for (const wrong of [
    'com',
    '10.0.0.1',
    'https://x.example.com',
    '*.example.com',
    'a..example.com',
    '-a.example.com',
    'a b.example.com',
  ])
    assert.ok('problems' in checkBody('vendor', { ...body, domains: [wrong] }), wrong)
  assert.deepEqual(readBody('vendor', { ...body, domains: ['Chat.Example.com', 'xn--p1ai.example.com'] }), {
    ...readBody('vendor', body),
    domains: ['chat.example.com', 'xn--p1ai.example.com'],
  })
})
