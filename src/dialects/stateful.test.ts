import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { StateLimits } from '#/chat/api.ts'
import type { JsonObject } from '#/core/json.ts'
import { type StatefulFeature, statefulFeatures } from '#/core/stateful-feature.ts'
import { anthropicMessages, openaiChat } from './index.ts'

const limits = (off: readonly StatefulFeature[], storesUnasked = false): StateLimits => ({
  off,
  storesUnasked,
})
const everything = limits(statefulFeatures)
const messages = [{ role: 'user', content: 'Hello.' }]

describe('chat completions', () => {
  const uses = (more: JsonObject) => openaiChat.statefulUses({ model: 'm', messages, ...more })
  const kept = (more: JsonObject, given = everything) =>
    openaiChat.withoutState({ model: 'm', messages, ...more }, given)

  test('tools the client runs keep nothing; every other is the provider’s', () => {
    const tools = [
      { type: 'function', function: { name: 'f', parameters: {} } },
      { type: 'custom', custom: { name: 'c' } },
      { function: { name: 'untyped' } },
    ]
    assert.deepEqual(uses({ tools }), [])
    for (const type of ['code_interpreter', 'mcp', 'computer_use_preview', 'something-new', 7, 'Function'])
      assert.deepEqual(uses({ tools: [{ type }] }), [{ field: 'tools.0', features: ['server-tools'] }])
    for (const type of ['web_search_preview', 'google_search', 'web_fetch', 'url_context'])
      assert.deepEqual(uses({ tools: [...tools, { type }] }), [
        { field: 'tools.3', features: ['grounding', 'server-tools'] },
      ])
    assert.deepEqual(uses({ tools: [{ type: 'file_search' }] })[0]?.features, ['files', 'server-tools'])
    assert.deepEqual(uses({ tools: [{ google_search: {} }] })[0]?.features, ['server-tools'])
  })

  test('members that ask for a search are told of, unless they say no', () => {
    for (const member of ['web_search_options', 'search_parameters', 'plugins', 'enable_search']) {
      assert.equal(uses({ [member]: {} })[0]?.field, member)
      for (const no of [null, false, []]) assert.deepEqual(uses({ [member]: no }), [], member)
    }
  })

  test('a spoken answer is kept to be named later', () => {
    assert.equal(uses({ modalities: ['text', 'audio'] })[0]?.field, 'modalities')
    assert.equal(uses({ audio: { voice: 'x' } })[0]?.field, 'audio')
    assert.deepEqual(uses({ modalities: ['text'], audio: null }), [])
  })

  test('who it is of, and a longer cache, are taken out; a short cache may stay', () => {
    const body = { metadata: { a: 'b' }, user: 'u', safety_identifier: 's', prompt_cache_retention: '24h' }
    const short = kept(body, limits(['stored-responses', 'long-caches']))
    assert.deepEqual(short, { model: 'm', messages, prompt_cache_retention: 'in_memory' })
    assert.deepEqual(kept({ prompt_cache_key: 'k' }, limits(['long-caches'])), {
      model: 'm',
      messages,
      prompt_cache_key: 'k',
    })
    assert.deepEqual(kept({ prompt_cache_key: 'k' }), { model: 'm', messages })
    const breakpoint = { mode: 'explicit', ttl: '30m' }
    const text = { type: 'text', text: 'Go.' }
    for (const given of [limits(['long-caches']), everything])
      assert.deepEqual(
        kept(
          {
            prompt_cache_options: breakpoint,
            messages: [{ role: 'user', content: [{ ...text, prompt_cache_breakpoint: breakpoint }] }],
          },
          given,
        ),
        { model: 'm', messages: [{ role: 'user', content: [text] }] },
      )
  })

  test('store is set to false where answers are kept unasked, and nowhere else', () => {
    assert.equal(kept({}, limits(['stored-responses'], true))['store'], false)
    assert.equal(kept({ store: null }, limits(['stored-responses'], true))['store'], false)
    assert.equal('store' in kept({}, limits(['stored-responses'])), false)
    assert.equal('store' in kept({}, limits(['files'], true)), false)
  })

  test('a name that only some servers read as one of these is refused', () => {
    for (const name of ['Metadata', 'WEB_SEARCH_OPTIONS', 'Prompt_Cache_Retention', 'User'])
      assert.throws(() => openaiChat.read({ model: 'm', messages, [name]: 'x' }), /another spelling/, name)
  })
})

describe('messages', () => {
  const uses = (more: JsonObject) => anthropicMessages.statefulUses({ model: 'm', messages, ...more })
  const kept = (more: JsonObject, given = everything) =>
    anthropicMessages.withoutState({ model: 'm', messages, ...more }, given)
  const long = { type: 'ephemeral', ttl: '1h' }

  test('tools the client runs keep nothing; every other is the provider’s', () => {
    const client = [
      'custom',
      'bash_20250124',
      'text_editor_20250728',
      'computer_20251124',
      'computer_toolset_20260801',
      'browser_toolset_20260801',
      'memory_20250818',
    ]
    assert.deepEqual(
      uses({ tools: [{ name: 'f', input_schema: {} }, ...client.map((type) => ({ type }))] }),
      [],
    )
    for (const type of ['code_execution_20250825', 'tool_search_tool_regex_20251119'])
      assert.ok(uses({ tools: [{ type }] })[0]?.features.includes('server-tools'), type)
    for (const type of ['web_search_20260209', 'web_fetch_20250910'])
      assert.deepEqual(uses({ tools: [{ type }] }), [
        { field: 'tools.0', features: ['grounding', 'server-tools'] },
      ])
    assert.deepEqual(uses({ tools: [{ type: 'something-new' }] })[0]?.features, ['server-tools'])
  })

  test('connectors are the provider’s, too', () => {
    assert.deepEqual(uses({ mcp_servers: [{ type: 'url', url: 'https://mcp.example.com' }] }), [
      { field: 'mcp_servers', features: ['server-tools'] },
    ])
    assert.deepEqual(uses({ mcp_servers: [] }), [])
  })

  test('caches live five minutes wherever they are asked for longer, and are none where no cache may be', () => {
    const body = (mark: JsonObject | undefined): JsonObject => {
      const marked = mark === undefined ? {} : { cache_control: mark }
      return {
        ...marked,
        system: [{ type: 'text', text: 's', ...marked }],
        tools: [{ name: 'f', input_schema: { properties: { cache_control: long } }, ...marked }],
        messages: [
          {
            role: 'user',
            content: [
              { type: 'text', text: 't', ...marked },
              { type: 'tool_result', tool_use_id: 'x', content: [{ type: 'text', text: 'r', ...marked }] },
              { type: 'tool_use', id: 'x', name: 'f', input: { cache_control: long } },
            ],
          },
        ],
      }
    }
    const given = Object.freeze(body(long))
    const before = structuredClone(given)
    assert.deepEqual(kept(given, limits(['long-caches'])), { model: 'm', ...body({ type: 'ephemeral' }) })
    assert.deepEqual(kept(given), { model: 'm', ...body(undefined) })
    assert.deepEqual(given, before, 'the body that came is not changed')
    assert.equal(kept({ cache_control: 'odd' }, limits(['long-caches']))['cache_control'], undefined)
  })

  test('who it is of is taken out', () => {
    assert.deepEqual(kept({ metadata: { user_id: 'u' } }), { model: 'm', messages })
    assert.deepEqual(kept({ metadata: { user_id: 'u' } }, limits(['files'])), {
      model: 'm',
      messages,
      metadata: { user_id: 'u' },
    })
  })
})

test('a body with nothing to take out stays the very same', () => {
  const body = {
    model: 'm',
    store: false,
    messages: [
      { role: 'user', content: [{ type: 'text', text: 't', cache_control: { type: 'ephemeral' } }] },
    ],
  }
  const off = limits(statefulFeatures.filter((each) => each !== 'provider-caches'))
  for (const dialect of [openaiChat, anthropicMessages]) assert.equal(dialect.withoutState(body, off), body)
})
