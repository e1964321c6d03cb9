import assert from 'node:assert/strict'
import { afterEach, mock, test } from 'node:test'
import { ask } from './ask.ts'
import { ProblemError } from './problem.ts'

const answer = (response: Response | Error) =>
  mock.method(globalThis, 'fetch', async () => {
    if (response instanceof Error) throw response
    return response
  })
const problemOf = async (asked: Promise<unknown>) =>
  asked.then(
    () => assert.fail('it was answered'),
    (error: unknown) => (error instanceof ProblemError ? error.problem : assert.fail(String(error))),
  )

afterEach(() => mock.restoreAll())

test('the answer is the body, and nothing for an answer without one', async () => {
  const asked = answer(Response.json({ a: 1 }))
  assert.deepEqual(await ask('/api/x'), { a: 1 })
  assert.deepEqual(asked.mock.calls[0]?.arguments, ['/api/x', { credentials: 'same-origin' }])
  answer(new Response(null, { status: 204 }))
  assert.equal(await ask('/api/x'), undefined)
})

test('a refusal is thrown with what the gate said', async () => {
  const error = { code: 'role-missing', message: 'No.', remedies: [], requestId: 'r1' }
  answer(Response.json({ error }, { status: 403 }))
  const problem = await problemOf(ask('/api/x'))
  assert.deepEqual([problem.code, problem.status, problem.requestId], ['role-missing', 403, 'r1'])
})

test('an answer that is no JSON is a problem, with the request id of its header', async () => {
  for (const status of [200, 500]) {
    answer(new Response('<html>', { status, headers: { 'x-request-id': 'r2' } }))
    const problem = await problemOf(ask('/api/x'))
    assert.equal(problem.code, 'unreadable')
    assert.match(problem.message, new RegExp(String(status)))
  }
})

test('a lost connection is told apart from an abort', async () => {
  answer(new TypeError('fetch failed'))
  assert.equal((await problemOf(ask('/api/x'))).code, 'offline')
  const controller = new AbortController()
  controller.abort()
  answer(new DOMException('aborted', 'AbortError'))
  await assert.rejects(ask('/api/x', { signal: controller.signal }), { name: 'AbortError' })
})
