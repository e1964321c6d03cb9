import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bodies as good } from './test-bodies.ts'
import { ada, authorOf, openTestRegister, sam } from './test-register.ts'

/** Each pattern has 190 steps. */
const policyWith = (prefix: string, count: number) => ({
  ...good.policy,
  terms: [],
  patterns: Array.from({ length: count }, (_, index) => ({
    id: `${prefix}-${index}`,
    label: 'number',
    pattern: 'EX-\\d{5}(?:-\\d{1,90})?',
    examples: ['EX-12345'],
  })),
})

test('patterns that cost too much beside those of other policies are refused when they are proposed, naming these', async (context) => {
  const { register, approved } = await openTestRegister(context)
  const author = authorOf(ada)
  const propose = (id: string, count: number) => register.propose('policy', id, policyWith(id, count), author)
  await approved('policy', 'first', policyWith('first', 5))
  await propose('waiting', 5)
  await approved('policy', 'second', policyWith('second', 5))
  const tooMany = {
    code: 'request-invalid',
    message: /"patterns".*have \d{4} steps with those of first, second and may have 3000 together/,
  }
  await assert.rejects(propose('third', 7), tooMany)
  const third = await propose('third', 3)
  assert.equal(third.change, 'new')
  assert.match(
    third.notes?.join() ?? '',
    /With the policies that wait \(waiting\) all patterns would have \d{4} steps/,
  )
  assert.equal((await propose('first', 4)).change, 'changed', 'it takes the place of what serves')
  await assert.rejects(propose('first', 12), /with those of second and may have/)
})

test('of policies that wait and are too many together the last is not approved, which whoever proposed it was told', async (context) => {
  const { register } = await openTestRegister(context)
  const approve = (id: string, version = 1) =>
    register.decide(
      { kind: 'policy', id, version, verdict: 'approve', reason: 'Looked at.', conditions: {} },
      sam,
    )
  const propose = (id: string, count: number) =>
    register.propose('policy', id, policyWith(id, count), authorOf(ada))
  assert.equal((await propose('first', 9)).notes, undefined, 'it is alone')
  assert.match((await propose('second', 9)).notes?.join() ?? '', /\(first\).*3000 together: not all/)
  assert.equal((await propose('small', 1)).notes?.length, 1)
  await approve('first')
  await assert.rejects(approve('second'), { code: 'request-invalid', message: /with those of first/ })
  await propose('second', 4)
  assert.equal((await approve('second', 2)).verdict, 'approve')
})
