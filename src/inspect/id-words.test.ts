import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mayBeNamedBefore, namedBefore, namedLikeOthers, taxWords } from './id-words.ts'

const isNamed = namedBefore(['tax id', 'steuer', '身份证', '주민번호'])
const named = (text: string): boolean => isNamed(text, text.length)

test('a name of several words is found however it is joined', () => {
  for (const text of ['tax id ', 'Tax-ID: ', 'tax_id=', 'taxId":"', 'TAXID ', 'Tax  Id no. '])
    assert.ok(named(text), text)
})

test('a name may have an ending that numbers have', () => {
  for (const text of ['Steuernummer: ', 'Steuernr. ', 'steuer ', 'STEUERCODE ']) assert.ok(named(text), text)
})

test('part of another word is no name', () => {
  for (const text of ['Besteuerung ', 'syntax id ', 'taxidermist ', 'steuern ', ''])
    assert.ok(!named(text), text)
})

test('scripts that join words need no space around a name', () => {
  for (const text of ['我的身份证号码是', '주민번호는 ']) assert.ok(named(text), text)
})

test('a name that stands too far before is none', () => {
  assert.ok(named(`tax id${' '.repeat(50)}`))
  assert.ok(!named(`tax id${' '.repeat(70)}`))
})

test('where a name stands it may stand, and nearly everywhere else it may not', () => {
  const mayBeNamed = mayBeNamedBefore(['tax id', 'steuer', 's[eé]curit[eé]'])
  const may = (text: string): boolean => mayBeNamed(text, text.length)
  for (const text of ['tax id ', 'myTaxId":"', 'Steuernr. ', `tax id${' '.repeat(50)}`, 'SÉCURITÉ '])
    assert.ok(may(text), text)
  for (const text of ['', 'number ', 'número ', 'номер ', 'relax id ', `tax id${' '.repeat(70)}`])
    assert.ok(!may(text), text)
  assert.ok(!mayBeNamedBefore(['passport'], true)(`passport${' '.repeat(30)}`, 38))
})

test('who asks for the same names is answered alike, whatever was asked before', () => {
  const isTax = namedLikeOthers(['tax id', 'steuer'])
  assert.equal(namedLikeOthers(['steuer', 'tax id']), isTax)
  const isClose = namedLikeOthers(['tax id', 'steuer'], true)
  const far = `tax id${' '.repeat(40)}`
  for (let round = 0; round < 2; round++) {
    assert.ok(isTax(far, far.length))
    assert.ok(!isClose(far, far.length))
    assert.ok(!isTax(far, 2))
    assert.ok(!isTax('x'.repeat(far.length), far.length))
  }
})

test('a close name stands on the same line', () => {
  const isClose = namedBefore(['passport'], true)
  assert.ok(isClose('passport no. ', 13))
  assert.ok(!isClose('passport\n', 9))
  assert.ok(!isClose(`passport${' '.repeat(30)}`, 38))
})

test('the shared names are pieces of patterns that can be read', () => {
  const isTax = namedBefore(taxWords)
  for (const text of ['NIF, número fiscal ', 'identificación fiscal: ', 'taxpayer ', 'codice fiscale ']) {
    assert.ok(isTax(text, text.length), text)
  }
})
