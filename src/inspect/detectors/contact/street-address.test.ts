import assert from 'node:assert/strict'
import { test } from 'node:test'
import { foundIn } from '../../test-found.ts'

const streets = (text: string): readonly string[] => foundIn(text, 'street-address')

test('a name may stand behind a number or a code, apart from it', () => {
  assert.deepEqual(streets('A7:Via Roma 10'), ['Via Roma 10'])
  assert.deepEqual(streets('7 P.O. Box 1234'), ['P.O. Box 1234'])
  assert.deepEqual(streets('C4 Calle Ejemplo, 12'), ['Calle Ejemplo, 12'])
  assert.deepEqual(streets('Rua Augusta nº 123'), ['Rua Augusta nº 123'])
})

test('a word that ends with a digit, or with letters behind one, is no name', () => {
  for (const text of ['SW1A 5', 'Via Roma2 10', 'Musterstraße2 10', 'Box5 1234', 'Via 3Roma 10'])
    assert.deepEqual(streets(text), [], text)
})

test('letters of any alphabet stand in the name of a street', () => {
  for (const text of ['12 \u00c9cole Street', '12 Caf\u00e9 \u00c9toile Road'])
    assert.deepEqual(streets(text), [text], text)
  assert.deepEqual(streets('ship to 7 \u00fcber straight road'), ['7 \u00fcber straight road'])
  assert.deepEqual(streets('12 \u{10400}\u{10428}\u{10428} Street'), [
    '12 \u{10400}\u{10428}\u{10428} Street',
  ])
  assert.deepEqual(streets('Pra\u00e7a \u00c9xemplo 12'), ['Pra\u00e7a \u00c9xemplo 12'])
  for (const text of ['12 \u0416 street', 'Stra\u00dfe 12', '12 \u7d71\u7de8 12'])
    assert.deepEqual(streets(text), [], text)
})

test('before the name of a street other things may stand', () => {
  assert.deepEqual(streets('7, Alte Musterstra\u00dfe 12'), ['Alte Musterstra\u00dfe 12'])
  assert.deepEqual(streets('7-Musterstra\u00dfe 12'), [])
})
