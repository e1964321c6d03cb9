import assert from 'node:assert/strict'
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { test } from 'node:test'
import { assertOwnPage } from './guard.ts'

const own = 'https://ai.example.com'
const check = (method: string, headers: IncomingHttpHeaders) => () =>
  assertOwnPage({ method, headers } as IncomingMessage, 'the-token', own)

test('reading needs no token, from wherever it is asked', () => {
  for (const method of ['GET', 'HEAD', 'OPTIONS']) {
    assert.doesNotThrow(check(method, { origin: 'https://evil.example.com' }), method)
  }
})

test('writing needs our origin and the token of the session', () => {
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
    assert.doesNotThrow(check(method, { origin: own, 'x-sallyport-csrf': 'the-token' }), method)
    assert.throws(check(method, { origin: own }), {
      code: 'origin-refused',
      facts: { header: 'x-sallyport-csrf' },
    })
    assert.throws(check(method, { 'x-sallyport-csrf': 'the-token' }), { facts: { header: 'Origin' } })
  }
})

test('an origin that only looks like ours is not ours', () => {
  const others = ['http://ai.example.com', `${own}.evil.example.com`, `${own}:444`, `${own}/`, 'null', '']
  for (const origin of others) {
    assert.throws(
      check('POST', { origin, 'x-sallyport-csrf': 'the-token' }),
      { facts: { header: 'Origin' } },
      origin,
    )
  }
})

test('a token that only looks like it is not it', () => {
  for (const given of ['', 'the-toke', 'the-tokem', 'the-token ', 'THE-TOKEN', ['the-token']]) {
    assert.throws(check('POST', { origin: own, 'x-sallyport-csrf': given }), {
      facts: { header: 'x-sallyport-csrf' },
    })
  }
})
