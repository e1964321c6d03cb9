import assert from 'node:assert/strict'
import { test } from 'node:test'
import { NameTree } from './name-tree.ts'

/** The lists of which a name may begin with a text. */
function listsAt(lists: readonly (readonly string[])[], text: string): readonly number[] {
  const tree = new NameTree(lists)
  const bits = new Int32Array(tree.width + 1)
  const isAny = tree.addAt(text, 0, bits, 1)
  const told = [...lists.keys()].filter(
    (list) => (((bits[1 + (list >>> 5)] as number) >>> (list & 31)) & 1) === 1,
  )
  assert.equal(isAny, told.length > 0, text)
  return told
}

const tells = (name: string, text: string): boolean => listsAt([[name]], text).length > 0

test('a name is told by all of its letters, however they are joined', () => {
  for (const text of [
    'insurance number ',
    'Insurance-No. number',
    'INSURANCE\u00a0NUMBER:',
    'insuranceNumber="',
  ])
    assert.equal(tells('insurance number', text), text !== 'Insurance-No. number', text)
  assert.equal(tells('insurance number', 'insurance policy number '), false)
  assert.equal(tells('insurance number', 'insurance 5 number '), false)
  assert.equal(tells('insurance number', 'ins'), false)
})

test('a name is a whole word, or one with an ending', () => {
  for (const text of ['id', 'id 1', 'id1', 'IDs', 'IDNR', 'idFor', 'id\u2019s', 'id_card'])
    assert.ok(tells('id', text), text)
  for (const text of ['idea', 'IDEA', 'Identity', 'idle1']) assert.ok(!tells('id', text), text)
})

test('what may be written in many ways is told in each', () => {
  for (const text of ['número', 'NUMERO']) assert.ok(tells('n[uú]mero', text), text)
  for (const text of ['impot', 'impôts', 'IMPÔT']) assert.ok(tells('imp[oô]ts?', text), text)
  for (const text of ['n.ss', 'nº ss', 'nuss', 'n° SS']) assert.ok(tells('n[uº°]?\\.? ?ss', text), text)
  for (const text of ['one', 'two']) assert.ok(tells('one|two', text), text)
  assert.ok(!tells('n[uº°]?\\.? ?ss', 'number'))
  assert.ok(!tells('one|two', 'three'))
})

test('what an expression leaves open may be anything', () => {
  for (const text of ["carte d'identité", 'carte d identite', 'carte de'])
    assert.ok(tells('carte d.identit[eé]', text), text)
  assert.ok(tells('kod\\w+', 'kodas'))
  assert.ok(tells('.x', 'anything'))
  assert.ok(!tells('carte d.identit[eé]', 'carte bleue'))
})

test('words of scripts without spaces end nowhere', () => {
  assert.ok(tells('護照', '護照x'))
  assert.ok(!tells('護照', '我的'))
})

test('each of many lists has its own bit', () => {
  const lists = Array.from({ length: 70 }, (_, list) => ['tax', list % 2 === 0 ? 'tax id' : 'vat'])
  assert.equal(listsAt(lists, 'tax ').length, 70)
  assert.equal(listsAt(lists, 'vat ').length, 35)
  assert.deepEqual(listsAt(lists, 'gst '), [])
  assert.deepEqual(listsAt([...lists, ['gst']], 'gst '), [70])
})
