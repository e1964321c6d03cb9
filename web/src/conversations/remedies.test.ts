import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Refusal, refusals } from '#/core/refusal.ts'
import { offline, type Problem, readProblem } from '../core/problem.ts'
import { isRefusal, leftNothing, ownerOf, remedyRows, whatLeft } from './remedies.ts'

/** A refusal as the page gets it. */
const problemOf = (
  code: keyof typeof refusals,
  facts: ConstructorParameters<typeof Refusal>[1] = {},
): Problem => {
  const { message, remedies, status } = new Refusal(code, facts)
  return readProblem({ error: { code, message, remedies } }, status, 'req_1')
}
const actsOf = (problem: Problem, isEarlier = false) =>
  remedyRows(problem, isEarlier).map(({ button }) => button?.act)

describe('what works now', () => {
  test('a blocked text can be sent masked when the rule allows it, or edited, or asked about', () => {
    const facts = { types: ['AWS access key id'], mayMask: true, owner: 'security@example.com' }
    assert.deepEqual(actsOf(problemOf('finding-blocked', facts)), ['send-masked', 'edit-draft', undefined])
    assert.deepEqual(actsOf(problemOf('finding-blocked', { ...facts, mayMask: false })), [
      'edit-draft',
      undefined,
    ])
  })

  test('when the place stands in an earlier message, editing the draft would not help: a new chat does', () => {
    const problem = problemOf('finding-blocked', { types: ['IBAN'], mayMask: true })
    assert.deepEqual(actsOf(problem, true), ['send-masked', undefined, 'new-chat'])
  })

  test('a class too high for the chosen offering goes to Auto when that works', () => {
    const facts = { class: 'restricted', offering: 'west', ceiling: 'internal' }
    assert.deepEqual(actsOf(problemOf('class-above-ceiling', { ...facts, autoWorks: true })), [
      'send-auto',
      'edit-draft',
      undefined,
    ])
    assert.deepEqual(actsOf(problemOf('class-above-ceiling', facts)), ['edit-draft', undefined])
  })

  test('what is held before anything left is a refusal; an answer that is held makes no claim', () => {
    const request = problemOf('held', { ruleTitle: 'Restricted waits', class: 'restricted' })
    assert.equal(isRefusal(request), true)
    assert.equal(leftNothing(request), true)
    const answer = problemOf('held', { isAnswer: true, types: ['IBAN'] })
    assert.equal(isRefusal(answer), false)
    assert.equal(leftNothing(answer), false)
  })

  test('a reason and a notice are asked first, with masking and Auto beside them where they work', () => {
    const facts = {
      ruleTitle: 'Why',
      offering: 'West',
      mayMask: true,
      autoWorks: true,
      acknowledge: ['read'],
    }
    const rows = remedyRows(problemOf('justification-needed', facts), false)
    assert.deepEqual(
      rows.map(({ id }) => id),
      ['justify', 'acknowledge', 'mask-and-send', 'use-auto', 'ask-owner'],
    )
    for (const code of ['justification-needed', 'acknowledgement-needed', 'rule-blocked'] as const)
      assert.equal(isRefusal(problemOf(code, facts)), true, code)
  })

  test('every remedy of the gate is shown, with a button or as its own sentence', () => {
    for (const code of Object.keys(refusals) as (keyof typeof refusals)[]) {
      const problem = problemOf(code, { mayMask: true, autoWorks: true })
      const rows = remedyRows(problem, false)
      assert.ok(rows.length > 0 || problem.remedies.length === 0, code)
      for (const { title, text } of rows) assert.ok(title !== '' && text !== '', code)
    }
  })

  test('an unknown remedy is told as it came, and one named like a part of the language too', () => {
    for (const id of ['something-new', 'constructor']) {
      const rows = remedyRows({ ...offline, remedies: [{ id, text: 'Do this.' }] }, false)
      assert.deepEqual(rows, [{ id, title: 'Another way', text: 'Do this.' }])
    }
  })

  test('two remedies with the same button are one', () => {
    const remedies = [
      { id: 'retry-later', text: 'Later.' },
      { id: 'wait', text: 'Wait.' },
    ]
    assert.deepEqual(actsOf({ ...offline, remedies }), ['send-again'])
  })
})

describe('what is claimed', () => {
  test('that nothing left is said only of refusals made before anything is sent', () => {
    assert.equal(leftNothing(problemOf('finding-blocked', { types: [] })), true)
    const shown = problemOf('finding-blocked', { types: [], shownTo: 'guard' })
    assert.equal(whatLeft(shown), 'Nothing left the company but to the moderation model.')
    assert.equal(whatLeft(problemOf('finding-blocked', { types: [] })), 'Nothing left the company.')
    assert.equal(leftNothing(problemOf('sign-in-needed')), true)
    assert.equal(leftNothing(problemOf('budget-spent')), true)
    assert.equal(leftNothing(problemOf('baa-missing', { types: [] })), true)
    assert.equal(leftNothing(problemOf('feature-keeps-data')), true)
    assert.equal(leftNothing(problemOf('use-case-conflict')), true)
    assert.equal(leftNothing(problemOf('offering-outside-key')), true)
    assert.equal(leftNothing(problemOf('tool-not-allowed', { tool: 'x' })), true)
    assert.equal(leftNothing(problemOf('tool-not-allowed', { tool: 'x', isAnswer: true })), false)
    for (const code of ['offline', 'cut', 'provider-failed', 'unreadable']) {
      assert.equal(leftNothing({ ...offline, code }), false, code)
    }
  })

  test('a rule refuses; a session that ended, a limit and a failure do not', () => {
    assert.equal(isRefusal(problemOf('finding-blocked', { types: [] })), true)
    assert.equal(isRefusal(problemOf('no-offering', { class: 'restricted' })), true)
    for (const code of ['sign-in-needed', 'too-many-open', 'rate-reached', 'inspection-failed'] as const) {
      assert.equal(isRefusal(problemOf(code)), false, code)
    }
  })

  test('the owner of a rule is named when the gate names one', () => {
    assert.equal(
      ownerOf(problemOf('finding-blocked', { types: [], owner: 'security@example.com' })),
      'security@example.com',
    )
    assert.equal(ownerOf(problemOf('finding-blocked', { types: [] })), undefined)
    assert.equal(ownerOf(offline), undefined)
  })
})
