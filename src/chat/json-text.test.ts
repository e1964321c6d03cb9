import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { JsonObject } from '#/core/json.ts'
import { processorMs } from '#/core/test-processor-time.ts'
import { readContainer, withoutEscapes } from './json-text.ts'

test('objects and lists are containers, also with blanks around them', () => {
  for (const text of ['{}', '[]', ' {"a":1} ', '\n[{"a":[{}]},"b"]', '{"a:b":"c:d","e\\":":1}']) {
    assert.deepEqual(readContainer(text), JSON.parse(text), text)
  }
})

test('anything else is none', () => {
  for (const text of ['', 'null', '1', '"a"', 'a', '{', '[1,]', "{'a':1}", '{"a":1}{"b":2}', '// {}']) {
    assert.equal(readContainer(text), undefined, text)
  }
})

test('a name that stands twice in one object makes it none; in two objects it may', () => {
  for (const text of [
    '{"a":1,"a":1}',
    '[{"b":{"a":1,"\\u0061":2}}]',
    '{"a":{"b":1},"a":{"b":2,"c":3}}',
    '{"":1,"":2}',
  ]) {
    assert.equal(readContainer(text), undefined, text)
  }
  assert.notEqual(readContainer('[{"a":1},{"a":2}]'), undefined)
})

test('a member called __proto__ makes it none, however it is written', () => {
  for (const text of ['{"__proto__":{"a":1}}', '{"\\u005f_proto__":1}', '[{"a":{"__proto__":"x"}}]']) {
    assert.equal(readContainer(text), undefined, text)
  }
  assert.notEqual(readContainer('{"a":"__proto__","constructor":1}'), undefined)
})

test('a hundred levels are walked, more are not', () => {
  const nested = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`
  assert.notEqual(readContainer(nested(100)), undefined)
  assert.equal(readContainer(nested(101)), undefined)
  assert.equal(readContainer(nested(100_000)), undefined)
})

test('a long text costs in proportion to its length', () => {
  const text = JSON.stringify({
    list: Array.from({ length: 20_000 }, (_, index) => ({ index, text: '":{' })),
  })
  const startedAt = processorMs()
  assert.notEqual(readContainer(text), undefined)
  assert.ok(processorMs() - startedAt < 500)
})

test('numbers write themselves as they stood', () => {
  for (const text of [
    '{"id":1234567890123456789,"a":"b"}',
    '[1.0,-0,1e400,0.10,1E5,12345678901234567890.123]',
    '{"a":[{"b":100000000000000000000000}]}',
  ]) {
    assert.equal(JSON.stringify(readContainer(text)), text)
  }
})

test('numbers that are what they look like stay numbers', () => {
  assert.deepEqual(readContainer('{"a":1,"b":[0.5,-7]}'), { a: 1, b: [0.5, -7] } satisfies JsonObject)
})

test('escapes are read as a reader of JSON would', () => {
  assert.equal(withoutEscapes('M\\u00fcller \\u0040 https:\\/\\/x'), 'Müller @ https://x')
  assert.equal(withoutEscapes('{"a":"\\u0022"}'), '{"a":"""}')
  assert.equal(withoutEscapes('a\\\\u0040 \\u0041'), 'a\\u0040 A', 'an escaped backslash begins no escape')
})

test('a text without escapes that hide something has no other reading', () => {
  for (const text of ['', 'plain', 'a\\nb', 'C:\\users', '\\u12', '\\uzzzz']) {
    assert.equal(withoutEscapes(text), undefined, text)
  }
})
