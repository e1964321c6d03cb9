import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decodeBase64Url } from './base64.ts'
import { seeded } from './test-random.ts'

const encode = (text: string): string => Buffer.from(text, 'latin1').toString('base64url')

test('what was encoded comes back, whatever its length', () => {
  const random = seeded(64)
  for (let length = 0; length < 200; length++) {
    let text = ''
    while (text.length < length) text += String.fromCharCode(random.below(256))
    assert.equal(decodeBase64Url(encode(text)), text)
  }
})

test('it stops at what is not of the alphabet', () => {
  assert.equal(decodeBase64Url(`${encode('{"alg"')}.${encode('more')}`), '{"alg"')
  assert.equal(decodeBase64Url(`${encode('abc')}=`), 'abc')
  assert.equal(decodeBase64Url('+/'), '')
  assert.equal(decodeBase64Url('é'), '')
})

test('a last character that makes no byte is left out', () => {
  assert.equal(decodeBase64Url('YWJjZ'), 'abc')
  assert.equal(decodeBase64Url('Y'), '')
  assert.equal(decodeBase64Url(''), '')
})

test('characters of the alphabet for addresses are read, those of the other one are not', () => {
  assert.equal(decodeBase64Url('-_-_'), '\u00fb\u00ff\u00bf')
})
