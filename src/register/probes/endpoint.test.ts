import assert from 'node:assert/strict'
import { test } from 'node:test'
import { endpointOf } from './endpoint.ts'

test('an endpoint is private only when every address of its name is', () => {
  assert.equal(endpointOf(['10.1.2.3', '172.31.255.1', '192.168.0.9']), 'private')
  assert.equal(endpointOf(['fd00::1', 'fe80::1', '169.254.1.1']), 'private')
  assert.equal(endpointOf(['::ffff:10.0.0.1']), 'private')
  assert.equal(endpointOf(['10.1.2.3', '192.0.2.7']), 'mixed')
  assert.equal(endpointOf(['192.0.2.7', '2001:db8::1']), 'public')
})

test('the edges of private networks are public, and so is shared address space', () => {
  for (const address of ['9.255.255.255', '11.0.0.0', '172.15.255.255', '172.32.0.0', '192.167.255.255'])
    assert.equal(endpointOf([address]), 'public', address)
  assert.equal(endpointOf(['100.64.0.1']), 'public')
  assert.equal(endpointOf(['fbff::1']), 'public')
})

test('this machine is neither: it says nothing of what a program behind it does', () => {
  assert.equal(endpointOf(['127.0.0.1', '::1']), 'this machine')
  assert.equal(endpointOf(['127.0.0.1', '192.0.2.7']), 'mixed')
})

test('no address is no measurement', () => {
  assert.equal(endpointOf([]), null)
  assert.equal(endpointOf(undefined), null)
})
