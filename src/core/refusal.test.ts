import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Facts, Refusal, type RefusalCode, refusalFamilies, refusals } from './refusal.ts'

test('a refusal keeps its cause and says no more of where it was made than that; a defect does', () => {
  const cause = new Error('the first')
  const refusal = new Refusal('model-unknown', {}, { cause })
  assert.equal(refusal.cause, cause)
  assert.equal(refusal.stack, `Refusal: ${refusal.message}`)
  assert.match(new Refusal('defect').stack ?? '', /refusal\.test\.ts/)
})

test('an error made after a refusal says where it was made', () => {
  const { stackTraceLimit } = Error
  new Refusal('model-unknown')
  assert.equal(Error.stackTraceLimit, stackTraceLimit)
  assert.match(new Error('a defect').stack ?? '', /refusal\.test\.ts/)
})

test('every refusal has a sentence, a status of its own kind and something that works now', () => {
  for (const code of Object.keys(refusals) as RefusalCode[]) {
    const { message, status, remedies } = new Refusal(code, {
      instead: 'Go without it.',
      problem: 'It is wrong.',
    })
    assert.match(message, /\S.*\.$/s, code)
    assert.ok(status >= 400 && status < 600, code)
    assert.ok(remedies.length > 0, code)
    for (const { id, text } of remedies) assert.ok(/^[a-z-]+$/.test(id) && text !== '', `${code} ${id}`)
  }
})

test('no code stands in two families', () => {
  const codes = refusalFamilies.flatMap(([, family]) => Object.keys(family))
  assert.deepEqual(codes.toSorted(), Object.keys(refusals).toSorted())
})

test('whoever names a use case by the path of a task is not told of a header', () => {
  for (const code of ['use-case-unknown', 'use-case-conflict'] as const) {
    const said = JSON.stringify(new Refusal(code, { useCase: 'x', isTask: true }).remedies)
    assert.doesNotMatch(said, /header/)
    assert.match(said, /GET \/tasks/)
    assert.match(JSON.stringify(new Refusal(code, { useCase: 'x' }).remedies), /header/)
  }
})

test('a problem that ends in a question has no stop behind it', () => {
  const told = (problem: string) => new Refusal('request-invalid', { field: 'titel', problem }).message
  assert.equal(told('it must be a text'), 'The field "titel" is wrong: it must be a text.')
  const asked = 'there is no such field. Did you mean "title"?'
  assert.equal(told(asked), `The field "titel" is wrong: ${asked}`)
})

test('no remedy for a use case that is not open advises what changes nothing', () => {
  const ids = (facts: object): readonly string[] =>
    new Refusal('use-case-unknown', { useCase: 'x', ...facts }).remedies.map(({ id }) => id)
  assert.deepEqual(ids({ isOfKey: true }), ['create-key', 'renew-use-case', 'ask-access'])
  assert.deepEqual(ids({ isOfKey: true, isTask: true }), ['create-key', 'renew-use-case', 'ask-access'])
  assert.deepEqual(ids({ isDefault: true }), ['name-use-case', 'ask-access'])
  assert.deepEqual(ids({}), ['default-use-case', 'ask-access'])
})

test('what helps instead is what the refused part is', () => {
  const ways = (code: RefusalCode, facts: Facts) => new Refusal(code, facts).remedies.map(({ id }) => id)
  assert.deepEqual(ways('state-on-server', { field: 'messages.0.content.1.source.file_id' }), ['send-file'])
  assert.deepEqual(ways('state-on-server', { field: 'store' }), ['leave-out'])
  assert.deepEqual(ways('state-on-server', { field: 'previous_response_id' }), ['send-history'])
  assert.ok(ways('attachment-unread', { mediaType: 'unknown type' }).includes('send-file'))
  assert.ok(!ways('attachment-unread', { mediaType: 'application/zip' }).includes('send-file'))
  assert.ok(ways('path-unknown', { path: '/v1/responses' }).includes('use-chat-completions'))
  assert.ok(!ways('path-unknown', { path: '/v1/embeddings' }).includes('use-chat-completions'))
})

test('a limit of the settings is told with its name, and whose requests fill it', () => {
  const told = (setting: string) => new Refusal('too-many-open', { limit: 64, setting })
  assert.match(told('limits.openPerCaller').message, /^64 of your requests/)
  assert.match(told('limits.openAltogether').message, /^64 requests of all/)
  assert.match(JSON.stringify(told('limits.openPerCaller').remedies), /limits\.openPerCaller/)
  assert.doesNotMatch(JSON.stringify(new Refusal('too-many-open', { limit: 4 }).remedies), /settings/)
})
