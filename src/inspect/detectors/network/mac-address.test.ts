import assert from 'node:assert/strict'
import { test } from 'node:test'
import { foundIn } from '../../test-found.ts'

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
