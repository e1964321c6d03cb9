import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ChatRequest, Dialect } from '#/chat/api.ts'
import { valueIn } from '#/chat/test-edits.ts'
import type { JsonObject, JsonValue } from '#/core/json.ts'
import { type Channel, channels } from '#/core/segment.ts'
import { createInspector } from '#/inspect/index.ts'
import { anthropicMessages, dialects, openaiChat } from './index.ts'

/** Rules may be for a channel: a text in the wrong one is a rule that silently does not hold. */

const text = 'the text in question'
const user: JsonObject = { role: 'user', content: 'Go.' }

const chat = (more: JsonObject): JsonObject => ({ model: 'm', messages: [user], ...more })
const said = (role: string, content: JsonValue, more: JsonObject = {}): JsonObject =>
  chat({ messages: [{ role, content, ...more }] })
const message = (more: JsonObject): JsonObject => ({ model: 'm', max_tokens: 9, messages: [user], ...more })
const block = (role: string, ...blocks: JsonObject[]): JsonObject =>
  message({ messages: [{ role, content: blocks }] })
const called = (more: JsonObject): JsonObject => said('assistant', null, { tool_calls: [more] })

type Row = readonly [what: string, body: JsonObject, channel: Channel, isFixed?: 'fixed']

const openaiRows: readonly Row[] = [
  ['text of a user', said('user', text), 'user'],
  ['part of a user', said('user', [{ type: 'text', text }]), 'user'],
  ['name of a user', said('user', 'Go.', { name: text }), 'user'],
  ['unknown member of a message', said('user', 'Go.', { later: { deep: [text] } }), 'user'],
  ['unknown part', said('user', [{ type: 'later', later: { deep: [text] } }]), 'user'],
  ['system', said('system', text), 'system'],
  ['developer', said('developer', [{ type: 'text', text }]), 'system'],
  ['assistant', said('assistant', text), 'assistant'],
  ['refusal', said('assistant', null, { refusal: text }), 'assistant'],
  ['reasoning', said('assistant', null, { reasoning_content: text }), 'assistant'],
  ['result of a tool', said('tool', text, { tool_call_id: 'c' }), 'tool-result'],
  ['result of a tool in parts', said('tool', [{ type: 'text', text }]), 'tool-result'],
  ['result of a function', said('function', text, { name: 'f' }), 'tool-result'],
  [
    'arguments',
    called({ function: { name: 'f', arguments: JSON.stringify({ a: [text] }) } }),
    'tool-arguments',
  ],
  [
    'arguments named like the protocol',
    called({ function: { name: 'f', arguments: { id: text } } }),
    'tool-arguments',
  ],
  [
    'arguments of a function',
    said('assistant', null, { function_call: { arguments: text } }),
    'tool-arguments',
  ],
  [
    'input of a custom tool',
    called({ type: 'custom', custom: { name: 'f', input: text } }),
    'tool-arguments',
  ],
  ['id of a call', called({ id: text, function: { name: 'f', arguments: '{}' } }), 'field', 'fixed'],
  ['name of a called tool', called({ function: { name: text, arguments: '{}' } }), 'field', 'fixed'],
  ['id of a result', said('tool', 'ok', { tool_call_id: text }), 'field', 'fixed'],
  ['type of a part', said('user', [{ type: text }]), 'user', 'fixed'],
  ['description of a tool', chat({ tools: [{ function: { description: text } }] }), 'tool-definition'],
  [
    'description of a parameter',
    chat({ tools: [{ function: { parameters: { properties: { a: { description: text } } } } }] }),
    'tool-definition',
  ],
  [
    'default of a parameter called type',
    chat({ tools: [{ function: { parameters: { properties: { type: { default: text } } } } }] }),
    'tool-definition',
  ],
  [
    'type in a schema',
    chat({ tools: [{ function: { parameters: { type: text } } }] }),
    'tool-definition',
    'fixed',
  ],
  [
    'grammar',
    chat({ tools: [{ custom: { format: { grammar: { definition: text } } } }] }),
    'tool-definition',
  ],
  ['function of old', chat({ functions: [{ name: 'f', description: text }] }), 'tool-definition'],
  ['name of a tool', chat({ tools: [{ function: { name: text } }] }), 'tool-definition', 'fixed'],
  ['name of a file', said('user', [{ type: 'file', file: { filename: text } }]), 'attachment'],
  ['address of a picture', said('user', [{ type: 'image_url', image_url: { url: text } }]), 'user'],
  ['user', chat({ user: text }), 'field'],
  ['metadata', chat({ metadata: { note: text } }), 'field'],
  ['stop', chat({ stop: ['END', text] }), 'field'],
  ['prediction', chat({ prediction: { type: 'content', content: text } }), 'field'],
  [
    'schema of the answer',
    chat({ response_format: { type: 'json_schema', json_schema: { schema: { description: text } } } }),
    'field',
  ],
  ['unknown field', chat({ later: [[{ deep: text }]] }), 'field'],
  ['setting', chat({ service_tier: text }), 'field', 'fixed'],
  ['setting in a setting', chat({ stream_options: { later: [text] } }), 'field', 'fixed'],
  ['chosen tool', chat({ tool_choice: { function: { name: text } } }), 'field', 'fixed'],
]

const source = { type: 'text', media_type: 'text/plain', data: text }
const anthropicRows: readonly Row[] = [
  ['text of a user', message({ messages: [{ role: 'user', content: text }] }), 'user'],
  ['block of a user', block('user', { type: 'text', text }), 'user'],
  ['unknown block', block('user', { type: 'later', later: { deep: [text] } }), 'user'],
  ['system', message({ system: text }), 'system'],
  ['system in blocks', message({ system: [{ type: 'text', text }] }), 'system'],
  ['system within the conversation', block('system', { type: 'text', text }), 'system'],
  ['assistant', block('assistant', { type: 'text', text }), 'assistant'],
  [
    'citation',
    block('assistant', { type: 'text', text: 'a', citations: [{ cited_text: text }] }),
    'assistant',
  ],
  [
    'reasoning',
    block('assistant', { type: 'thinking', thinking: text, signature: '' }),
    'assistant',
    'fixed',
  ],
  ['seal that is none', block('assistant', { type: 'thinking', thinking: '', signature: text }), 'assistant'],
  [
    'sealed reasoning that is none',
    block('assistant', { type: 'redacted_thinking', data: text }),
    'assistant',
  ],
  [
    'input',
    block('assistant', { type: 'tool_use', id: 'i', name: 'n', input: { a: [text] } }),
    'tool-arguments',
  ],
  [
    'input named like the protocol',
    block('assistant', {
      type: 'tool_use',
      input: { cache_control: { type: 'x', signature: { file_id: text } } },
    }),
    'tool-arguments',
  ],
  [
    'input of a server tool',
    block('assistant', { type: 'server_tool_use', input: { query: text } }),
    'tool-arguments',
  ],
  ['id of a call', block('assistant', { type: 'tool_use', id: text, input: {} }), 'field', 'fixed'],
  ['result', block('user', { type: 'tool_result', tool_use_id: 'i', content: text }), 'tool-result'],
  [
    'result in blocks',
    block('user', { type: 'tool_result', tool_use_id: 'i', content: [{ type: 'text', text }] }),
    'tool-result',
  ],
  [
    'result of a search by the provider',
    block('assistant', {
      type: 'web_search_tool_result',
      content: [{ type: 'web_search_result', title: text }],
    }),
    'tool-result',
  ],
  [
    'result of a remote tool',
    block('assistant', { type: 'mcp_tool_result', content: [{ type: 'text', text }] }),
    'tool-result',
  ],
  [
    'unknown member of a result',
    block('user', { type: 'tool_result', tool_use_id: 'i', later: { deep: text } }),
    'tool-result',
  ],
  ['id of a result', block('user', { type: 'tool_result', tool_use_id: text }), 'field', 'fixed'],
  ['document', block('user', { type: 'document', source }), 'attachment'],
  ['title of a document', block('user', { type: 'document', title: text, source }), 'attachment'],
  ['context of a document', block('user', { type: 'document', context: text, source }), 'attachment'],
  [
    'document in blocks',
    block('user', { type: 'document', source: { type: 'content', content: [{ type: 'text', text }] } }),
    'attachment',
  ],
  [
    'document in a result',
    block('user', { type: 'tool_result', content: [{ type: 'document', source }] }),
    'attachment',
  ],
  ['search result', block('user', { type: 'search_result', title: 't', content: [{ text }] }), 'attachment'],
  ['address of a picture', block('user', { type: 'image', source: { type: 'url', url: text } }), 'user'],
  ['type of a block', block('user', { type: text }), 'user', 'fixed'],
  ['description of a tool', message({ tools: [{ name: 'n', description: text }] }), 'tool-definition'],
  [
    'parameter of a tool',
    message({ tools: [{ input_schema: { properties: { cache_control: { description: text } } } }] }),
    'tool-definition',
  ],
  ['domains of a server tool', message({ tools: [{ allowed_domains: [text] }] }), 'tool-definition'],
  ['name of a tool', message({ tools: [{ name: text }] }), 'tool-definition', 'fixed'],
  ['metadata', message({ metadata: { user_id: text } }), 'field'],
  ['stop sequence', message({ stop_sequences: [text] }), 'field'],
  ['remote tools', message({ mcp_servers: [{ url: text }] }), 'field'],
  ['unknown field', message({ later: { deep: [text] } }), 'field'],
  ['setting', message({ service_tier: text }), 'field', 'fixed'],
  ['setting in a setting', message({ thinking: { type: 'enabled', later: text } }), 'field', 'fixed'],
  ['chosen tool', message({ tool_choice: { type: 'tool', name: text } }), 'field', 'fixed'],
]

const rows: readonly (readonly [Dialect, readonly Row[]])[] = [
  [openaiChat, openaiRows],
  [anthropicMessages, anthropicRows],
]

test('every dialect has its rows, and every channel of a request is in them', () => {
  assert.deepEqual(
    rows.map(([{ name }]) => name),
    dialects.map(({ name }) => name),
  )
  for (const [{ name }, own] of rows) {
    const seen = new Set(own.map(([, , channel]) => channel))
    assert.deepEqual(
      channels.filter((channel) => channel !== 'answer' && !seen.has(channel)),
      [],
      name,
    )
  }
})

for (const [dialect, own] of rows) {
  for (const [what, body, channel, fixed] of own) {
    test(`${dialect.name}: ${what} is in ${channel}${fixed === undefined ? '' : ', and must not change'}`, () => {
      const found = dialect.read(body).segments.filter((segment) => valueIn(segment).includes(text))
      assert.ok(found.length > 0, 'it is looked at')
      for (const segment of found) {
        assert.equal(segment.channel, channel)
        assert.equal(segment.isFixed === true, fixed === 'fixed')
      }
    })
  }
}

test('a secret known only by the name it stands under is found in arguments, fields and results', () => {
  const inspector = createInspector({ terms: [] })
  const password = `Tr0ub4dor${'&3x'}`
  const typesIn = ({ segments }: ChatRequest): string[] =>
    segments.flatMap(({ text: found, channel }) => inspector.inspect(found, channel).map(({ type }) => type))
  const login = { login: { password } }
  for (const asked of [
    openaiChat.read(called({ function: { name: 'f', arguments: JSON.stringify(login) } })),
    openaiChat.read(said('tool', JSON.stringify(login))),
    openaiChat.read(chat({ metadata: login })),
    anthropicMessages.read(block('assistant', { type: 'tool_use', input: login })),
    anthropicMessages.read(message({ later: login })),
  ]) {
    assert.deepEqual(typesIn(asked), ['password'])
  }
})

test('names of a vendor’s tools are looked at, and hold nothing', () => {
  const inspector = createInspector({ terms: [] })
  for (const name of [
    'web_search_20250305',
    'code_execution_20250825',
    'clear_tool_uses_20250919',
    'text_editor_20250728',
    'computer_20251124',
    'bash_20250124',
    'memory_20250818',
    'web_search_tool_result_error',
    'code_execution_tool_result',
  ]) {
    assert.deepEqual(inspector.inspect(name, 'field'), [], name)
  }
})
