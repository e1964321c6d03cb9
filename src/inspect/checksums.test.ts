import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  hasEanSum,
  hasLuhnSum,
  hasLuhnSumOf,
  hasMod11And2,
  hasMod11And10,
  hasMod97,
  hasVerhoeffSum,
  valueAt,
  weightedSum,
  weightedSumFromEnd,
} from './checksums.ts'
import { seeded } from './test-random.ts'

/** Numbers the networks give for tests. */
const cards = [
  '4111111111111111',
  '4012888888881881',
  '4222222222222',
  '5555555555554444',
  '5105105105105100',
  '2223003122003222',
  '378282246310005',
  '371449635398431',
  '30569309025904',
  '38520000023237',
  '6011111111111117',
  '6011000990139424',
  '3530111333300000',
  '3566002020360505',
  '6200000000000005',
]

test('card numbers for tests have a Luhn sum', () => {
  for (const card of cards) assert.equal(hasLuhnSum(card), true, card)
  assert.equal(hasLuhnSum('79927398713'), true, 'the example of the standard')
})

test('one wrong digit is always noticed', () => {
  for (const card of cards) {
    for (let place = 0; place < card.length; place++) {
      for (let digit = 0; digit < 10; digit++) {
        const changed = card.slice(0, place) + digit + card.slice(place + 1)
        assert.equal(hasLuhnSum(changed), changed === card, changed)
      }
    }
  }
})

test('two neighbours that changed places are noticed, but for 0 and 9', () => {
  for (const card of cards) {
    for (let place = 0; place + 1 < card.length; place++) {
      const one = card.charAt(place)
      const other = card.charAt(place + 1)
      if (one === other || one + other === '09' || one + other === '90') continue
      const changed = card.slice(0, place) + other + one + card.slice(place + 2)
      assert.equal(hasLuhnSum(changed), false, changed)
    }
  }
})

test('one number in ten has a Luhn sum', () => {
  const random = seeded(97)
  let count = 0
  for (let round = 0; round < 10_000; round++) {
    let digits = ''
    while (digits.length < 16) digits += random.below(10)
    if (hasLuhnSum(digits)) count++
  }
  assert.ok(count > 850 && count < 1_150, `${count}`)
})

/** The remainder by arithmetic on a whole number. */
const remainder = (characters: string): bigint =>
  BigInt([...characters].map((character) => Number.parseInt(character, 36)).join('')) % 97n

test('the remainder modulo 97 is that of the whole number', () => {
  const random = seeded(7)
  const alphabet = [...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ']
  let valid = 0
  for (let round = 0; round < 5_000; round++) {
    let characters = ''
    for (let left = 5 + random.below(30); left > 0; left--) characters += random.pick(alphabet)
    assert.equal(hasMod97(characters), remainder(characters) === 1n, characters)
    if (hasMod97(characters)) valid++
  }
  assert.ok(valid > 0, 'not one of them was valid')
})

test('account numbers of the standard have the remainder 1', () => {
  for (const iban of ['GB82WEST12345698765432', 'DE89370400440532013000', 'FR1420041010050500013M02606']) {
    assert.equal(hasMod97(iban.slice(4) + iban.slice(0, 4)), true, iban)
    assert.equal(hasMod97(iban), false, 'only with country and check number at the end')
  }
})

const standards: readonly (readonly [string, (id: string) => boolean, readonly string[]])[] = [
  ['ISO 7064 MOD 11,10', hasMod11And10, ['86095742719', '33392005961', '136695976']],
  ['ISO 7064 MOD 11-2', hasMod11And2, ['11010519491231002X', '440524188001010014']],
  ['EAN-13', hasEanSum, ['7569217076985', '4006381333931']],
  ['Verhoeff', hasVerhoeffSum, ['2363', '234123412346']],
  ['Luhn in base 36', (id) => hasLuhnSumOf(id, 36), ['27AAPFU0939F1ZV']],
]

for (const [name, holds, ids] of standards) {
  test(`${name} holds for known numbers, and one wrong digit is noticed`, () => {
    for (const id of ids) {
      assert.equal(holds(id), true, id)
      for (let place = 0; place < id.length; place++) {
        if (!/\d/.test(id.charAt(place))) continue
        for (const digit of '0123456789') {
          const changed = id.slice(0, place) + digit + id.slice(place + 1)
          assert.equal(holds(changed), changed === id, changed)
        }
      }
    }
  })
}

test('Verhoeff notices two neighbours that changed places', () => {
  const id = '234123412346'
  for (let place = 0; place + 1 < id.length; place++) {
    const changed = id.slice(0, place) + id.charAt(place + 1) + id.charAt(place) + id.slice(place + 2)
    assert.equal(hasVerhoeffSum(changed), changed === id, changed)
  }
})

test('a weighted sum counts letters from ten on and begins again with its weights', () => {
  assert.equal(valueAt('0Z', 1), 35)
  assert.equal(weightedSum('123', [2, 1]), 2 + 2 + 6)
  assert.equal(weightedSum('A1', [1, 1]), 11)
  assert.equal(weightedSum('', [1]), 0)
  assert.equal(weightedSumFromEnd('123', [2, 1]), 6 + 2 + 2)
  assert.equal(weightedSumFromEnd('1A', [2, 1]), 20 + 1)
})
