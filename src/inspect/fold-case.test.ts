import assert from 'node:assert/strict'
import { test } from 'node:test'
import { foldCase, foldedExpression } from './fold-case.ts'

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

test('an expression that asks for a capital letter is refused, classes and escapes are not', () => {
  assert.throws(() => foldedExpression('IBAN'), /capital/)
  assert.ok(foldedExpression('\\S\\p{Lu}?x').test('ax'))
})
