import assert from 'node:assert/strict'
import { test } from 'node:test'
import { askedOnce, contextBefore } from './context.ts'

const isCard = contextBefore(['card', 'carte bancaire', 'ss#', 'téléphone'])

/** A text with its position marked by `|`. */
const at = (marked: string): [text: string, position: number] => {
  const position = marked.indexOf('|')
  return [marked.slice(0, position) + marked.slice(position + 1), position]
}

const near = [
  'card |4111',
  'Card: |4111',
  'CARD |4111',
  'my card number is |4111',
  'cardNumber=|4111',
  'card_number: |4111',
  '"card-number": "|4111',
  'creditCard |4111',
  'carte bancaire |4111',
  'SS# |536',
  'Téléphone : |01',
  '(card)|4111',
]

for (const marked of near) {
  test(`a word stands before: ${marked}`, () => assert.equal(isCard(...at(marked)), true))
}

const far = [
  '|4111 card',
  'cards |4111',
  'discard |4111',
  'cardinal |4111',
  'cardé |4111',
  'card7 |4111',
  'carte  bancaire |4111',
  `card ${'x'.repeat(64)} |4111`,
  '|4111',
]

for (const marked of far) {
  test(`no such word stands shortly before: ${marked.slice(0, 30)}`, () =>
    assert.equal(isCard(...at(marked)), false))
}

test('an answer is looked for once, and only when it is asked for', () => {
  let asked = 0
  const answer = askedOnce(
    () => {
      asked++
      return false
    },
    'text',
    0,
  )
  assert.equal(asked, 0)
  assert.equal(answer(), false)
  assert.equal(answer(), false)
  assert.equal(asked, 1)
})
