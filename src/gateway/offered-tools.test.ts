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

test('servers of tools and a search by the provider are tools, too', () => {
  const servers = [{ type: 'url', name: 'files', url: 'https://files.example.com' }, { url: 'x' }]
  assert.deepEqual(offeredTools({ mcp_servers: servers, web_search_options: {} }), [
    'files',
    'mcp_servers',
    'web_search',
  ])
})
