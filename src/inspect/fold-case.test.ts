import assert from 'node:assert/strict'
import { test } from 'node:test'
import { caselessExpression, foldCase, foldedExpression } from './fold-case.ts'

test('an expression over folded text finds what one without regard to case finds', () => {
  const words = [
    'm\u00fcller',
    '\u03b1\u03c1\u03b9\u03b8\u03bc\u03cc\u03c2',
    'stra\u00dfe',
    'kasse',
    '\u0434\u0434\u0441',
  ]
  const texts = [
    'M\u00dcLLER',
    '\u0391\u03a1\u0399\u0398\u039c\u03cc\u03a3 5',
    '\u03b1\u03c1\u03b9\u03b8\u00b5\u03cc\u03c2',
    'STRA\u1e9eE',
    'strasse',
    '\u212aa\u017fSe',
    '\u0414\u0434\u0421',
    '\u0130',
  ]
  for (const word of words) {
    for (const text of texts) {
      const plain = new RegExp(`(?<![\\p{L}])${word}(?![\\p{L}])`, 'iu').test(text)
      assert.equal(
        foldedExpression(`(?<![\\p{L}])${word}(?![\\p{L}])`).test(foldCase(text)),
        plain,
        `${word} ${text}`,
      )
    }
  }
})

test('in ASCII, classes of letters and numbers are what they are in all alphabets', () => {
  const sources = [
    '(?<![\\p{L}\\p{N}])id(?![\\p{L}\\p{N}])',
    '^[^\\p{L}]\\p{L}{2}\\p{N}?$',
    'a[\\p{L}\\p{M}.-]{1,3}\\[\\]',
  ]
  const pieces = ['id', 'xid', 'id 7', '7id', '_id_', ' ab', '-ab3', 'ab3', 'a.-z[]', 'ab\u0301[]']
  for (const source of sources) {
    const expression = foldedExpression(source)
    const caseless = caselessExpression(source)
    const plain = new RegExp(source, 'iu')
    for (const piece of pieces) {
      assert.equal(expression.test(piece), plain.test(piece), `${source} ${piece}`)
      for (const written of [piece, piece.toUpperCase()])
        assert.deepEqual(caseless.exec(written)?.[0], plain.exec(written)?.[0], `${source} ${written}`)
    }
  }
})

test('an expression that asks for a capital letter or another class is refused', () => {
  assert.throws(() => foldedExpression('IBAN'), /capital/)
  assert.throws(() => foldedExpression('\\p{Lu}x'), /no form/)
  assert.throws(() => foldedExpression('\\P{L}x'), /no form/)
  assert.ok(foldedExpression('\\S\\d?x').test('ax'))
})
