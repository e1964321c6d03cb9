import assert from 'node:assert/strict'
import { test } from 'node:test'
import { joinAnswer, RunningDigest } from '#/audit/progress.ts'
import { AnswerRecord } from './answer-record.ts'

test('a short answer is given whole, text after text in the order they began', () => {
  const record = new AnswerRecord()
  for (const [slot, text] of [
    ['b', 'one '],
    ['a', 'two'],
    ['b', 'more'],
  ] as const)
    record.push(slot, text)
  assert.equal(record.whole(), 'one more\ntwo')
  assert.equal(record.length, 11)
  assert.equal(new AnswerRecord().whole(), '')
})

test('what is taken and the rest make the answer, and each digest covers everything so far', () => {
  const record = new AnswerRecord()
  record.push('0', 'first 🙂 ')
  record.push('1', 'aside')
  const one = record.take()
  assert.equal(record.untakenLength, 0)
  record.push('0', 'second ')
  const two = record.take()
  record.push('1', '!')
  const pieces = [...one.sealed.pieces, ...two.sealed.pieces]
  assert.equal(joinAnswer([...pieces, ...record.rest()]), 'first 🙂 second \naside!')
  assert.equal(one.sealed.salt, two.sealed.salt)
  assert.equal(two.answerBytes, Buffer.byteLength('first 🙂 asidesecond '))
  assert.equal(new RunningDigest(two.sealed.salt).add(pieces), two.digest)
})

test('what could not be written down stands in the rest again', () => {
  const record = new AnswerRecord()
  record.push('0', 'once ')
  const taken = record.take()
  record.push('0', 'upon')
  record.putBack(taken)
  assert.deepEqual(record.rest(), [{ slot: 0, text: 'once upon' }])
})
