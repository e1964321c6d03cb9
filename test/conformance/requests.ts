import { pdfOf, wordOf } from '#/attachments/test-files.ts'
import type { JsonObject } from '#/core/json.ts'
import type { Channel } from '#/core/segment.ts'

export const email = 'ines.halvard@example.com'
export const text = `Tell ${email} about it.`

/** What comes before the result of a tool. */
const openaiCalled: readonly JsonObject[] = [
  { role: 'user', content: 'Go.' },
  {
    role: 'assistant',
    content: null,
    tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'find', arguments: '{}' } }],
  },
]
const anthropicCalled: readonly JsonObject[] = [
  { role: 'user', content: 'Go.' },
  { role: 'assistant', content: [{ type: 'tool_use', id: 'toolu_1', name: 'find', input: {} }] },
]

/** How a text of each channel stands in a request of each dialect. */
export const requests: Readonly<Record<string, Readonly<Partial<Record<Channel, JsonObject>>>>> = {
  'openai-chat': {
    user: { messages: [{ role: 'user', content: text }] },
    system: {
      messages: [
        { role: 'system', content: text },
        { role: 'user', content: 'Go on.' },
      ],
    },
    assistant: {
      messages: [
        { role: 'user', content: 'Go.' },
        { role: 'assistant', content: text },
        { role: 'user', content: 'On.' },
      ],
    },
    'tool-arguments': {
      messages: [
        { role: 'user', content: 'Go.' },
        {
          role: 'assistant',
          content: null,
          tool_calls: [
            {
              id: 'call_1',
              type: 'function',
              function: { name: 'find', arguments: JSON.stringify({ who: text }) },
            },
          ],
        },
        { role: 'tool', tool_call_id: 'call_1', content: 'done' },
      ],
    },
    'tool-result': {
      messages: [...openaiCalled, { role: 'tool', tool_call_id: 'call_1', content: text }],
    },
    'tool-definition': {
      messages: [{ role: 'user', content: 'Go.' }],
      tools: [
        {
          type: 'function',
          function: { name: 'find', description: text, parameters: { type: 'object', properties: {} } },
        },
      ],
    },
    attachment: {
      messages: [{ role: 'user', content: [{ type: 'file', file: { filename: text } }] }],
    },
    field: { messages: [{ role: 'user', content: 'Go.' }], metadata: { note: text } },
  },
  'anthropic-messages': {
    user: { messages: [{ role: 'user', content: text }] },
    system: { system: text, messages: [{ role: 'user', content: 'Go on.' }] },
    assistant: {
      messages: [
        { role: 'user', content: 'Go.' },
        { role: 'assistant', content: text },
        { role: 'user', content: 'On.' },
      ],
    },
    'tool-arguments': {
      messages: [
        { role: 'user', content: 'Go.' },
        {
          role: 'assistant',
          content: [{ type: 'tool_use', id: 'toolu_1', name: 'find', input: { who: text } }],
        },
        { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'toolu_1', content: 'done' }] },
      ],
    },
    'tool-result': {
      messages: [
        ...anthropicCalled,
        {
          role: 'user',
          content: [{ type: 'tool_result', tool_use_id: 'toolu_1', content: [{ type: 'text', text }] }],
        },
      ],
    },
    'tool-definition': {
      messages: [{ role: 'user', content: 'Go.' }],
      tools: [{ name: 'find', description: text, input_schema: { type: 'object', properties: {} } }],
    },
    attachment: {
      messages: [
        {
          role: 'user',
          content: [{ type: 'document', source: { type: 'text', media_type: 'text/plain', data: text } }],
        },
      ],
    },
    field: { messages: [{ role: 'user', content: 'Go.' }], metadata: { user_id: text } },
  },
}

/** The same text in two parts that a model reads as one, cut in the middle of the address. */
export const halves = ['Tell ines.halvard@exam', 'ple.com about it.'] as const
const cut = halves.map((half) => ({ type: 'text', text: half }))

export const inHalves: Readonly<Record<string, Readonly<Partial<Record<Channel, JsonObject>>>>> = {
  'openai-chat': {
    user: { messages: [{ role: 'user', content: cut }] },
    system: {
      messages: [
        { role: 'system', content: cut },
        { role: 'user', content: 'Go on.' },
      ],
    },
    'tool-result': {
      messages: [...openaiCalled, { role: 'tool', tool_call_id: 'call_1', content: cut }],
    },
  },
  'anthropic-messages': {
    user: { messages: halves.map((content) => ({ role: 'user', content })) },
    system: { system: cut, messages: [{ role: 'user', content: 'Go on.' }] },
    'tool-result': {
      messages: [
        ...anthropicCalled,
        { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'toolu_1', content: cut }] },
      ],
    },
  },
}

/** Texts that must not be changed: a rule that would have to is refused. */
export const fixed: Readonly<Record<string, JsonObject>> = {
  'openai-chat': {
    messages: [
      { role: 'user', content: 'Go.' },
      {
        role: 'assistant',
        content: null,
        tool_calls: [{ id: email, type: 'function', function: { name: 'find', arguments: '{}' } }],
      },
      { role: 'tool', tool_call_id: email, content: 'done' },
    ],
  },
  'anthropic-messages': {
    messages: [
      { role: 'user', content: 'Go.' },
      {
        role: 'assistant',
        content: [
          { type: 'thinking', thinking: text, signature: `${'A'.repeat(84)}==` },
          { type: 'text', text: 'ok' },
        ],
      },
      { role: 'user', content: 'On.' },
    ],
  },
}

/** A file that holds the text, as each dialect carries one; `inResult` stands where a tool gives it. */
const word = Buffer.from(wordOf([text])).toString('base64')
const pdf = Buffer.from(pdfOf([{ lines: [text] }])).toString('base64')
const wordType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

export const files: Readonly<Record<string, readonly JsonObject[]>> = {
  'openai-chat': [
    userSays({ type: 'file', file: { filename: 'a.pdf', file_data: `data:application/pdf;base64,${pdf}` } }),
    userSays({ type: 'file', file: { filename: 'a.docx', file_data: `data:${wordType};base64,${word}` } }),
    userSays({ type: 'file', file: { filename: 'a.docx', file_data: word } }),
    userSays({ type: 'input_file', filename: 'a.pdf', file_data: `data:application/pdf;base64,${pdf}` }),
    {
      messages: [
        ...openaiCalled,
        {
          role: 'tool',
          tool_call_id: 'call_1',
          content: [{ type: 'file', file: { file_data: `data:application/pdf;base64,${pdf}` } }],
        },
      ],
    },
  ],
  'anthropic-messages': [
    userSays({ type: 'document', source: { type: 'base64', media_type: 'application/pdf', data: pdf } }),
    userSays({ type: 'document', source: { type: 'base64', media_type: wordType, data: word } }),
    {
      messages: [
        ...anthropicCalled,
        {
          role: 'user',
          content: [
            {
              type: 'tool_result',
              tool_use_id: 'toolu_1',
              content: [
                { type: 'document', source: { type: 'base64', media_type: 'application/pdf', data: pdf } },
              ],
            },
          ],
        },
      ],
    },
  ],
}

function userSays(part: JsonObject): JsonObject {
  return { messages: [{ role: 'user', content: [{ type: 'text', text: 'Read this.' }, part] }] }
}

/** What nobody can read on the way: a rule cannot be kept for it, so it is refused unless the use case allows it. */
export const unreadParts: Readonly<Record<string, readonly JsonObject[]>> = {
  'openai-chat': [
    { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } },
    { type: 'image_url', image_url: { url: 'https://pictures.example.com/a.png' } },
    { type: 'input_audio', input_audio: { data: 'AAAA', format: 'wav' } },
    { type: 'file', file: { filename: 'a.pdf', file_data: 'data:application/pdf;base64,AAAA' } },
  ],
  'anthropic-messages': [
    { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AAAA' } },
    { type: 'image', source: { type: 'url', url: 'https://pictures.example.com/a.png' } },
    { type: 'document', source: { type: 'base64', media_type: 'application/pdf', data: 'AAAA' } },
    {
      type: 'tool_result',
      tool_use_id: 'toolu_1',
      content: [{ type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AAAA' } }],
    },
  ],
}

/** What a provider would keep: it cannot be looked at, so it is refused. */
export const keptByProvider: Readonly<Record<string, readonly JsonObject[]>> = {
  'openai-chat': [
    { messages: [{ role: 'user', content: 'Go.' }], store: true },
    { messages: [{ role: 'user', content: 'Go.' }], previous_response_id: 'resp_1' },
    { messages: [{ role: 'user', content: [{ type: 'file', file: { file_id: 'file-1' } }] }] },
  ],
  'anthropic-messages': [
    { messages: [{ role: 'user', content: 'Go.' }], container: 'container_1' },
    {
      messages: [
        { role: 'user', content: [{ type: 'document', source: { type: 'file', file_id: 'file_1' } }] },
      ],
    },
  ],
}
