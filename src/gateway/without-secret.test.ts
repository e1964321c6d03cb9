import assert from 'node:assert/strict'
import { test } from 'node:test'
import { failureText, keptOfFailure } from './without-secret.ts'

const secret = 'key"of\\the-company'

test('a credential that is repeated is taken out, as it is and as JSON writes it', () => {
  const text = `no: ${secret}, ${JSON.stringify({ key: secret })}, ${secret}`
  assert.equal(failureText(text, secret), 'no: [credential], {"key":"[credential]"}, [credential]')
})

test('without a credential, or without it in the text, nothing is changed', () => {
  assert.equal(failureText('as it came', undefined), 'as it came')
  assert.equal(failureText('as it came $& $1 key', 'key-of-somebody'), 'as it came $& $1 key')
})

test('no part of it is left where the text ends or is cut', () => {
  for (let length = 6; length <= secret.length; length++)
    assert.doesNotMatch(failureText(`no: ${secret.slice(0, length)}`, secret), /key"of/, `${length}`)
  for (let before = keptOfFailure - 30; before < keptOfFailure; before++) {
    const kept = failureText(`${'x'.repeat(before)}${secret}${secret}`, secret)
    assert.doesNotMatch(kept, /key"of/, `${before}`)
    assert.ok(kept.length <= keptOfFailure)
  }
})
