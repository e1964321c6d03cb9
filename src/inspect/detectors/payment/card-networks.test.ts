import assert from 'node:assert/strict'
import { test } from 'node:test'
import { networkOf } from './card-networks.ts'

/** First digits with what they are padded to, and whose they are. */
const rows: readonly (readonly [string, number, string | undefined])[] = [
  ['4', 16, 'Visa'],
  ['4', 13, 'Visa'],
  ['4', 19, 'Visa'],
  ['4', 15, undefined],
  ['4', 14, undefined],
  ['50', 16, 'Maestro'],
  ['51', 16, 'Mastercard'],
  ['55', 16, 'Mastercard'],
  ['51', 15, undefined],
  ['2220', 16, undefined],
  ['2221', 16, 'Mastercard'],
  ['2500', 16, 'Mastercard'],
  ['2720', 16, 'Mastercard'],
  ['2721', 16, undefined],
  ['34', 15, 'American Express'],
  ['37', 15, 'American Express'],
  ['37', 16, undefined],
  ['33', 15, undefined],
  ['300', 14, 'Diners Club'],
  ['305', 14, 'Diners Club'],
  ['306', 14, undefined],
  ['3095', 14, 'Diners Club'],
  ['36', 14, 'Diners Club'],
  ['38', 14, 'Diners Club'],
  ['39', 16, 'Diners Club'],
  ['3527', 16, undefined],
  ['3528', 16, 'JCB'],
  ['3589', 16, 'JCB'],
  ['3590', 16, undefined],
  ['1800', 15, 'JCB'],
  ['2131', 15, 'JCB'],
  ['1800', 16, undefined],
  ['6011', 16, 'Discover'],
  ['644', 16, 'Discover'],
  ['65', 16, 'Discover'],
  ['65', 19, 'Discover'],
  ['62', 16, 'UnionPay'],
  ['62', 19, 'UnionPay'],
  ['62', 15, undefined],
  ['60', 16, 'RuPay'],
  ['81', 16, 'RuPay'],
  ['82', 16, 'RuPay'],
  ['508', 16, 'RuPay'],
  ['2200', 16, 'Mir'],
  ['2204', 16, 'Mir'],
  ['2205', 16, undefined],
  ['9792', 16, 'Troy'],
  ['9793', 16, undefined],
  ['56', 12, 'Maestro'],
  ['58', 19, 'Maestro'],
  ['63', 14, 'Maestro'],
  ['69', 16, 'Maestro'],
  ['0', 16, undefined],
  ['10', 16, undefined],
  ['17', 13, undefined],
  ['90', 16, undefined],
]

for (const [first, length, name] of rows) {
  test(`${length} digits that begin with ${first}: ${name ?? 'nobody'}`, () => {
    assert.equal(networkOf(first.padEnd(length, '0'))?.name, name)
  })
}

test('fewer than 12 and more than 19 digits belong to nobody', () => {
  for (let first = 0; first < 10_000; first++) {
    for (const length of [0, 4, 11, 20]) {
      assert.equal(networkOf(String(first).padStart(4, '0').padEnd(length, '0').slice(0, length)), undefined)
    }
  }
})

test('a usual length is one of the lengths', () => {
  for (let first = 0; first < 10_000; first++) {
    for (let length = 12; length <= 19; length++) {
      const network = networkOf(String(first).padStart(4, '0').padEnd(length, '0'))
      for (const usual of network?.usualLengths ?? []) assert.ok(network?.lengths.includes(usual))
    }
  }
})

test('numbers that begin as moments in milliseconds and microseconds do belong to nobody', () => {
  for (const moment of ['1700000000000', '1800500000000', '1700000000000000', '1799999999999999']) {
    assert.equal(networkOf(moment), undefined)
  }
})
