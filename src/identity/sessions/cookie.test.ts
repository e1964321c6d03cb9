import assert from 'node:assert/strict'
import type { IncomingMessage } from 'node:http'
import { test } from 'node:test'
import { clearCookie, readCookie, writeCookie } from './cookie.ts'

const token = 'A_-0'.repeat(10).concat('abc')
const requestWith = (cookie: string | undefined): IncomingMessage =>
  ({ headers: { cookie } }) as IncomingMessage

test('over http a cookie is HttpOnly, Lax and for every path', () => {
  assert.equal(
    writeCookie('name', token, 60, false),
    `name=${token}; Path=/; HttpOnly; SameSite=Lax; Max-Age=60`,
  )
})

test('over https it is Secure as well, and its name binds it to this host', () => {
  assert.equal(
    writeCookie('name', token, 60, true),
    `__Host-name=${token}; Path=/; HttpOnly; SameSite=Lax; Max-Age=60; Secure`,
  )
  assert.match(clearCookie('name', true), /^__Host-name=; .*Max-Age=0; Secure$/)
})

test('it is read among others, and only from its own name', () => {
  assert.equal(readCookie(requestWith(`a=b; name=${token}; c=d`), 'name', false), token)
  assert.equal(readCookie(requestWith(`other-name=${token}`), 'name', false), undefined)
  assert.equal(readCookie(requestWith(`name=${token}`), 'name', true), undefined, 'https takes __Host- only')
  assert.equal(readCookie(requestWith(`__Host-name=${token}`), 'name', true), token)
  assert.equal(readCookie(requestWith(undefined), 'name', false), undefined)
})

test('what does not look like a token of ours is no token', () => {
  for (const value of ['', 'short', `${token}x`, `"${token}"`, `${token.slice(1)}'`, `${token.slice(1)}%`]) {
    assert.equal(readCookie(requestWith(`name=${value}`), 'name', false), undefined, value)
  }
})
