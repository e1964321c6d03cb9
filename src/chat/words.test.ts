import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isOpaque, isProtocolKey, isProtocolValue } from './words.ts'

test('names and values of the protocols are known', () => {
  for (const key of ['role', 'content', 'tool_call_id', 'input_schema', '$defs', 'cache_control'])
    assert.ok(isProtocolKey(key), key)
  for (const value of ['text', 'user', 'tool_use', 'json_schema', 'ephemeral', 'high'])
    assert.ok(isProtocolValue(value), value)
})

test('a word is known as it is written, and not by how it begins', () => {
  for (const word of [
    'Role',
    'role ',
    'roles',
    'content\n',
    'ada@example.com',
    'password',
    'constructor',
    '__proto__',
  ])
    assert.ok(!isProtocolKey(word), word)
  for (const word of ['Text', 'text ', 'texts', 'web_search_20250305', 'toString', '4111111111111111'])
    assert.ok(!isProtocolValue(word), word)
})

test('what is shorter than any finding needs no list', () => {
  for (const word of ['', 'a', 'ab']) assert.ok(isProtocolKey(word) && isProtocolValue(word))
  assert.ok(!isProtocolKey('abc') && !isProtocolValue('abc'))
})

test('sealed bytes are long, and base64 alone', () => {
  const bytes = 'EqQBCgIYAhIkNmY2'.repeat(5)
  for (const sealed of [bytes, `${bytes}A==`, `${bytes}+/=`, bytes.repeat(1_000)]) assert.ok(isOpaque(sealed))
  for (const text of [
    '',
    bytes.slice(1),
    `${bytes} `,
    `${bytes}\n`,
    `${bytes}===`,
    `${bytes}-_`,
    `=${bytes}`,
  ])
    assert.ok(!isOpaque(text), text.slice(-20))
})

test('keys of vendors never count as sealed bytes', () => {
  const body = 'aB3'.repeat(60)
  for (const start of [
    'sk-',
    'sk-proj-',
    'ghp_',
    'github_pat_',
    'xoxb-',
    'AIza-',
    'glpat-',
    'eyJhbGciOiJIUzI1NiJ9.',
  ])
    assert.ok(!isOpaque(start + body), start)
  for (const length of [20, 36, 40, 43, 64]) assert.ok(!isOpaque(body.slice(0, length)), String(length))
})
