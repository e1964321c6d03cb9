import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatUserCode, newUserCode, readUserCode } from './user-code.ts'

test('a code is read back however a person types it', () => {
  const code = newUserCode()
  const shown = formatUserCode(code)
  assert.match(shown, /^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$/)
  for (const typed of [
    code,
    shown,
    shown.toLowerCase(),
    ` ${shown} `,
    shown.replace('-', ' '),
    [...code].join('.'),
  ])
    assert.equal(readUserCode(typed), code, typed)
})

test('what cannot be a code is none', () => {
  for (const typed of ['', 'BCDF-GHJ', 'BCDF-GHJKL', 'AEIO-UYAE', '1234-5678', 'B'.repeat(1_000)])
    assert.equal(readUserCode(typed), undefined, typed)
})

test('two codes differ', () => {
  assert.equal(new Set(Array.from({ length: 500 }, newUserCode)).size, 500)
})
