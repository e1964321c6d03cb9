import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { JsonObject } from '#/core/json.ts'
import { type Look, readContainer, walkJson } from './walk.ts'

const nowhere: Look = () => undefined
const walk = (value: JsonObject, look: Look = nowhere) => walkJson(value, { channel: 'user' }, look)
const textsOf = (value: JsonObject, look?: Look) =>
  walk(value, look).segments.map(({ text, path }) => `${path.join('.')}=${text}`)

test('strings are found in the order they stand, with the path to each', () => {
  assert.deepEqual(textsOf({ content: 'one', items: [{ text: 'two' }, ['three']] }), [
    'content=one',
    'items.0.text=two',
    'items.1.0=three',
  ])
})

test('names of members are texts unless they are words of the protocol', () => {
  const { segments } = walk({ content: 1, 'ada@example.com': 1 })
  assert.deepEqual(segments, [
    { text: 'ada@example.com', channel: 'user', path: ['ada@example.com'], part: 'key' },
  ])
})

test('numbers of eight digits and more are texts', () => {
  assert.deepEqual(textsOf({ index: 9_999_999, items: [10_000_000, -4_111_111_111_111_111, 0.5] }), [
    'items.0=10000000',
    'items.1=-4111111111111111',
  ])
})

test('empty strings, booleans and null are no texts', () => {
  assert.deepEqual(textsOf({ text: '', data: null, strict: true }), [])
})

test('a place holds for everything below it, until another is named', () => {
  const look: Look = (key) => (key === 'system' ? { channel: 'system', isFixed: true } : undefined)
  const { segments } = walk({ system: { text: 'a' }, content: 'b' }, look)
  assert.deepEqual(
    segments.map(({ channel, isFixed }) => [channel, isFixed]),
    [
      ['system', true],
      ['user', undefined],
    ],
  )
})

test('where a setting belongs, words of the protocol are none of our business and everything else is', () => {
  const look: Look = () => 'setting'
  assert.deepEqual(textsOf({ type: 'text', format: 'json_schema', name: 'web_search_20250305' }, look), [])
  const { segments } = walk(
    { type: 'call 4111', data: { text: ['x@example.com'] }, seed: 4_111_111_111_111_111 },
    look,
  )
  assert.deepEqual(
    segments.map(({ text }) => text),
    ['call 4111', 'x@example.com', '4111111111111111'],
  )
  assert.ok(segments.every(({ isFixed, channel }) => isFixed && channel === 'field'))
})

test('a date that is none, or a name with one that is a number, is no tool of a vendor', () => {
  const look: Look = () => 'setting'
  for (const name of ['web_search_20251399', 'web_search_41111111', 'Ada_20250305', 'web search_20250305']) {
    assert.equal(textsOf({ type: name }, look).length, 1, name)
  }
})

test('sealed bytes are left alone only when they look like bytes', () => {
  const look: Look = () => 'sealed'
  assert.deepEqual(textsOf({ signature: 'A'.repeat(60) }, look), [])
  assert.deepEqual(textsOf({ signature: 'short' }, look), ['signature=short'])
  assert.deepEqual(textsOf({ signature: `${'A'.repeat(60)} and words` }, look).length, 1)
})

test('a part that cannot be read is reported with its place, and not walked', () => {
  const look: Look = (key) => (key === 'source' ? { unread: 'image/png' } : undefined)
  const { segments, unread } = walk({ source: { data: 'AAAA' }, text: 'b' }, look)
  assert.deepEqual(unread, [{ path: ['source'], mediaType: 'image/png' }])
  assert.equal(segments.length, 1)
})

test('a JSON text has texts of its own, with the way on from it', () => {
  const look: Look = () => ({ channel: 'tool-arguments', isJsonText: true })
  const { segments } = walk({ arguments: '{"who":"Ada","card":4111111111111111}' }, look)
  assert.deepEqual(segments, [
    { text: 'Ada', channel: 'tool-arguments', part: 'value', path: ['arguments'], inner: ['who'] },
    { text: 'who', channel: 'tool-arguments', part: 'key', path: ['arguments'], inner: ['who'] },
    {
      text: '4111111111111111',
      channel: 'tool-arguments',
      part: 'value',
      path: ['arguments'],
      inner: ['card'],
    },
    { text: 'card', channel: 'tool-arguments', part: 'key', path: ['arguments'], inner: ['card'] },
  ])
})

test('a JSON text that is none, half, a plain value or too deep is a text as it stands', () => {
  const look: Look = () => ({ channel: 'tool-arguments', isJsonText: true })
  const deep = `${'['.repeat(200)}"x"${']'.repeat(200)}`
  for (const text of ['not json', '{"who":"A', '"only a string"', '42', deep]) {
    const { segments } = walk({ arguments: text }, look)
    assert.deepEqual(
      segments.map(({ text: found, inner }) => [found, inner]),
      [[text, undefined]],
      text.slice(0, 20),
    )
  }
  assert.equal(readContainer(deep), undefined)
})

test('the value is never changed', () => {
  const value: JsonObject = { content: ['a', { text: 'b' }] }
  const before = JSON.stringify(value)
  walk(value)
  assert.equal(JSON.stringify(value), before)
})
