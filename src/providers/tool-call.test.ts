import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ChatTool, Conversation } from '#/chat/api.ts'
import type { JsonObject } from '#/core/json.ts'
import { composeCall, wantedTool } from './demo/tool-call.ts'

const tool = (name: string, parameters: JsonObject = {}): ChatTool => ({ name, description: '', parameters })
const asked = (text: string, tools: readonly ChatTool[], role: 'user' | 'tool' = 'user'): Conversation => ({
  model: 'demo',
  messages: [{ role, text, toolCalls: [] }],
  tools,
  maxOutputTokens: undefined,
})
const filled = (parameters: JsonObject, text = 'EMAIL_1'): unknown =>
  JSON.parse(composeCall(asked(text, []), tool('t', parameters)).source)

test('a tool is wanted when the last message names it, or says so', () => {
  const [find, send] = [tool('find'), tool('send_mail')]
  assert.equal(wantedTool(asked('please SEND_MAIL', [find, send])), send)
  assert.equal(wantedTool(asked('Use the tool now', [find, send])), find)
  assert.equal(wantedTool(asked('hello', [find, send])), undefined)
  assert.equal(wantedTool(asked('use the tool', [])), undefined)
  assert.equal(
    wantedTool(asked('use the tool', [find], 'tool')),
    undefined,
    'a result is answered with a text',
  )
  assert.equal(wantedTool(asked('anything', [tool('')])), undefined, 'a tool without a name is in every text')
})

test('arguments have the types of the schema, and carry the text where one belongs', () => {
  assert.deepEqual(
    filled({
      type: 'object',
      properties: {
        to: { type: 'string' },
        count: { type: 'integer' },
        ratio: { type: 'number' },
        isNow: { type: 'boolean' },
        list: { type: 'array', items: { type: 'string' } },
        some: { type: 'array' },
        kind: { enum: ['x', 'y'] },
        deep: { type: 'object', properties: { text: { type: 'string' } } },
      },
    }),
    {
      to: 'EMAIL_1',
      count: 1,
      ratio: 1,
      isNow: true,
      list: ['EMAIL_1'],
      some: [],
      kind: 'x',
      deep: { text: 'EMAIL_1' },
    },
  )
})

test('a schema that says nothing gets the text', () => {
  for (const parameters of [{}, { type: 'object' }, { type: 'string' }, { properties: 5 }] as JsonObject[])
    assert.deepEqual(filled(parameters), { text: 'EMAIL_1' })
})

test('a schema that nests without end is filled so far and no further', () => {
  let parameters: JsonObject = { type: 'string' }
  for (let depth = 0; depth < 50; depth++) parameters = { type: 'object', properties: { deeper: parameters } }
  const source = JSON.stringify(filled(parameters))
  assert.equal(source.split('deeper').length - 1, 5)
})
