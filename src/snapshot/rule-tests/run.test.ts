import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createInspector } from '#/inspect/index.ts'
import { offering, rule, useCase } from '#/policy/test-values.ts'
import { ruleTests } from '#/register/rule-test.ts'
import type { Snapshot } from '../api.ts'
import { longestMs, type PlacedTest, runRuleTests } from './run.ts'

const inspector = createInspector({ terms: [] })

const snapshot: Snapshot = {
  version: 'v',
  compiledAtMs: 0,
  terms: [],
  patterns: [],
  clearings: new Map(),
  rules: [
    rule('cards', 'mask', { types: ['payment-card'] }),
    rule('secrets', 'block', { families: ['secret'], mayMask: true }),
    rule('answers', 'mask', { types: ['email'], direction: 'answer' }),
  ],
  offerings: new Map([
    ['commercial', offering('commercial', 'confidential')],
    ['own', offering('own', 'restricted')],
  ]),
  useCases: new Map([
    ['general-assistant', useCase('general-assistant')],
    ['low', useCase('low', { highestClass: 'internal' })],
  ]),
}

/** As a file has them: read by their schema. */
const read = (given: object, expect: object): PlacedTest => {
  const [first] = ruleTests.parse([{ id: 't', title: 'T', given, expect }]) ?? []
  return { policy: 'rules', test: first ?? assert.fail('it was not read') }
}
const failuresOf = (tests: readonly PlacedTest[], monotonic: () => number = () => 0) =>
  runRuleTests(tests, { snapshot, inspector, nowMs: 0, monotonic })
const cameOf = (given: object, expect: object) => failuresOf([read(given, expect)])[0]?.came

// A test number of card schemes, put together from parts.
const card = ['4111', '1111', '1111', '1111'].join(' ')

test('the real detectors and the real decision say what comes out', () => {
  assert.equal(cameOf({ text: `Pay with ${card}.` }, { action: 'mask', class: 'restricted' }), undefined)
  assert.equal(cameOf({ text: ['Pay with 4111 1111 ', '1111 1111.'] }, { action: 'mask' }), undefined)
  assert.equal(cameOf({ text: 'Good morning.' }, { action: 'mask' }), 'action note')
  assert.equal(
    cameOf({ text: `Pay with ${card}.` }, { action: 'mask', leavesAs: 'restricted' }),
    'action mask, leavesAs public',
  )
  assert.equal(cameOf({ text: 'Hello', class: 'restricted' }, { offering: 'own' }), undefined)
  assert.equal(cameOf({ text: 'Hello', class: 'restricted' }, { offering: 'commercial' }), 'offering own')
})

test('a refusal is expected by its code, and a block by its action too', () => {
  const secret = { findings: ['private-key'] }
  assert.equal(cameOf(secret, { refusal: 'finding-blocked' }), undefined)
  assert.equal(cameOf(secret, { action: 'block' }), undefined)
  assert.equal(cameOf({ ...secret, mask: true }, { action: 'mask' }), undefined)
  assert.equal(cameOf(secret, { action: 'mask' }), 'action block')
  assert.equal(
    cameOf({ text: 'Hello', class: 'restricted', useCase: 'low' }, { refusal: 'class-above-use-case' }),
    undefined,
  )
  assert.equal(cameOf({ text: 'Hello', model: 'nowhere' }, { action: 'note' }), 'refusal model-unknown')
  assert.equal(
    cameOf({ text: 'Hello' }, { refusal: 'finding-blocked' }),
    'it goes: action note, class public, leavesAs public, offering commercial',
  )
  assert.equal(cameOf({ text: 'Hello', roles: ['auditor'] }, { refusal: 'use-case-unknown' }), undefined)
})

test('an action that asks or holds is expected by its name', () => {
  const rules = [
    rule('held', 'hold', { types: ['iban'] }),
    rule('asked', 'justify', { types: ['phone'] }),
    rule('read', 'acknowledge', { types: ['email'], notice: 'Mind the contract.', version: '1' }),
  ]
  const came = (type: string, expect: object) =>
    runRuleTests([read({ findings: [type] }, expect)], {
      ...{ snapshot: { ...snapshot, rules }, inspector, nowMs: 0, monotonic: () => 0 },
    })[0]?.came
  assert.equal(came('iban', { action: 'hold' }), undefined)
  assert.equal(came('iban', { refusal: 'held' }), undefined)
  assert.equal(came('phone', { action: 'justify' }), undefined)
  assert.equal(came('email', { action: 'acknowledge' }), undefined)
  assert.equal(came('email', { action: 'note' }), 'action acknowledge')
})

test('what comes back is judged by the rules of answers', () => {
  const answer = { text: 'Write to ada@example.com.', channel: 'answer' }
  assert.equal(cameOf(answer, { action: 'mask' }), undefined)
  assert.equal(cameOf({ text: 'Hello.', channel: 'answer' }, { action: 'mask' }), 'action note')
})

test('what could not be tried in time, or is one too many, is red', () => {
  const hello = read({ text: 'Hello' }, { action: 'note' })
  let nowMs = 0
  const late = failuresOf([hello, hello, hello], () => {
    nowMs += longestMs / 2
    return nowMs
  })
  assert.deepEqual(
    late.map(({ came }) => came),
    [`nothing: all tests together may take ${longestMs} ms`],
  )
  const many = failuresOf(Array.from({ length: 501 }, () => hello))
  assert.match(many.map(({ came }) => came).join(), /^nothing: all policies may have 500 tests together$/)
})

test('a test that could never come out as it says is not taken', () => {
  const problemOf = (given: object, expect: object) =>
    ruleTests.safeParse([{ id: 't', title: 'T', given, expect }]).error?.issues[0]?.message
  assert.match(problemOf({}, { action: 'mask' }) ?? '', /must be given, or findings must/)
  assert.match(problemOf({ text: 'a', findings: ['iban'] }, { action: 'mask' }) ?? '', /not both/)
  assert.match(problemOf({ text: 'a' }, {}) ?? '', /must say what is expected/)
  assert.match(problemOf({ text: 'a' }, { refusal: 'held', class: 'public' }) ?? '', /must stand alone/)
  assert.match(problemOf({ text: 'a', channel: 'answer' }, { class: 'public' }) ?? '', /must be an action/)
  assert.match(problemOf({ text: 'x'.repeat(4_001) }, { action: 'note' }) ?? '', /4000 characters/)
})
