import assert from 'node:assert/strict'
import { test } from 'node:test'
import { placeOf } from './place.ts'

test('one network of IPv6 is one place; an IPv4 address is its own', () => {
  assert.equal(placeOf('2001:db8:1:2:3:4:5:6'), placeOf('2001:db8:1:2::9'))
  assert.equal(placeOf('fe80::1%eth0'), placeOf('fe80::2'))
  assert.notEqual(placeOf('2001:db8:1:2::9'), placeOf('2001:db8:1:3::9'))
  assert.notEqual(placeOf('192.0.2.7'), placeOf('192.0.2.8'))
})
