import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { JsonObject, JsonValue } from '#/core/json.ts'
import { patchBody, type TextEdit } from './patch.ts'
import { walkJson } from './walk.ts'

const edit = (
  path: (string | number)[],
  text: string,
  more: Partial<TextEdit['segment']> = {},
): TextEdit => ({
  segment: { path, part: 'value', ...more },
  text,
})

test('a text takes the place of another; the body that was given stays as it was', () => {
  const body: JsonObject = { messages: [{ content: 'a' }, { content: 'b' }], other: { kept: [1] } }
  const patched = patchBody(body, [edit(['messages', 1, 'content'], 'B')])
  assert.deepEqual(patched, { messages: [{ content: 'a' }, { content: 'B' }], other: { kept: [1] } })
  assert.deepEqual(body['messages'], [{ content: 'a' }, { content: 'b' }])
})

test('what has no edit is shared, not copied', () => {
  const body: JsonObject = { messages: [{ content: 'a' }, { content: 'b' }], other: { kept: [1] } }
  const patched = patchBody(body, [edit(['messages', 1, 'content'], 'B')])
  assert.equal(patched['other'], body['other'])
  assert.equal((patched['messages'] as JsonValue[])[0], (body['messages'] as JsonValue[])[0])
})

test('a number that changes becomes a text', () => {
  assert.deepEqual(patchBody({ card: 4_111 }, [edit(['card'], '[CARD]')]), { card: '[CARD]' })
})

test('a name of a member changes in its place; members keep their order and their values', () => {
  const patched = patchBody({ a: 1, secret: { b: 'c' }, d: 2 }, [
    edit(['secret'], '[NAME]', { part: 'key' }),
    edit(['secret', 'b'], 'C'),
  ])
  assert.equal(JSON.stringify(patched), '{"a":1,"[NAME]":{"b":"C"},"d":2}')
})

test('two names masked alike both stay', () => {
  const patched = patchBody({ one: 1, two: 2, '[X]': 3 }, [
    edit(['one'], '[X]', { part: 'key' }),
    edit(['two'], '[X]', { part: 'key' }),
  ])
  assert.deepEqual(Object.values(patched).sort(), [1, 2, 3])
  assert.equal(Object.keys(patched).length, 3)
})

test('edits inside a JSON text write that text anew, several at once', () => {
  const body: JsonObject = { arguments: '{"who": "Ada", "list": ["x", 5]}', more: 'm' }
  const patched = patchBody(body, [
    edit(['arguments'], 'EMAIL_1', { inner: ['who'] }),
    edit(['arguments'], 'Y', { inner: ['list', 0] }),
    edit(['arguments'], 'whom', { inner: ['who'], part: 'key' }),
    edit(['more'], 'M'),
  ])
  assert.deepEqual(JSON.parse(patched['arguments'] as string), { whom: 'EMAIL_1', list: ['Y', 5] })
  assert.equal(patched['more'], 'M')
})

test('an edit whose place is not there is an error, not a silent nothing', () => {
  const body: JsonObject = { a: { b: 'c' } }
  assert.throws(() => patchBody(body, [edit(['a', 'x'], 'y')]), /nothing at a\.x/)
  assert.throws(() => patchBody(body, [edit(['x', 'b'], 'y')]), /nothing at x\.b/)
  assert.throws(() => patchBody(body, [edit(['a', 'b', 'c'], 'y')]), /nothing/)
  assert.throws(() => patchBody(body, [edit(['a', 'x'], 'y', { part: 'key' })]), /no key/)
  assert.throws(() => patchBody(body, [edit(['a', 'b'], 'y', { inner: ['x'] })]), /no JSON text/)
  assert.throws(() => patchBody(body, [edit(['constructor'], 'y')]), /nothing/)
})

test('any set of edits leaves a body that reads as the edited texts, and all others as they were', () => {
  let seed = 3
  const random = (below: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
    return seed % below
  }
  const make = (depth: number): JsonValue => {
    const kind = random(depth > 0 ? 5 : 2)
    if (kind < 2) return `text ${random(1_000)}`
    if (kind === 2) return Array.from({ length: 1 + random(3) }, () => make(depth - 1))
    if (kind === 3) return JSON.stringify({ inside: make(0), [`k${random(9)} long`]: [make(0)] })
    return Object.fromEntries(
      Array.from({ length: 1 + random(3) }, (_, index) => [`member ${index}`, make(depth - 1)]),
    )
  }
  const walk = (body: JsonObject) =>
    walkJson(body, { channel: 'user' }, () => ({ channel: 'user', isJsonText: true })).segments
  for (let round = 0; round < 300; round++) {
    const body: JsonObject = { a: make(3), b: make(3) }
    const segments = walk(body).filter(({ part }) => part === 'value')
    const chosen = new Set(segments.filter(() => random(3) === 0))
    const edits = [...chosen].map((segment, index) => ({ segment, text: `changed ${index}` }))
    const expected = segments.map((segment) =>
      chosen.has(segment) ? `changed ${[...chosen].indexOf(segment)}` : segment.text,
    )
    const patched = walk(patchBody(body, edits)).filter(({ part }) => part === 'value')
    assert.deepEqual(
      patched.map(({ text }) => text),
      expected,
    )
  }
})
