import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isPlaceholder } from './placeholder.ts'

const placeholders = [
  'your-password',
  'YOUR_API_KEY',
  'my-secret-key',
  'insert-key-here',
  'changeme',
  'ChangeMe123',
  'password',
  'Password1',
  'passwd',
  'pw',
  'secret',
  'token12',
  'example',
  'redacted',
  'null',
  'undefined',
  'true',
  'dummy',
  'test123',
  `\${PASSWORD}`,
  '$PASSWORD',
  '{{ password }}',
  '<password>',
  '%s',
  '[password]',
  '********',
  'xxxxxxxx',
  'aaaaaaaa',
  'abc...xyz',
  'abc…',
  'sk-xxxxabc',
]

for (const value of placeholders) {
  test(`stands for a secret: ${value}`, () => assert.equal(isPlaceholder(value), true))
}

const secrets = [
  'hunter2x',
  'Tr0ub4dor&3x',
  'correct%20horse',
  'passwordless-9X',
  'testament7Q',
  's3cr3t-Pa55',
  'nullify8Z!',
  'yourself1Q!',
  'a$b{c}',
]

for (const value of secrets) {
  test(`is a secret itself: ${value}`, () => assert.equal(isPlaceholder(value), false))
}

test('only the beginning of a long value is looked at', () => {
  assert.equal(isPlaceholder(`a1${'b2'.repeat(200)}...`), false)
})
