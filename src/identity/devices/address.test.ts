import assert from 'node:assert/strict'
import type { IncomingMessage } from 'node:http'
import { test } from 'node:test'
import { addressOf, placeOf } from './address.ts'

const from = (remoteAddress: string | undefined, headers = {}): string =>
  addressOf({ socket: { remoteAddress }, headers } as IncomingMessage)

test('where a request comes from is what the socket says, whatever a header claims', () => {
  assert.equal(from('192.0.2.7', { 'x-forwarded-for': '198.51.100.1' }), '192.0.2.7')
  assert.equal(from('::ffff:192.0.2.7'), '192.0.2.7')
  assert.equal(from('2001:db8::1'), '2001:db8::1')
  assert.equal(from(undefined), 'unknown')
})

test('one network of IPv6 is one place; an IPv4 address is its own', () => {
  assert.equal(placeOf('2001:db8:1:2:3:4:5:6'), placeOf('2001:db8:1:2::9'))
  assert.equal(placeOf('fe80::1%eth0'), placeOf('fe80::2'))
  assert.notEqual(placeOf('2001:db8:1:2::9'), placeOf('2001:db8:1:3::9'))
  assert.notEqual(placeOf('192.0.2.7'), placeOf('192.0.2.8'))
})
