import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { JsonObject, JsonValue } from '#/core/json.ts'
import { parseJson } from '#/core/parse-json.ts'
import { processorMs } from '#/core/test-processor-time.ts'
import type { ChatSegment } from './api.ts'
import { patchBody, type TextEdit } from './patch.ts'
import { changeTo, valueIn } from './test-edits.ts'
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
  const walk = (body: JsonObject): ChatSegment[] =>
    walkJson(body, { channel: 'user' }, () => ({ channel: 'user', isJsonText: true })).segments
  for (let round = 0; round < 300; round++) {
    const body: JsonObject = { a: make(3), b: make(3) }
    const segments = walk(body).filter(({ part }) => part === 'value')
    const chosen = new Set(segments.filter(() => random(3) === 0))
    const edits = [...chosen].map((segment, index) => changeTo(segment, `changed ${index}`))
    const expected = segments.map((segment) =>
      chosen.has(segment) ? `changed ${[...chosen].indexOf(segment)}` : valueIn(segment),
    )
    const patched = walk(patchBody(body, edits)).filter(({ part }) => part === 'value')
    assert.deepEqual(patched.map(valueIn), expected)
  }
})

test('of a member that was read with its name, the value alone takes the new text', () => {
  const body: JsonObject = { password: 'old', phone: 12_345_678 }
  const [password, , phone] = walkJson(body, { channel: 'user' }, () => undefined).segments
  assert.ok(password?.isLed && phone?.isLed)
  assert.deepEqual(
    patchBody(body, [
      { segment: password, text: '"password": "[SECRET]"' },
      { segment: phone, text: '"phone": "[PHONE]"' },
    ]),
    { password: '[SECRET]', phone: '[PHONE]' },
  )
})

test('where only the name had to change, the value stays what it is', () => {
  const body: JsonObject = { falcon: 12_345_678, text: '{"falcon":1234567890123456789,"a":"b"}' }
  const [led, name] = walkJson(body, { channel: 'user' }, () => undefined).segments
  assert.ok(led !== undefined && name?.part === 'key')
  assert.equal(
    JSON.stringify(
      patchBody(body, [
        { segment: led, text: '"[TERM]": "12345678"' },
        { segment: name, text: '[TERM]' },
      ]),
    ),
    '{"[TERM]":12345678,"text":"{\\"falcon\\":1234567890123456789,\\"a\\":\\"b\\"}"}',
  )
})

test('a change over the end of a name is an error: it cannot be put back', () => {
  const segment = { path: ['password'], part: 'value', isLed: true } as const
  assert.throws(() => patchBody({ password: 'old' }, [{ segment, text: '[SECRET]' }]), /over the end/)
})

test('ids with more digits than a number holds survive beside a change in the same JSON text', () => {
  const source = '{"id":1234567890123456789,"who":"Ada","ratio":1.0}'
  const patched = patchBody({ arguments: source }, [edit(['arguments'], 'EMAIL_1', { inner: ['who'] })])
  assert.equal(patched['arguments'], '{"id":1234567890123456789,"who":"EMAIL_1","ratio":1.0}')
})

test('a number in a JSON text that changes becomes a text, however it was written', () => {
  const patched = patchBody({ arguments: '{"card":4.111111111111111e15}' }, [
    edit(['arguments'], '[CARD]', { inner: ['card'] }),
  ])
  assert.equal(patched['arguments'], '{"card":"[CARD]"}')
})

test('signs that JSON escapes, and halves of surrogate pairs, survive beside a change', () => {
  const source = JSON.stringify({ a: 'line\n"quoted" \\ \u2028 \ud83d', b: 'x' })
  const patched = patchBody({ arguments: source, c: '\ud83d "' }, [
    edit(['arguments'], 'y', { inner: ['b'] }),
  ])
  assert.deepEqual(JSON.parse(patched['arguments'] as string), {
    a: 'line\n"quoted" \\ \u2028 \ud83d',
    b: 'y',
  })
  assert.equal(patched['c'], '\ud83d "')
})

test('an object renamed with all below it takes the changes below it along', () => {
  const patched = patchBody({ a: { b: { c: 'd' } } }, [
    edit(['a'], 'A', { part: 'key' }),
    edit(['a', 'b'], 'B', { part: 'key' }),
    edit(['a', 'b', 'c'], 'C', { part: 'key' }),
    edit(['a', 'b', 'c'], 'D'),
  ])
  assert.deepEqual(patched, { A: { B: { C: 'D' } } })
})

test('a name is not taken from a prototype, and none is changed', () => {
  const body = JSON.parse('{"constructor":"a","toString":"b","x":1}') as JsonObject
  const patched = patchBody(body, [
    edit(['constructor'], 'A'),
    edit(['toString'], 'hasOwnProperty', { part: 'key' }),
  ])
  assert.equal(JSON.stringify(patched), '{"constructor":"A","hasOwnProperty":"b","x":1}')
  assert.throws(() => patchBody({}, [edit(['hasOwnProperty'], 'x')]), /nothing/)
})

test('twenty thousand changes in one body take no longer than a moment', () => {
  const list = Array.from({ length: 20_000 }, (_, index) => `text ${index}`)
  const startedAt = processorMs()
  const patched = patchBody(
    { list },
    list.map((_, index) => edit(['list', index], 'changed')),
  )
  assert.ok(processorMs() - startedAt < 1_000)
  assert.ok((patched['list'] as string[]).every((text) => text === 'changed'))
})

test('a number longer than a double holds stays as it was beside a change, and becomes a text where it changes', () => {
  const body = parseJson('{"a":1234567890123456789,"account":9876543210987654321,"b":"x"}', 100, 'body')
  const led = (text: string) => edit(['account'], `"account": "${text}"`, { isLed: true })
  const patched = patchBody(body as JsonObject, [edit(['b'], 'y'), led('9876543210987654321')])
  assert.equal(JSON.stringify(patched), '{"a":1234567890123456789,"account":9876543210987654321,"b":"y"}')
  assert.equal(
    JSON.stringify(patchBody(body as JsonObject, [led('[IBAN]')])).slice(25, 43),
    '"account":"[IBAN]"',
  )
})
