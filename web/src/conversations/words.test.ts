import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sending } from './test-turns.ts'
import { changeText, count, countKinds, keptFor, placeOf, trainingOf } from './words.ts'

test('a time nobody knows is said to be unknown, never left out or zero', () => {
  assert.deepEqual(
    [keptFor(0), keptFor(1), keptFor(30), keptFor(null)],
    ['kept 0 days', 'kept 1 day', 'kept 30 days', 'time kept not known'],
  )
})

test('training is said in words, and a value this page does not know as it is', () => {
  assert.equal(trainingOf('never'), 'not used for training')
  assert.equal(trainingOf('unknown'), 'training use not known')
  assert.equal(trainingOf('opt-out'), 'used for training unless one objects')
  assert.equal(trainingOf('opt-in'), 'used for training only if one agrees')
  assert.equal(trainingOf('constructor'), 'training: constructor')
})

test('a place that is the same as the processor is said once', () => {
  assert.equal(placeOf({ processor: 'Tarnwick', region: 'eu-central' }), 'Tarnwick, eu-central')
  assert.equal(placeOf({ processor: 'This machine', region: 'This machine' }), 'This machine')
  assert.equal(placeOf({ processor: 'Tarnwick', region: '' }), 'Tarnwick')
})

test('counts have their plural', () => {
  assert.equal(count(1, 'value'), '1 value')
  assert.equal(count(2, 'e-mail address'), '2 e-mail addresses')
})

test('kinds are counted, the most frequent first, three at most', () => {
  assert.equal(countKinds(['a', 'b', 'b']), '2 bs, 1 a')
  assert.equal(countKinds(['a', 'b', 'c', 'd', 'e']), '1 a, 1 b, 1 c and 2 more')
  assert.equal(countKinds([]), '')
})

test('"replaced" is promised only when nothing may have been masked', () => {
  const text = (mask: boolean, ...expected: readonly string[]) =>
    changeText(2, { ...sending, mask, expected })
  assert.equal(changeText(0, sending), 'Nothing replaced')
  assert.equal(text(false), '2 values replaced')
  assert.equal(text(false, 'pseudonymise'), '2 values replaced')
  assert.equal(text(false, 'mask'), '2 values masked')
  assert.equal(text(true), '2 values masked')
  assert.equal(text(true, 'pseudonymise'), '2 values masked or replaced')
  assert.equal(text(false, 'pseudonymise', 'remove'), '2 values changed')
})
