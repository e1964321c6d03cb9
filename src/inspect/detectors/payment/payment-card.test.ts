import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hasLuhnSum } from '../../checksums.ts'
import { createInspector } from '../../inspector.ts'
import { foundIn } from '../../test-found.ts'
import { seeded } from '../../test-random.ts'
import { networkOf } from './card-networks.ts'

const cards = (text: string): readonly string[] => foundIn(text, 'payment-card')

/** Numbers the networks give for tests. */
const testCards: readonly string[] = [
  '4111111111111111',
  '4012888888881881',
  '4242424242424242',
  '5555555555554444',
  '5105105105105100',
  '5200828282828210',
  '2223003122003222',
  '378282246310005',
  '371449635398431',
  '378734493671000',
  '30569309025904',
  '38520000023237',
  '36227206271667',
  '6011111111111117',
  '6011000990139424',
  '3530111333300000',
  '3566002020360505',
  '6200000000000005',
  '6205500000000000004',
  '6304000000000000',
]

for (const card of testCards) {
  test(`a card for tests is found without a word about cards: ${card}`, () => {
    assert.deepEqual(cards(card), [card])
    assert.deepEqual(cards(`to ${card}, please`), [card])
  })
}

/** `4-4-4-4` and the number in such groups. */
function grouped(number: string, shape: string, separator: string): string {
  let at = 0
  return shape
    .split('-')
    .map((length) => {
      at += Number(length)
      return number.slice(at - Number(length), at)
    })
    .join(separator)
}

const shapes: readonly (readonly [string, string])[] = [
  ['4111111111111111', '4-4-4-4'],
  ['4111111111111111', '8-8'],
  ['378282246310005', '4-6-5'],
  ['30569309025904', '4-6-4'],
  ['6205500000000000004', '4-4-4-4-3'],
]

for (const [number, shape] of shapes) {
  for (const separator of [' ', '-', '.', '/', '\u00a0', '\u2011', '–']) {
    test(`${shape} with ${JSON.stringify(separator)} between is a card, from first digit to last`, () => {
      const written = grouped(number, shape, separator)
      assert.deepEqual(cards(`card ${written}.`), [written])
      assert.deepEqual(cards(written), [written])
    })
  }
}

test('other groupings are no card', () => {
  for (const shape of ['5-5-6', '3-3-3-3-4', '2-2-2-2-2-2-2-2', '4-4-8', '12-4', '1-15', '6-5-5']) {
    assert.deepEqual(cards(`card ${grouped('4111111111111111', shape, ' ')}`), [], shape)
  }
})

test('a wrong check digit makes it none, with a word for cards as well', () => {
  for (const card of testCards) {
    const wrong = card.slice(0, -1) + ((Number(card.at(-1)) + 1) % 10)
    assert.deepEqual(cards(`credit card ${wrong}`), [])
  }
})

const words: readonly string[] = [
  'card',
  'Credit Card',
  'debit card no.',
  'cardNumber:',
  'card_number =',
  'VISA',
  'Mastercard',
  'amex',
  'Kreditkarte:',
  'Kartennummer',
  'carte bancaire',
  'carte de crédit n°',
  'tarjeta',
  'carta di credito',
  'cartão',
  'creditcard',
]

for (const word of words) {
  test(`after "${word}" a number of an unlisted issuer or an old length is a card`, () => {
    assert.deepEqual(cards(`${word} 4222222222222`), ['4222222222222'])
    assert.deepEqual(
      cards(`${word} 7992739871300008`),
      hasLuhnSum('7992739871300008') ? ['7992739871300008'] : [],
    )
  })
}

test('without such a word a number of an old length is none', () => {
  for (const text of [
    '4222222222222',
    'order 4222222222222',
    'discard 4222222222222',
    '4222222222222 card',
  ]) {
    assert.deepEqual(cards(text), [])
  }
})

test('several cards in a row, in a list and in a table are all found', () => {
  const [one = '', other = ''] = testCards
  for (const joint of [' ', ', ', '\n', ';', ' / ', '/', '|', '\t', ',']) {
    assert.deepEqual(cards(`${one}${joint}${other}`), [one, other], JSON.stringify(joint))
  }
  const spaced = '4111 1111 1111 1111'
  assert.deepEqual(cards(`${spaced} ${spaced}`), [spaced, spaced])
})

test('what belongs to a card is no part of it: date, security code, amount', () => {
  for (const after of [' 12/27', ' 12/27 123', ', 123', ' EUR', ' 100.00', ' exp 12/2027']) {
    assert.deepEqual(cards(`4111 1111 1111 1111${after}`), ['4111 1111 1111 1111'], after)
  }
})

const inside: readonly string[] = [
  '0.4111111111111111',
  '4111111111111111.5',
  '1.4111111111111111',
  'x4111111111111111',
  'id_4111111111111111',
  'ref7a4111111111111111',
  '4111111111111111a',
  '4111111111111111_a',
  '04111111111111111',
  '41111111111111110',
  '-4111-1111-1111-1111-1111',
  'f4111111111111111f',
]

for (const text of inside) {
  test(`part of something longer: ${text}`, () => assert.deepEqual(cards(text), []))
}

test('a word directly before a number does not hide it', () => {
  assert.deepEqual(cards('Visa4111111111111111'), ['4111111111111111'])
  assert.deepEqual(cards('cardnumber4111111111111111'), ['4111111111111111'])
})

test('a card of a known issuer is proved, another one scores less', () => {
  const { inspect } = createInspector({ terms: [] })
  assert.equal(inspect('4111111111111111', 'user')[0]?.score, 1)
  const [unknown] = inspect('card 79927398713000', 'user')
  assert.equal(unknown, undefined, 'no Luhn sum')
})

test('digits set apart one by one are a card only if nothing else stands with them', () => {
  const apart = [...'4111111111111111'].join(' ')
  assert.deepEqual(cards(apart), [apart])
  assert.deepEqual(cards(`9 ${apart} 9`), [])
})

test('of random numbers of 16 digits fewer than one in twenty is taken for a card', () => {
  const random = seeded(16)
  let found = 0
  for (let round = 0; round < 4_000; round++) {
    let digits = ''
    while (digits.length < 16) digits += random.below(10)
    const list = cards(`order ${digits}`)
    assert.deepEqual(list, hasLuhnSum(digits) && networkOf(digits) !== undefined ? [digits] : [])
    found += list.length
  }
  assert.ok(found > 0 && found < 200, `${found} of 4,000`)
})

test('a row of a table of numbers holds no card, a row of cards and a card in a row of other numbers are found', () => {
  assert.deepEqual(cards('5214 4111 1111 1111 1111 5248 5282 5316 5350 5384 5418 5452'), [])
  const several = ['4111 1111 1111 1111', '5500 0000 0000 0004', '4012 8888 8888 1881']
  assert.deepEqual(cards(several.join(' ')), several)
  assert.deepEqual(cards(`1204 ${several[0]} 1130 0927`), [several[0]])
  const inRow = '0001 4111111111111111 2026 1124 1011 0978 5999 0012 0044 0100'
  assert.deepEqual(cards(inRow), ['4111111111111111'])
})
