import assert from 'node:assert/strict'
import { test } from 'node:test'
import { networksOf, plainAddress, readNetwork } from './networks.ts'

test('a network holds its addresses and no others, of both families', () => {
  const networks = networksOf(['10.0.0.0/8', '192.0.2.7', '2001:db8::/32'])
  for (const address of ['10.255.0.1', '192.0.2.7', '2001:db8:1::1', '::ffff:10.1.2.3'])
    assert.ok(networks.has(address), address)
  for (const address of ['11.0.0.1', '192.0.2.8', '2001:db9::1', '::ffff:11.1.2.3', '', 'proxy', '10.0.0'])
    assert.ok(!networks.has(address), address)
})

test('what is no network is not taken for one', () => {
  for (const text of [
    '',
    '10.0.0.0/33',
    '10.0.0.0/',
    '10.0.0/8',
    '2001:db8::/129',
    'proxy',
    '10.0.0.0/-1',
    '::1%eth0',
  ])
    assert.equal(readNetwork(text), undefined, text)
  assert.throws(() => networksOf(['10.0.0.0/99']))
})

test('an address of a socket for both families is the IPv4 address it stands for', () => {
  assert.equal(plainAddress('::ffff:192.0.2.1'), '192.0.2.1')
  assert.equal(plainAddress('::1'), '::1')
})
