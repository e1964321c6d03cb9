import assert from 'node:assert/strict'
import { test } from 'node:test'
import { wordsOf } from './provider-words.ts'

const openai = (error: object) => JSON.stringify({ error: { message: 'secret words', ...error } })

test('the code of an error is told, and the field it is about', () => {
  const unsupported = { type: 'invalid_request_error', code: 'unsupported_parameter' }
  assert.equal(wordsOf(openai({ ...unsupported, param: 'max_tokens' })), 'unsupported_parameter: max_tokens')
  assert.equal(
    wordsOf(openai({ code: 'invalid_value', param: 'messages[2].content[0].type' })),
    'invalid_value: messages.2.content.0.type',
  )
  assert.equal(wordsOf(openai({ code: null, type: 'insufficient_quota', param: null })), 'insufficient_quota')
  const details = { error_code: 'image_dimensions_too_large', paths: ['messages.0.content.1'] }
  const anthropic = {
    type: 'error',
    error: { type: 'invalid_request_error', message: 'secret words', details },
  }
  assert.equal(wordsOf(JSON.stringify(anthropic)), 'image_dimensions_too_large')
})

test('a code or a field that may be a text of somebody is not told', () => {
  for (const said of [
    '',
    'secret words',
    '<html>',
    '[]',
    '{"error":"unsupported_parameter"}',
    openai({ code: 'my_secret_code' }),
    openai({ type: 'invalid_request_error' }),
    openai({ code: ['unsupported_parameter'] }),
  ])
    assert.equal(wordsOf(said), undefined, said)
  for (const param of ['tools.0.parameters.ines_halvard', 'a'.repeat(200), 'id.'.repeat(9), 5, {}, ''])
    assert.equal(wordsOf(openai({ code: 'invalid_value', param })), 'invalid_value')
})
