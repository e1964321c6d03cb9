import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { JsonObject } from '#/core/json.ts'
import { parseJson } from '#/core/parse-json.ts'
import { readContainer } from './json-text.ts'
import { type Look, walkJson } from './walk.ts'

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
  assert.deepEqual(textsOf({ type: 'text', format: 'json_schema', name: 'web_search' }, look).length, 1)
  assert.deepEqual(textsOf({ type: 'text', format: 'json_schema', effort: 'high' }, look), [])
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

test('a name that only looks like a word of the protocol is a text', () => {
  for (const name of ['web_search_20250305', 'project_falcon_20250305', 'Text', 'text ', 'user\n']) {
    for (const seen of ['setting', 'word'] as const) {
      const { segments } = walk({ type: name }, () => seen)
      assert.deepEqual(
        segments.map(({ text, isFixed }) => [text, isFixed]),
        [[name, true]],
        name,
      )
    }
  }
})

test('where one word belongs, nothing else passes: what is not a word is looked at like everywhere', () => {
  const look: Look = (key) => (key === 'type' ? 'word' : undefined)
  assert.deepEqual(textsOf({ type: 'text', content: { type: 'image' } }, look), [])
  const { segments } = walk({ type: { nested: ['x@example.com', 219_099_999] } }, look)
  assert.deepEqual(
    segments.map(({ text, channel, isFixed }) => [text, channel, isFixed]),
    [
      ['x@example.com', 'user', true],
      ['219099999', 'user', true],
      ['nested', 'user', undefined],
    ],
  )
})

test('a setting may count far, yet not as far as a card', () => {
  const look: Look = () => 'setting'
  assert.deepEqual(textsOf({ seed: 4_294_967_295, stop: 1_790_000_000 }, look), [])
  assert.deepEqual(textsOf({ seed: 4_111_111_111_111_111 }, look), ['seed=4111111111111111'])
})

test('sealed bytes are left alone only when they look like bytes', () => {
  const look: Look = () => 'sealed'
  assert.deepEqual(textsOf({ signature: 'A'.repeat(80) }, look), [])
  assert.deepEqual(textsOf({ signature: `${'A'.repeat(80)}==` }, look), [])
  assert.deepEqual(textsOf({ signature: 'short' }, look), ['signature=short'])
  assert.deepEqual(textsOf({ signature: `${'A'.repeat(80)} and words` }, look).length, 1)
  assert.equal(textsOf({ signature: `sk-${'a'.repeat(90)}` }, look).length, 1, 'a key of a vendor is a text')
  const byName: Look = (key) => (key === 'signature' ? 'sealed' : undefined)
  assert.equal(textsOf({ signature: ['A'.repeat(80)] }, byName).length, 1, 'only a text of its own is sealed')
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
    {
      text: '"who": "Ada"',
      isLed: true,
      channel: 'tool-arguments',
      part: 'value',
      path: ['arguments'],
      inner: ['who'],
    },
    { text: 'who', channel: 'tool-arguments', part: 'key', path: ['arguments'], inner: ['who'] },
    {
      text: '"card": "4111111111111111"',
      isLed: true,
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

test('a part that cannot be read may have texts beside it', () => {
  const look: Look = (key) => (key === 'url' ? { unread: 'image/png', isWalked: true } : undefined)
  const { segments, unread } = walk({ url: 'https://x.example.com/a.png' }, look)
  assert.equal(unread.length, 1)
  assert.deepEqual(
    segments.map(({ text }) => text),
    ['https://x.example.com/a.png'],
  )
})

test('a JSON text that names a member twice is a text as it stands: nobody knows which one the model reads', () => {
  const look: Look = () => ({ channel: 'tool-arguments', isJsonText: true })
  const text = '{"to":"ines@example.com","to":"nobody"}'
  assert.deepEqual(
    walk({ arguments: text }, look).segments.map(({ text: found, inner }) => [found, inner]),
    [[text, undefined]],
  )
})

test('what escapes hide in a JSON text that cannot be taken apart is looked at too, and may not change', () => {
  const look: Look = () => ({ channel: 'tool-arguments', isJsonText: true })
  const { segments } = walk({ arguments: '{"to":"ines\\u0040example.com","to":1}' }, look)
  assert.deepEqual(
    segments.map(({ text, isFixed }) => [text, isFixed]),
    [
      ['{"to":"ines@example.com","to":1}', true],
      ['{"to":"ines\\u0040example.com","to":1}', undefined],
    ],
  )
})

test('a value is read with the name it stands under, unless the name is a word of the protocol', () => {
  assert.deepEqual(textsOf({ password: 'Tr0ub4dor', text: 'b', items: [{ phone: 12_345_678 }] }), [
    'password="password": "Tr0ub4dor"',
    'password=password',
    'text=b',
    'items.0.phone="phone": "12345678"',
    'items.0.phone=phone',
  ])
})

test('a name that could end too early, or that is no name, is not read with its value', () => {
  for (const name of ['a": "b', 'x'.repeat(65), 'a\nb', '1st', 'ada@example.com', 'a:b', '日'.repeat(70)]) {
    const { segments } = walk({ [name]: 'v' })
    assert.deepEqual(
      segments.map(({ text, isLed }) => [text, isLed]),
      [
        ['v', undefined],
        [name, undefined],
      ],
      name,
    )
  }
})

test('a number longer than a double holds is looked at digit by digit, in a body and in a JSON text', () => {
  const digits = '6304000000000000017'
  const look: Look = (key) =>
    key === 'arguments'
      ? { channel: 'tool-arguments', isJsonText: true }
      : key === 'seed'
        ? 'setting'
        : undefined
  const body = `{"input":${digits},"arguments":"[${digits}]","seed":${digits}}`
  const { segments } = walkJson(parseJson(body, 100, 'body') as JsonObject, { channel: 'user' }, look)
  assert.deepEqual(
    segments.filter(({ part }) => part === 'value').map(({ text }) => text),
    [digits, digits, digits],
  )
})
