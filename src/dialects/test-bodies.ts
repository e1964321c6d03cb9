import type { DialectName } from '#/chat/api.ts'
import type { JsonObject } from '#/core/json.ts'

/** A body of each dialect that uses everything there is, for tests that go through every place of it. */
export const richBodies: Readonly<Record<DialectName, JsonObject>> = {
  'openai-chat': {
    model: 'west',
    stream: true,
    stream_options: { include_usage: true },
    temperature: 0.5,
    seed: 7,
    n: 2,
    max_completion_tokens: 200,
    stop: ['END', 'STOP'],
    user: 'u-1',
    metadata: { team: 'support' },
    logit_bias: { '50256': -100 },
    reasoning_effort: 'low',
    service_tier: 'auto',
    modalities: ['text'],
    store: false,
    prompt_cache_key: 'k',
    prediction: { type: 'content', content: 'a guess' },
    response_format: {
      type: 'json_schema',
      json_schema: {
        name: 'answer',
        schema: { type: 'object', properties: { total: { type: 'number', description: 'sum' } } },
      },
    },
    web_search_options: { user_location: { type: 'approximate', approximate: { city: 'Bremen' } } },
    tool_choice: { type: 'function', function: { name: 'find' } },
    tools: [
      {
        type: 'function',
        function: {
          name: 'find',
          description: 'Finds a person',
          strict: true,
          parameters: {
            type: 'object',
            properties: { who: { type: 'string', enum: ['a', 'b'], default: 'a' } },
            required: ['who'],
          },
        },
      },
      {
        type: 'custom',
        custom: {
          name: 'run',
          description: 'Runs',
          format: { type: 'grammar', grammar: { syntax: 'lark', definition: 'x' } },
        },
      },
    ],
    functions: [{ name: 'old', description: 'An old one', parameters: {} }],
    messages: [
      { role: 'system', content: 'Be brief.', name: 'setup' },
      { role: 'developer', content: [{ type: 'text', text: 'Be kind.' }] },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'Look at this', cache_control: { type: 'ephemeral' } },
          { type: 'image_url', image_url: { url: 'https://pictures.example.com/a.png', detail: 'low' } },
        ],
      },
      {
        role: 'assistant',
        content: 'I will.',
        refusal: 'no',
        reasoning_content: 'thinking',
        tool_calls: [
          {
            id: 'call_1',
            type: 'function',
            function: { name: 'find', arguments: '{"who":"a","more":{"list":[1,"two"]}}' },
          },
          { id: 'call_2', type: 'custom', custom: { name: 'run', input: 'plain text' } },
        ],
        function_call: { name: 'old', arguments: 'not json' },
      },
      { role: 'tool', tool_call_id: 'call_1', content: 'Found her.' },
      { role: 'tool', tool_call_id: 'call_2', content: [{ type: 'text', text: 'Done.' }] },
    ],
  },
  'anthropic-messages': {
    model: 'west',
    max_tokens: 200,
    stream: true,
    temperature: 0.5,
    top_k: 5,
    stop_sequences: ['END'],
    metadata: { user_id: 'u-1' },
    service_tier: 'auto',
    thinking: { type: 'enabled', budget_tokens: 1024 },
    output_config: { effort: 'low' },
    context_management: { edits: [{ type: 'clear_tool_uses_20250919' }] },
    mcp_servers: [{ type: 'url', url: 'https://mcp.example.com', name: 'notes' }],
    tool_choice: { type: 'tool', name: 'find' },
    tools: [
      {
        name: 'find',
        description: 'Finds a person',
        input_schema: { type: 'object', properties: { who: { type: 'string', description: 'name' } } },
        cache_control: { type: 'ephemeral', ttl: '5m' },
      },
      { type: 'web_search_20250305', name: 'web_search', max_uses: 3, allowed_domains: ['example.com'] },
    ],
    system: [{ type: 'text', text: 'Be brief.', cache_control: { type: 'ephemeral' } }],
    messages: [
      {
        role: 'user',
        content: [
          { type: 'text', text: 'Look at this' },
          { type: 'image', source: { type: 'url', url: 'https://pictures.example.com/a.png' } },
          {
            type: 'document',
            title: 'Notes',
            context: 'from a colleague',
            citations: { enabled: true },
            source: { type: 'text', media_type: 'text/plain', data: 'Some notes' },
          },
          {
            type: 'search_result',
            source: 'https://a.example.com',
            title: 'A',
            content: [{ type: 'text', text: 'hit' }],
          },
        ],
      },
      {
        role: 'assistant',
        content: [
          {
            type: 'thinking',
            thinking: 'Let me see',
            signature:
              'EqQBCgIYAhIkNmY2N2Y4ZTAtYjY3OS00ZDQ5LTk4YzEtMDAwMGgxBdjrkzLoky3dl1pkiMOYdsHjPwY2b3hGgxBdjA==',
          },
          {
            type: 'redacted_thinking',
            data: 'EmwKAhgBEgy3va3pzix/LafPsn4aDFIT2Xlxh0L5L8rLVyIwxtE3rAFBa8cr3qpPkNRj2YfWXGmKDxH4mPnZ5sQ7vB9jaLmN',
          },
          {
            type: 'text',
            text: 'I will.',
            citations: [{ type: 'char_location', cited_text: 'Some', document_title: 'Notes' }],
          },
          {
            type: 'tool_use',
            id: 'toolu_1',
            name: 'find',
            input: { who: 'a', type: 'b', more: { list: [1, 'two'] } },
          },
        ],
      },
      {
        role: 'user',
        content: [
          {
            type: 'tool_result',
            tool_use_id: 'toolu_1',
            is_error: false,
            content: [{ type: 'text', text: 'Found her.' }],
          },
          { type: 'tool_result', tool_use_id: 'toolu_2', content: 'Found him.' },
        ],
      },
      { role: 'system', content: 'Stay brief.' },
    ],
  },
}
