import assert from 'node:assert/strict'
import { test } from 'node:test'
import { foundIn } from '../../test-found.ts'
import { seeded } from '../../test-random.ts'
import { macAddress } from './mac-address.ts'

const addresses = (text: string): readonly string[] => foundIn(text, 'mac-address')

test('in a long row of pairs no six are an address', () => {
  for (const pair of ['A1:', '1a-', '3c:22:fb:', '1.'])
    for (const text of [pair.repeat(40), `x ${pair.repeat(20)} y`, pair.repeat(13).slice(0, -1)])
      assert.deepEqual(addresses(text), [], text)
})

test('a long row of pairs says nothing of another text', () => {
  const address = '3c:22:fb:45:00:9d'
  const row = 'a1:'.repeat(40)
  const other = `${'z '.repeat(40)}${address}`.padEnd(row.length, ' z')
  assert.equal(other.length, row.length)
  assert.deepEqual(addresses(row), [])
  assert.deepEqual(addresses(other), [address])
})

test('beside a long row of pairs an address stands by itself', () => {
  const address = '3c:22:fb:45:00:9d'
  const row = 'a1:'.repeat(20)
  for (const text of [
    `${row} ${address}`,
    `${address} ${row}`,
    `${row}\n${address}\n${row}`,
    `${row},${address}`,
  ])
    assert.deepEqual(addresses(text), [address], text)
})

test('in rows of parts that go on in each other each address that stands apart is found by one of its numbers', () => {
  const random = seeded(19)
  const parts = [
    '00',
    '1a',
    '2B',
    '3c4d',
    '5e',
    'f',
    '6',
    '3c:22:fb:45:00:9d',
    '001a.2b3c.4d5e',
    '\\n',
    '%3D',
    'x',
    '_',
    ' ',
  ]
  // Plainly: of a window around each digit, as the detector reads it.
  const plain =
    /(?:[\da-f]{2}(?::[\da-f]{2}){5}|[\da-f]{2}(?:-[\da-f]{2}){5}|[\da-f]{4}\.[\da-f]{4}\.[\da-f]{4})(?![\da-z_]|[:-][\da-f]{2}(?![\p{L}])|\.[\da-f])/giu
  let found = 0
  for (let row = 0; row < 20_000; row++) {
    let text = ' '
    for (let count = 2 + random.below(14); count > 0; count--)
      text += random.pick(parts) + random.pick([':', ':', ':', ':', '-', '.', '.', '', ''])
    for (const { 0: value, index } of `${text} `.matchAll(plain)) {
      const before = text.slice(0, index)
      if (
        /[\da-z_]$/i.test(before) ||
        /[\da-f][:.-]$/i.test(before) ||
        !/\d/.test(value) ||
        !/[a-f]/i.test(value)
      )
        continue
      found++
      // One of its numbers is enough: a window may hold the address before it.
      const isFound = [...value.matchAll(/\d+/g)].some(({ 0: digits, index: at }) => {
        const start = index + at
        return macAddress.examine(`${text} `, start, start + digits.length)[0]?.start === index
      })
      assert.ok(isFound, `${value} in ${text}`)
    }
  }
  assert.ok(found > 500, `${found} found`)
})
