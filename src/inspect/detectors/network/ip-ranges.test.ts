import assert from 'node:assert/strict'
import { test } from 'node:test'
import { reachOfIpv4, reachOfIpv6 } from './ip-ranges.ts'

test('ranges inside a company are private, up to their borders', () => {
  for (const address of [
    '10.0.0.0',
    '10.255.255.255',
    '172.16.0.1',
    '172.31.255.254',
    '192.168.0.1',
    '169.254.1.1',
    '100.64.0.1',
  ])
    assert.equal(reachOfIpv4(address), 'private', address)
  for (const address of [
    '9.255.255.255',
    '11.0.0.1',
    '172.15.0.1',
    '172.32.0.1',
    '192.167.0.1',
    '192.169.0.1',
    '100.128.0.1',
  ])
    assert.equal(reachOfIpv4(address), 'public', address)
})

test('loopback, masks and groups lead nowhere', () => {
  for (const address of ['127.0.0.1', '0.0.0.0', '255.255.255.0', '224.0.0.251', '240.0.0.1'])
    assert.equal(reachOfIpv4(address), undefined, address)
})

test('what is no four octets is no address', () => {
  for (const address of ['256.1.1.1', '1.2.3', '1.2.3.4.5', '01.2.3.4', '1.2.3.004', '', 'a.b.c.d'])
    assert.equal(reachOfIpv4(address), undefined, address)
})

test('eight groups, or fewer with one gap, are an address', () => {
  for (const address of ['2001:db8:85a3:0:0:8a2e:370:7334', '2001:db8::1', '2606:4700:4700::1111'])
    assert.equal(reachOfIpv6(address), 'public', address)
  for (const address of ['fe80::1', 'fd12:3456:789a::1', 'fc00::1'])
    assert.equal(reachOfIpv6(address), 'private', address)
})

test('names in code, times, devices and broken groups are none', () => {
  for (const address of [
    'a::b',
    'dead::beef',
    '10:58:14',
    '00:1a:2b:3c:4d:5e:6f:70',
    '2001:db8::1::2',
    '2001:db8:::1',
    '1:2:3:4:5:6:7:8:9',
    '::1',
    '::',
    '2001::db8g',
  ])
    assert.equal(reachOfIpv6(address), undefined, address)
})
