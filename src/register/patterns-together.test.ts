import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bodies as good } from './test-bodies.ts'
import { ada, authorOf, openTestRegister } from './test-register.ts'

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
  assert.equal((await propose('third', 3)).change, 'new')
  assert.equal((await propose('first', 4)).change, 'changed', 'it takes the place of what serves')
  await assert.rejects(propose('first', 12), /with those of second and may have/)
})
