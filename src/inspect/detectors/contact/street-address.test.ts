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
