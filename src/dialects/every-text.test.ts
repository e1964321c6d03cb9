import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ChatRequest, Dialect } from '#/chat/api.ts'
import { patchBody } from '#/chat/patch.ts'
import { changeTo, valueIn } from '#/chat/test-edits.ts'
import type { JsonObject, JsonValue } from '#/core/json.ts'
import { Refusal } from '#/core/refusal.ts'
import type { JsonPath } from '#/core/segment.ts'
import { dialects } from './index.ts'
import { richBodies } from './test-bodies.ts'

/**
 * Nothing leaves without having been looked at: whatever stands anywhere in a body is a text that is inspected, a part
 * that is reported as unread, or a reason to refuse the request. Gone through place by place, not by sample.
 */

const marker = 'marked ines.halvard@example.com'
const card = 4_111_111_111_111_111

/** Every place of a value: members and items, containers too. */
function places(value: JsonValue, path: JsonPath = []): JsonPath[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.keys(value).flatMap((key) => {
    const step = Array.isArray(value) ? Number(key) : key
    return [[...path, step], ...places((value as JsonObject)[key] as JsonValue, [...path, step])]
  })
}

function at(body: JsonObject, path: JsonPath): JsonValue {
  let value: JsonValue = body
  for (const step of path) value = (value as JsonObject)[step] as JsonValue
  return value
}

function withValue(body: JsonObject, path: JsonPath, value: JsonValue): JsonObject {
  const copy = structuredClone(body)
  const holder = at(copy, path.slice(0, -1)) as JsonObject
  holder[path.at(-1) as string] = value
  return copy
}

const read = (dialect: Dialect, body: JsonObject): ChatRequest | Refusal => {
  try {
    return dialect.read(body)
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}

const isBelow = (path: JsonPath, above: JsonPath): boolean =>
  above.every((step, index) => path[index] === step)

function assertSeen(dialect: Dialect, body: JsonObject, path: JsonPath, text: string): void {
  const seen = read(dialect, body)
  if (seen instanceof Refusal) return
  const isInSegment = seen.segments.some((segment) => segment.text.includes(text))
  const isUnread = seen.unread.some((part) => isBelow(path, part.path))
  assert.ok(isInSegment || isUnread, `${dialect.name}: nobody looks at ${path.join('.')}`)
}

const wrappings: readonly (readonly [string, (value: JsonValue) => JsonValue])[] = [
  ['itself', (value) => value],
  ['in a list', (value) => [value]],
  ['in an object', (value) => ({ type: 'text', text: value })],
  ['under an unknown name', (value) => ({ somethingNew: { deeper: [value] } })],
]

for (const dialect of dialects) {
  const body = richBodies[dialect.name]

  test(`${dialect.name}: the body that uses everything is read`, () => {
    const seen = read(dialect, body)
    assert.ok(!(seen instanceof Refusal), seen instanceof Refusal ? seen.message : '')
    assert.ok(seen.segments.length > 30)
  })

  for (const [how, wrap] of wrappings) {
    test(`${dialect.name}: a text put anywhere, ${how}, is looked at`, () => {
      for (const path of places(body)) assertSeen(dialect, withValue(body, path, wrap(marker)), path, marker)
    })

    test(`${dialect.name}: a card number put anywhere as a number, ${how}, is looked at`, () => {
      for (const path of places(body))
        assertSeen(dialect, withValue(body, path, wrap(card)), path, String(card))
    })
  }

  test(`${dialect.name}: a name of a member that is somebody's data is looked at, wherever it stands`, () => {
    for (const path of [[], ...places(body)]) {
      const holder = at(body, path)
      if (typeof holder !== 'object' || holder === null || Array.isArray(holder)) continue
      assertSeen(dialect, withValue(body, [...path, marker], 1), path, marker)
    }
  })

  test(`${dialect.name}: texts inside arguments written as JSON are looked at one by one`, () => {
    for (const path of places(body)) {
      if (path.at(-1) !== 'arguments') continue
      const source = JSON.stringify({ a: [{ b: marker }], [marker]: card })
      const seen = read(dialect, withValue(body, path, source))
      assert.ok(!(seen instanceof Refusal))
      const inside = seen.segments.filter(({ inner }) => inner !== undefined)
      assert.ok(inside.some((segment) => valueIn(segment) === marker && segment.part === 'value'))
      assert.ok(inside.some(({ text, part }) => text === marker && part === 'key'))
      assert.ok(inside.some((segment) => valueIn(segment) === String(card)))
    }
  })

  test(`${dialect.name}: every text that may change can be changed, and nothing else does`, () => {
    const seen = dialect.read(body)
    for (const segment of seen.segments) {
      if (segment.isFixed) continue
      const changed = patchBody(body, [changeTo(segment, 'CHANGED')])
      const again = dialect.read({ ...changed, model: 'west' })
      const texts = again.segments.map(valueIn)
      assert.ok(texts.includes('CHANGED'), segment.path.join('.'))
      assert.equal(texts.length, seen.segments.length, segment.path.join('.'))
    }
    assert.deepEqual(dialect.read(body), seen, 'the body that was given is as it was')
  })

  test(`${dialect.name}: pictures and files are reported as unread, wherever a part may stand`, () => {
    const parts: readonly JsonObject[] =
      dialect.name === 'openai-chat'
        ? [
            { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } },
            { type: 'input_audio', input_audio: { data: 'AAAA', format: 'wav' } },
            { type: 'file', file: { filename: 'a.pdf', file_data: 'data:application/pdf;base64,AAAA' } },
          ]
        : [
            { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AAAA' } },
            { type: 'document', source: { type: 'base64', media_type: 'application/pdf', data: 'AAAA' } },
          ]
    for (const part of parts) {
      const seen = read(dialect, withValue(body, ['messages', 2, 'content'], [part]))
      assert.ok(!(seen instanceof Refusal))
      const own = seen.unread.filter(({ path }) => path[1] === 2)
      assert.equal(own.length, 1, JSON.stringify(part))
    }
  })

  test(`${dialect.name}: state a provider keeps is refused`, () => {
    const states: readonly JsonObject[] =
      dialect.name === 'openai-chat'
        ? [{ store: true }, { previous_response_id: 'resp_1' }, { conversation: 'conv_1' }]
        : [{ container: 'container_1' }]
    for (const state of states) {
      const seen = read(dialect, { ...body, ...state })
      assert.ok(seen instanceof Refusal && seen.code === 'state-on-server', JSON.stringify(state))
    }
    const file: JsonObject =
      dialect.name === 'openai-chat'
        ? { type: 'file', file: { file_id: 'file-1' } }
        : { type: 'document', source: { type: 'file', file_id: 'file_1' } }
    const seen = read(dialect, withValue(body, ['messages', 2, 'content'], [file]))
    assert.ok(seen instanceof Refusal && seen.code === 'state-on-server')
  })

  test(`${dialect.name}: bytes only count as sealed by the provider when they look like it`, () => {
    const signed = places(body).filter((path) => path.at(-1) === 'signature')
    for (const path of signed) {
      const text = 'my password is hunter2 and my card is 4111 1111 1111 1111'
      assertSeen(dialect, withValue(body, path, text), path, text)
    }
  })
}
