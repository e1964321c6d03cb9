import assert from 'node:assert/strict'
import { test } from 'node:test'
import { offeredTools } from './offered-tools.ts'

test('names every tool a request offers, whichever dialect and kind', () => {
  assert.deepEqual(
    offeredTools({
      tools: [
        { type: 'function', function: { name: 'look_up' } },
        { type: 'custom', custom: { name: 'patch' } },
        { name: 'mcp__files__read', input_schema: {} },
        { type: 'web_search_20250305', name: 'web_search' },
        { type: 'code_interpreter' },
        null,
        'odd',
        [],
      ],
      functions: [{ name: 'old_style' }],
    }),
    ['look_up', 'patch', 'mcp__files__read', 'web_search', 'code_interpreter', 'old_style'],
  )
  assert.deepEqual(offeredTools({ tools: 'none', functions: null }), [])
})

test('a tool of the provider under the name of another is known by its kind, too', () => {
  const tools = [
    { type: 'openrouter:web_search', name: 'look_up' },
    { type: 'web_search_20250305', name: 'web_search' },
    { type: 'openrouter:web_search', name: 'web_search' },
    { type: 'bash_20250124', name: 'bash' },
    { type: 'text_editor_20250728', name: 'str_replace_based_edit_tool' },
    { type: 'mcp', function: { name: 'look_up' } },
  ]
  assert.deepEqual(offeredTools({ tools }), [
    ...['look_up', 'openrouter:web_search', 'web_search', 'web_search', 'bash'],
    ...['str_replace_based_edit_tool', 'look_up', 'mcp'],
  ])
})

test('every way to have the provider search is a tool', () => {
  for (const body of [
    { web_search_options: true },
    { search_parameters: { mode: 'auto' } },
    { enable_search: true },
  ])
    assert.deepEqual(offeredTools(body), ['web_search'], JSON.stringify(body))
  assert.deepEqual(offeredTools({ plugins: [{ id: 'web' }, { id: 'file-parser' }, {}] }), [
    ...['web', 'file-parser', 'plugins'],
  ])
  assert.deepEqual(offeredTools({ plugins: { id: 'web' } }), ['plugins'])
  assert.deepEqual(offeredTools({ web_search_options: null, enable_search: false, plugins: [] }), [])
})

test('servers of tools and a search by the provider are tools, too', () => {
  const servers = [{ type: 'url', name: 'files', url: 'https://files.example.com' }, { url: 'x' }]
  assert.deepEqual(offeredTools({ mcp_servers: servers, web_search_options: {} }), [
    'files',
    'mcp_servers',
    'web_search',
  ])
})
