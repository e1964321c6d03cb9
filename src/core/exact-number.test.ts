import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sourceOfNumber, textOfNumber } from './exact-number.ts'
import type { JsonObject } from './json.ts'
import { type JsonOrigin, parseJson } from './parse-json.ts'

const again = (text: string, origin: JsonOrigin = 'body'): string =>
  JSON.stringify(parseJson(text, 100, origin))

test('a number that a double would change writes itself as it was written', () => {
  for (const number of [
    '9007199254740993',
    '1234567890123456789',
    '-1234567890123456789',
    '0.12345678901234567890123',
    '1234567890123456789e3',
    '1e400',
    '-1E+400',
    '1e-400',
    '-0',
    '-0.0',
    '5e-324',
    '2e-323',
    '-3E-320',
  ]) {
    const text = `{"a":[${number},"${number}",7],"b":{"c":${number}}}`
    assert.equal(again(text), text)
  }
})

test('every other number is a number, however it is written', () => {
  const text =
    '[0,-1,1.0,0.10,1e3,1E5,0e400,9007199254740992,0.30000000000000004,1.7976931348623157e308,100000000000000000000]'
  assert.deepEqual(parseJson(text, 100, 'body'), JSON.parse(text))
  assert.deepEqual(parseJson('[1.00000000000000000000]', 100, 'body'), [1])
})

test('in a text inside a body, also the way a number is written stays', () => {
  const text = '{"a":[1.0,0.10,1E5,1e3,100,-0,1.50],"b":12345678901234567890.123}'
  assert.equal(again(text, 'text'), text)
})

test('blanks, order and names around a long number stay what JSON.parse makes of them', () => {
  assert.equal(
    again(' { "1234567890123456789" : 1234567890123456789 ,\n "b" : [ 1e400 ] , "": "\\ud83d\\ude00" } '),
    '{"1234567890123456789":1234567890123456789,"b":[1e400],"":"😀"}',
  )
})

test('a number is told from an object that looks like one that kept its source', () => {
  const { a, b } = parseJson('{"a":{"rawJSON":"1"},"b":1234567890123456789}', 100, 'body') as JsonObject
  assert.equal(sourceOfNumber(a), undefined)
  assert.equal(textOfNumber(a), undefined)
  assert.equal(sourceOfNumber(b), '1234567890123456789')
})

test('the digits of a number are what it is looked through for', () => {
  const digits = (text: string) => (parseJson(`[${text}]`, 100, 'body') as []).map(textOfNumber)
  assert.deepEqual(digits('1234567890123456789,-1234567890123456789'), [
    '1234567890123456789',
    '-1234567890123456789',
  ])
  assert.deepEqual(digits('4111111111111111.00,4.111111111111111E15,1e400,null'), [
    '4111111111111111',
    '4111111111111111',
    'Infinity',
    undefined,
  ])
})
