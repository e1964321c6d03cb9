import assert from 'node:assert/strict'
import { test } from 'node:test'
import { indexOf } from './api.ts'
import { messagesOf } from './messages.ts'

test('messages of OpenAI are texts with their roles', () => {
  const messages = [
    { role: 'system', content: 'Be brief.' },
    {
      role: 'user',
      content: [
        { type: 'text', text: 'one' },
        { type: 'text', text: 'two' },
      ],
    },
  ]
  assert.deepEqual(messagesOf({ model: 'm', messages }), [
    { role: 'system', text: 'Be brief.' },
    { role: 'user', text: 'one\ntwo' },
  ])
})

test("Anthropic's system text comes first", () => {
  const body = { system: [{ type: 'text', text: 'Be brief.' }], messages: [{ role: 'user', content: 'hi' }] }
  assert.deepEqual(
    messagesOf(body).map(({ role, text }) => `${role}: ${text}`),
    ['system: Be brief.', 'user: hi'],
  )
})

test('tool calls and parts that are no text are shown as they went', () => {
  const call = { role: 'assistant', content: null, tool_calls: [{ id: 'c1', function: { arguments: '{}' } }] }
  assert.match(messagesOf({ messages: [call] })[0]?.text ?? '', /"tool_calls"[\s\S]*"c1"/)
  const picture = {
    role: 'user',
    content: [{ type: 'image_url', image_url: { url: 'https://example.com' } }],
  }
  assert.match(messagesOf({ messages: [picture] })[0]?.text ?? '', /image_url/)
})

test('a body of another shape is one text, and nothing is thrown', () => {
  assert.deepEqual(messagesOf({ input: 'x' }), [{ role: 'request', text: '{\n  "input": "x"\n}' }])
  for (const body of [null, undefined, 7, 'text', [], { messages: 'x' }]) {
    assert.equal(messagesOf(body)[0]?.role, 'request')
  }
  assert.deepEqual(
    messagesOf({ messages: ['x', null] }).map(({ text }) => text),
    ['"x"', 'null'],
  )
})

test('a receipt holds the number of its entry', () => {
  assert.equal(indexOf('sallyport.local#41'), 41)
  for (const none of ['', 'sallyport.local', '#', 'x#-1', 'x#1a', `x#${'9'.repeat(16)}`]) {
    assert.equal(indexOf(none), undefined, none)
  }
})
