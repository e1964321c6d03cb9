import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { keccak_256 } from '@noble/hashes/sha3.js'
import { hasMixedCaseSum, isBase58Address, isBech32Address } from './wallet-checks.ts'

/** Every address with one character replaced by another of the alphabet. */
function* damaged(address: string, from: number, alphabet: string): Generator<string> {
  for (let index = from; index < address.length; index++) {
    const other = alphabet[(alphabet.indexOf(address.charAt(index)) + 1) % alphabet.length]
    yield address.slice(0, index) + other + address.slice(index + 1)
  }
}

test('addresses of both versions pass the double hash', () => {
  for (const address of ['1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa', '3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy'])
    assert.ok(isBase58Address(address), address)
})

test('no damaged address of base 58 passes', () => {
  const alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
  for (const address of damaged('1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa', 1, alphabet))
    assert.ok(!isBase58Address(address), address)
})

test('what is too long, of another version or of another alphabet is no address', () => {
  for (const address of [
    `1${'z'.repeat(34)}`,
    'mipcBbFg9gMiCh81Kj8tqqdgoZub1ZJRfn',
    '1A1zP1eP5QGefi2DMPTfTL5SLmv7Divf0a',
    '',
  ])
    assert.ok(!isBase58Address(address), address)
})

/** Source: BIP 173 and BIP 350, test vectors. */
test('the vectors of bech32 and bech32m pass', () => {
  for (const data of [
    'qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4',
    'p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0',
  ])
    assert.ok(isBech32Address('bc', data), data)
})

test('no damaged address of bech32 passes, nor one of another network', () => {
  const alphabet = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l'
  for (const data of damaged('qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4', 0, alphabet))
    assert.ok(!isBech32Address('bc', data), data)
  assert.ok(!isBech32Address('tb', 'qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4'))
  assert.ok(!isBech32Address('bc', 'b1oi'))
})

/** Source: EIP-55, test cases. */
test('the capitals of an address are those its hash asks for', () => {
  for (const digits of [
    '5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed',
    'fB6916095ca1df60bB79Ce92cE3Ea74c37c5d359',
    'dbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB',
    'D1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb',
  ]) {
    assert.ok(hasMixedCaseSum(digits), digits)
    assert.ok(!hasMixedCaseSum(digits.toLowerCase()), digits)
  }
})

test('they are those of the whole Keccak of the library, for any address', () => {
  for (let round = 0; round < 300; round++) {
    const lower = createHash('sha1').update(String(round)).digest('hex')
    const hash = Buffer.from(keccak_256(Buffer.from(lower))).toString('hex')
    const capitals = [...lower]
      .map((digit, place) => (Number.parseInt(hash.charAt(place), 16) >= 8 ? digit.toUpperCase() : digit))
      .join('')
    assert.ok(hasMixedCaseSum(capitals), capitals)
    const other = capitals.replace(/[a-f]/i, (digit) =>
      digit < 'a' ? digit.toLowerCase() : digit.toUpperCase(),
    )
    assert.ok(!hasMixedCaseSum(other), other)
  }
})
