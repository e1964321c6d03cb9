import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readProblem } from './problem.ts'

const remedies = [
  { id: 'mask-and-send', text: 'Send it masked.' },
  { id: 'ask-owner', text: 'Ask security.' },
]

test('the envelope of the gate is read whole', () => {
  const finding = { field: 'messages.0.content', start: 1, end: 9, type: 'iban', label: 'IBAN' }
  const error = {
    code: 'finding-blocked',
    message: 'No.',
    field: 'x',
    remedies,
    requestId: 'r1',
    findings: [finding],
  }
  assert.deepEqual(readProblem({ error }, 400, undefined), {
    code: 'finding-blocked',
    message: 'No.',
    status: 400,
    remedies,
    findings: [finding],
    field: 'x',
    requestId: 'r1',
  })
})

test('what rules ask is read, and half a notice is none', () => {
  const notices = [{ rule: 'read', text: 'Only with consent.' }, { rule: 'half' }, 7]
  const asked = (asks: unknown) => readProblem({ error: { message: 'x', asks } }, 400, undefined).asks
  assert.deepEqual(asked({ wantsReason: true, notices }), { wantsReason: true, notices: [notices[0]] })
  assert.deepEqual(asked({ wantsReason: 'yes' }), { wantsReason: false, notices: [] })
  for (const nothing of [undefined, null, 7, 'text']) assert.equal(asked(nothing), undefined)
})

test('what OpenAI clients read in one message is taken apart again', () => {
  const message = 'It stopped. What works now: Send it masked. Or: Ask security. (request r1)'
  const read = readProblem({ error: { message, remedies, request_id: 'r1' } }, 0, undefined)
  assert.equal(read.message, 'It stopped.')
  const bare = readProblem({ error: { message: 'It stopped. (request r1)', request_id: 'r1' } }, 0, undefined)
  assert.equal(bare.message, 'It stopped.')
})

test('words of somebody else are left as they are', () => {
  const message = 'What works now: nothing (request r2)'
  assert.equal(readProblem({ error: { message, remedies, request_id: 'r1' } }, 0, undefined).message, message)
})

test('the request id of the header stands in for a missing one', () => {
  assert.equal(readProblem({ error: { message: 'x' } }, 500, 'r9').requestId, 'r9')
})

test('anything at all becomes a problem that says something', () => {
  for (const body of [
    undefined,
    null,
    7,
    'text',
    [],
    {},
    { error: null },
    { error: 'text' },
    { error: [] },
  ]) {
    const { code, message, remedies: told, findings } = readProblem(body, 503, undefined)
    assert.deepEqual([code, told, findings], ['unreadable', [], []])
    assert.match(message, /status 503/)
  }
})

test('remedies and findings that are none are left out, the others stay', () => {
  const error = {
    message: 'x',
    remedies: [remedies[0], { id: '', text: 'x' }, { id: 'x' }, null, 'x'],
    findings: [{ field: 'a', start: 1.5, end: 2, label: 'L' }, { field: 'a', start: 1, end: 2 }, null],
  }
  const read = readProblem({ error }, 400, undefined)
  assert.deepEqual(read.remedies, [remedies[0]])
  assert.deepEqual(read.findings, [])
})
