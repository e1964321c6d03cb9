import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readJsonObject } from './read-json.ts'
import { Refusal } from './refusal.ts'

const read = (text: string | Buffer, depth = 100) => readJsonObject(Buffer.from(text as string), depth)
const problemOf = (text: string | Buffer, depth = 100): string => {
  try {
    read(text, depth)
  } catch (error) {
    assert.ok(error instanceof Refusal, String(error))
    assert.match(error.code, /^(json-invalid|body-empty)$/)
    return error.message
  }
  return assert.fail('it was read')
}

test('an object is read as JSON.parse reads it', () => {
  const text = '{"a":[1,{"b":"\\u00e9 \\" : {"}],"c":{"d":null,"e":{}},"":"x","long":"\\\\"}'
  assert.deepEqual(read(text), JSON.parse(text))
})

test('an empty body says that it is empty', () => {
  assert.match(problemOf(''), /no body/)
})

test('bytes that are not UTF-8 are refused', () => {
  assert.match(problemOf(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])), /not UTF-8/)
})

test('a body that is not an object is refused', () => {
  for (const text of ['[]', '1', '"x"', 'null', 'true', '1e400', '12345678901234567890'])
    assert.match(problemOf(text), /must be an object/)
})

test('broken JSON says so and never repeats the body', () => {
  const problem = problemOf('{"password": hunter2}')
  assert.match(problem, /breaks/)
  assert.doesNotMatch(problem, /hunter2/)
  assert.match(problemOf('{"a":'), /too early/)
})

test('the same key twice in one object is refused and named, at any depth and however it is escaped', () => {
  assert.match(problemOf('{"model":"a","model":"b"}'), /"model" stands twice/)
  assert.match(problemOf('{"x":[{"role":"a","r\\u006fle":"b"}]}'), /"role" stands twice/)
})

test('a key that stands twice is not repeated when it may be somebody’s data', () => {
  for (const key of ['ada@example.com', '4111 1111 1111 1111', 'x'.repeat(61), '']) {
    const problem = problemOf(`{"${key}":1,"${key}":2}`)
    assert.match(problem, /a key stands twice/)
  }
})

test('the same key in two different objects is fine', () => {
  assert.deepEqual(read('{"a":{"k":1},"b":{"k":2},"c":[{"k":3},{"k":4}]}').c, [{ k: 3 }, { k: 4 }])
})

test('a colon or a brace inside a string does not count', () => {
  assert.deepEqual(read('{"a":"b:c{[]}:\\":"}'), { a: 'b:c{[]}:":' })
})

test('depth is bounded before anything recurses, at 100,000 levels as at 101', () => {
  const deep = (levels: number) => `{"a":${'['.repeat(levels)}${']'.repeat(levels)}}`
  assert.match(problemOf(deep(100_000)), /nested deeper than 100/)
  assert.match(problemOf(deep(100)), /nested deeper than 100/)
  assert.equal(typeof read(deep(99)), 'object')
  assert.match(problemOf('{"a":'.repeat(100_000)), /nested deeper/)
})

test('half of a surrogate pair is refused in values and in keys, a whole pair is fine', () => {
  assert.match(problemOf('{"a":"\\ud800"}'), /surrogate/)
  assert.match(problemOf('{"a":"\\uDE00 x"}'), /surrogate/)
  assert.match(problemOf('{"\\ud83d":1}'), /surrogate/)
  assert.deepEqual(read('{"a":"\\ud83d\\ude00"}'), { a: '😀' })
})

test('a key called __proto__ is refused, also when it is written with an escape', () => {
  assert.match(problemOf('{"a":{"__proto__":{"x":1}}}'), /__proto__/)
  assert.match(problemOf('{"\\u005f_proto__":1}'), /__proto__/)
})

test('an unfinished string with a million backslashes is refused without delay', () => {
  assert.match(problemOf(`{"a":"${'\\'.repeat(1_000_001)}`), /not valid JSON/)
  assert.match(problemOf(`{"a":"${'\\"'.repeat(200_000)}`), /not valid JSON/)
})

test('a mark before the text, and anything behind it, is refused', () => {
  assert.match(problemOf('\ufeff{"a":1}'), /not valid JSON/)
  for (const rest of ['{}', ',', '\0', 'x', '}']) assert.match(problemOf(`{"a":1}${rest}`), /not valid JSON/)
})
