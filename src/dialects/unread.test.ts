import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Dialect } from '#/chat/api.ts'
import { valueIn } from '#/chat/test-edits.ts'
import type { JsonObject } from '#/core/json.ts'
import { Refusal } from '#/core/refusal.ts'
import { anthropicMessages, openaiChat } from './index.ts'

const chat = (more: JsonObject): JsonObject => ({
  model: 'm',
  messages: [{ role: 'user', content: 'Go.' }],
  ...more,
})
const message = (more: JsonObject): JsonObject => chat({ max_tokens: 9, ...more })
const block = (role: string, ...blocks: JsonObject[]): JsonObject =>
  message({ messages: [{ role, content: blocks }] })

/** Parts whose content nobody can read here, each with what is said of it. */
const unreadRows: readonly (readonly [Dialect, JsonObject, string])[] = [
  [openaiChat, { type: 'image_url', image_url: { url: 'data:image/PNG;base64,AA' } }, 'image/png'],
  [openaiChat, { type: 'image_url', image_url: { url: ' DATA:,my own text' } }, 'unknown type'],
  [openaiChat, { type: 'image_url', image_url: { url: 'data:my/own-text;base64,AA' } }, 'unknown type'],
  [openaiChat, { type: 'image_url', image_url: { url: 'https://x.example.com/a.png' } }, 'unknown type'],
  [openaiChat, { type: 'image_url', image_url: 'https://x.example.com/a.png' }, 'unknown type'],
  [openaiChat, { type: 'video_url', video_url: { url: 'data:video/mp4;base64,AA' } }, 'video/mp4'],
  [openaiChat, { type: 'input_audio', input_audio: { data: 'AA', format: 'wav' } }, 'audio/wav'],
  [openaiChat, { type: 'input_audio', input_audio: { data: 'AA', format: 'my own' } }, 'unknown type'],
  [openaiChat, { type: 'file', file: { file_data: 'data:application/pdf;base64,AA' } }, 'application/pdf'],
  [openaiChat, { type: 'file', file: { file_data: 'AA' } }, 'unknown type'],
  [anthropicMessages, { type: 'image', source: { type: 'base64', media_type: 'image/png' } }, 'image/png'],
  [anthropicMessages, { type: 'image', source: { type: 'base64', media_type: 'my/own' } }, 'unknown type'],
  [anthropicMessages, { type: 'image', source: { type: 'base64' } }, 'unknown type'],
  [
    anthropicMessages,
    { type: 'image', source: { type: 'url', url: 'https://x.example.com' } },
    'unknown type',
  ],
  [
    anthropicMessages,
    {
      type: 'tool_result',
      content: [{ type: 'document', source: { type: 'base64', media_type: 'application/pdf' } }],
    },
    'application/pdf',
  ],
]

for (const [dialect, part, mediaType] of unreadRows) {
  test(`${dialect.name}: ${JSON.stringify(part)} is reported as unread`, () => {
    const { unread, segments } = dialect.read({
      ...message({}),
      messages: [{ role: 'user', content: [part] }],
    })
    assert.deepEqual(
      unread.map((each) => each.mediaType),
      [mediaType],
    )
    const address = /https:[^"]+/.exec(JSON.stringify(part))?.[0]
    if (address !== undefined) assert.ok(segments.some((segment) => valueIn(segment) === address))
  })
}

const readCode = (dialect: Dialect, body: JsonObject): string => {
  try {
    dialect.read(body)
    return 'read'
  } catch (error) {
    assert.ok(error instanceof Refusal)
    return error.code
  }
}

test('openai: what the provider would keep is refused, however it is asked for', () => {
  for (const store of [true, 'true', 1, {}, []])
    assert.equal(readCode(openaiChat, chat({ store })), 'state-on-server')
  for (const store of [false, null]) assert.equal(readCode(openaiChat, chat({ store })), 'read')
  assert.equal(
    readCode(openaiChat, chat({ messages: [{ role: 'assistant', content: null, audio: { id: 'a' } }] })),
    'state-on-server',
  )
})

test('anthropic: a file by its id is refused wherever a block may stand, and is data inside arguments', () => {
  const file: JsonObject = { type: 'document', source: { type: 'file', file_id: 'f' } }
  assert.equal(readCode(anthropicMessages, block('user', file)), 'state-on-server')
  assert.equal(readCode(anthropicMessages, message({ system: [file] })), 'state-on-server')
  const inResult: JsonObject = { type: 'tool_result', content: [file] }
  assert.equal(readCode(anthropicMessages, block('user', inResult)), 'state-on-server')
  const upload: JsonObject = { type: 'container_upload', file_id: 'f' }
  assert.equal(readCode(anthropicMessages, block('user', upload)), 'state-on-server')
  const call: JsonObject = { type: 'tool_use', id: 'i', name: 'n', input: { file_id: 'f' } }
  assert.equal(readCode(anthropicMessages, block('assistant', call)), 'read')
})
