import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  holdsAddress,
  holdsNetwork,
  machineOf,
  type Network,
  networksOf,
  plainAddress,
  readNetwork,
} from './network.ts'

const network = (text: string): Network => {
  const read = readNetwork(text)
  assert.ok(read, text)
  return read
}

test('an address lies in a network when the leading bits are the same', () => {
  const cases: readonly (readonly [string, string, boolean])[] = [
    ['10.0.0.0/8', '10.255.1.2', true],
    ['10.0.0.0/8', '11.0.0.0', false],
    ['192.0.2.7', '192.0.2.7', true],
    ['192.0.2.7', '192.0.2.8', false],
    ['0.0.0.0/0', '203.0.113.9', true],
    ['0.0.0.0/0', '2001:db8::1', false],
    ['2001:db8::/32', '2001:db8:ffff::1', true],
    ['2001:db8::/32', '2001:db9::1', false],
    ['::/0', '2001:db8::1', true],
    ['::1', '::1', true],
    ['::ffff:0:0/96', '::ffff:192.0.2.1', true],
    ['10.0.0.0/8', '', false],
    ['fe80::/10', 'fe80::1%eth0', true],
    ['10.0.0.0/8', 'proxy', false],
    ['10.0.0.0/8', '10.0.0', false],
    ['10.0.0.0/8', '10.0.0.1, 203.0.113.9', false],
  ]
  for (const [block, address, isInside] of cases) {
    assert.equal(holdsAddress(network(block), address), isInside, `${address} in ${block}`)
  }
})

test('what is no network, or says more than its prefix, is not read', () => {
  for (const text of [
    '',
    '10.0.0.0/33',
    '10.0.0.0/',
    '10.0.0.0/-1',
    '::1%eth0',
    '10.1.2.3/8',
    '2001:db8::1/32',
    '10.0.0/8',
    'ten',
    '::/129',
    '1::2::3',
    '/8',
  ])
    assert.equal(readNetwork(text), undefined, text)
  assert.throws(() => networksOf(['10.0.0.0/99']))
})

test('a network holds those within it and no wider one', () => {
  assert.equal(holdsNetwork(network('10.0.0.0/8'), network('10.1.0.0/16')), true)
  assert.equal(holdsNetwork(network('10.1.0.0/16'), network('10.0.0.0/8')), false)
  assert.equal(holdsNetwork(network('10.1.0.0/16'), network('10.2.0.0/16')), false)
  assert.equal(holdsNetwork(network('0.0.0.0/0'), network('::/0')), false)
})

test('an IPv6 machine is its 64 leading bits', () => {
  assert.equal(machineOf('192.0.2.7'), '192.0.2.7')
  assert.equal(machineOf('2001:db8:1:2:aaaa::1'), machineOf('2001:db8:1:2:bbbb::9'))
  assert.notEqual(machineOf('2001:db8:1:2::1'), machineOf('2001:db8:1:3::1'))
  assert.equal(machineOf('fe80::1%eth0'), machineOf('fe80::2'))
})

test('an address of a socket for both families is the IPv4 address it stands for', () => {
  assert.equal(plainAddress('::ffff:192.0.2.1'), '192.0.2.1')
  assert.equal(plainAddress('::1'), '::1')
})
