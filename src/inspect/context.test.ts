import assert from 'node:assert/strict'
import { test } from 'node:test'
import { askedOnce, contextBefore, contextOnLine } from './context.ts'

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

const isPhone = contextOnLine(['phone', 'text me'], 32)

const onLine: readonly string[] = [
  'phone |555',
  'phone:\n|555',
  'phone:\\n|555',
  'Phone\r\n  "|555',
  'name\nphone |555',
  'customerPhone: |555',
  'text me at |555',
  'phone, or if that fails: |555',
]

for (const marked of onLine) {
  test(`a word stands on the same line, or ends the line before: ${JSON.stringify(marked)}`, () =>
    assert.equal(isPhone(...at(marked)), true))
}

const elsewhere: readonly string[] = [
  'phone,card\n|555',
  'phone\nnumber |555',
  'phone,card\\n|555',
  'phone\\\\nnumber |555',
  'phone\n\nx |555',
  `phone ${'x'.repeat(30)} |555`,
  'phones |555',
  '|555 phone',
]

for (const marked of elsewhere) {
  test(`a word stands elsewhere: ${JSON.stringify(marked)}`, () =>
    assert.equal(isPhone(...at(marked)), false))
}
