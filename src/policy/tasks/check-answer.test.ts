import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { JsonValue } from '#/core/json.ts'
import { parseJson } from '#/core/parse-json.ts'
import type { AnswerSchema } from './api.ts'
import { checkAnswer } from './check-answer.ts'

const schema: AnswerSchema = {
  type: 'object',
  properties: {
    title: { type: 'string', maxLength: 5 },
    kind: { type: 'string', enum: ['a', 'b'] },
    count: { type: 'integer', minimum: 0, maximum: 9 },
    share: { type: 'number' },
    isOpen: { type: 'boolean' },
    items: {
      type: 'array',
      minItems: 1,
      maxItems: 2,
      items: { type: 'object', properties: {}, additionalProperties: false },
    },
  },
  required: ['title'],
}

const right: JsonValue = { title: '😀😀😀😀😀', kind: 'b', count: 9, share: 0.5, isOpen: false, items: [{}] }

test('a value that fits has no problem, and others may stand beside what is named', () => {
  assert.equal(checkAnswer(right, schema), undefined)
  assert.equal(checkAnswer({ title: 'x', more: [1] }, schema), undefined)
})

const wrongs: readonly (readonly [JsonValue, string])[] = [
  [[], '$'],
  [null, '$'],
  [{}, '$.title'],
  [{ title: 5 }, '$.title'],
  [{ title: 'toolong' }, '$.title'],
  [{ title: 'x', kind: 'c' }, '$.kind'],
  [{ title: 'x', count: 1.5 }, '$.count'],
  [{ title: 'x', count: -1 }, '$.count'],
  [{ title: 'x', count: 10 }, '$.count'],
  [{ title: 'x', count: '1' }, '$.count'],
  [{ title: 'x', share: null }, '$.share'],
  [{ title: 'x', isOpen: 0 }, '$.isOpen'],
  [{ title: 'x', items: {} }, '$.items'],
  [{ title: 'x', items: [] }, '$.items'],
  [{ title: 'x', items: [{}, {}, {}] }, '$.items'],
  [{ title: 'x', items: [{}, { constructor: 1 }] }, '$.items.1'],
]
for (const [value, path] of wrongs) {
  test(`${JSON.stringify(value)} is wrong at ${path}`, () => {
    assert.equal(checkAnswer(value, schema)?.path, path)
  })
}

test('a number that keeps its source is a number, and no object', () => {
  const value = parseJson('{"id":12345678901234567890}', 5, 'body')
  const properties = { id: { type: 'number', maximum: 1 } } as const
  assert.equal(checkAnswer(value, { type: 'object', properties: { id: { type: 'number' } } }), undefined)
  assert.equal(checkAnswer(value, { type: 'object', properties })?.path, '$.id')
  assert.equal(
    checkAnswer(value, { type: 'object', properties: { id: { type: 'object', properties: {} } } })?.path,
    '$.id',
  )
})
