import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readNextPath } from './next-path.ts'

test('a path of ours is kept with its question and its place', () => {
  assert.equal(readNextPath('/chat?thread=7#last'), '/chat?thread=7#last')
  assert.equal(readNextPath('/?a=https://example.com'), '/?a=https://example.com')
})

test('no path leads to the start', () => {
  assert.equal(readNextPath(null), '/')
  assert.equal(readNextPath(''), '/')
})

test('nothing leads to another place', () => {
  const elsewhere = [
    'https://evil.example.com',
    '//evil.example.com',
    '/\\evil.example.com',
    '\\\\evil.example.com',
    '/\t/evil.example.com',
    '/\n/evil.example.com',
    'javascript:alert(1)',
    'evil.example.com',
    ' /x',
    `/${'x'.repeat(2_000)}`,
  ]
  for (const next of elsewhere) {
    assert.throws(
      () => readNextPath(next),
      { code: 'request-invalid', facts: { field: 'next', problem: 'it must be a path of this Sallyport' } },
      next,
    )
  }
})

test('a path that becomes another place once it is read leads to the start', () => {
  assert.equal(readNextPath('/a/..//evil.example.com'), '/')
  assert.equal(readNextPath('/.//evil.example.com'), '/')
})

test('the sign-in does not lead to itself', () => {
  for (const next of ['/sign-in', '/sign-in?next=/', '/sign-in/callback', '/oidc/auth'])
    assert.equal(readNextPath(next), '/')
  assert.equal(readNextPath('/sign-in-help'), '/sign-in-help')
})
