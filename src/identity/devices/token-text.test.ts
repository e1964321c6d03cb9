import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newKeyText } from '../keys/key-text.ts'
import { isToken, looksLikeAccessToken, newToken } from './token-text.ts'

test('a token says by its prefix what it is for, and one kind is never taken for the other', () => {
  for (const kind of ['access', 'refresh'] as const) {
    const token = newToken(kind)
    assert.equal(token.length, 44)
    assert.equal(isToken(token, kind), true)
    assert.equal(isToken(token, kind === 'access' ? 'refresh' : 'access'), false)
  }
  assert.equal(looksLikeAccessToken(newToken('access')), true)
  assert.equal(looksLikeAccessToken(newToken('refresh')), false)
  assert.equal(looksLikeAccessToken(newKeyText()), false)
})

test('a mistyped token is told by its checksum, at every place', () => {
  const token = newToken('refresh')
  for (let at = 4; at < token.length; at++) {
    const other = token[at] === 'a' ? 'b' : 'a'
    assert.equal(isToken(`${token.slice(0, at)}${other}${token.slice(at + 1)}`, 'refresh'), false, String(at))
  }
  for (const wrong of ['', token.slice(1), `${token}a`, token.toUpperCase(), `${token}\n`])
    assert.equal(isToken(wrong, 'refresh'), false)
})
