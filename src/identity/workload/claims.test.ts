import assert from 'node:assert/strict'
import { test } from 'node:test'
import { processorMs } from '#/core/test-processor-time.ts'
import { fitsClaims, fitsPattern } from './claims.ts'

test('a star stands for a part of a subject, two stars for anything', () => {
  const cases: readonly (readonly [string, string, boolean])[] = [
    ['acme/app', 'acme/app', true],
    ['acme/app', 'acme/apple', false],
    ['acme/app', 'ACME/app', false],
    ['acme/*', 'acme/app', true],
    ['acme/*', 'acme/app/evil', false],
    ['acme/*', 'acme-evil/app', false],
    ['acme/*', 'acme/', true],
    ['repo:acme/*:ref:refs/heads/main', 'repo:acme/app:ref:refs/heads/main', true],
    ['repo:acme/*:ref:refs/heads/main', 'repo:acme/app:pull_request:ref:refs/heads/main', false],
    ['repo:acme/app:ref:refs/heads/**', 'repo:acme/app:ref:refs/heads/feature/one', true],
    ['repo:acme/app:ref:refs/heads/*', 'repo:acme/app:ref:refs/heads/feature/one', false],
    ['system:serviceaccount:builds:*', 'system:serviceaccount:builds:runner', true],
    ['system:serviceaccount:builds:*', 'system:serviceaccount:builds-evil:runner', false],
    ['a.c', 'abc', false],
    ['**', '', true],
    ['*a*', 'xxaxx', true],
  ]
  for (const [pattern, value, fits] of cases)
    assert.equal(fitsPattern(pattern, value), fits, `${pattern} ${value}`)
})

test('a long value takes no longer than its length', () => {
  const start = processorMs()
  assert.equal(fitsPattern('*a*a*a*a', `${'a'.repeat(998)}b`), false)
  assert.ok(processorMs() - start < 500)
})

test('a claim that is missing, a list or an object fits nothing', () => {
  assert.equal(fitsClaims({ sub: 'one' }, { sub: 'one', other: 1 }), true)
  assert.equal(fitsClaims({ sub: 'one', env: 'prod' }, { sub: 'one' }), false)
  assert.equal(fitsClaims({ sub: '**' }, { sub: ['one'] }), false)
  assert.equal(fitsClaims({ sub: '**' }, { sub: { one: 1 } }), false)
  assert.equal(fitsClaims({ sub: '**' }, { sub: null }), false)
  assert.equal(fitsClaims({ toString: '**' }, {}), false)
  assert.equal(fitsClaims({ email_verified: 'true' }, { email_verified: true }), true)
  assert.equal(fitsClaims({ sub: '**' }, { sub: 'x'.repeat(1_001) }), false)
})
