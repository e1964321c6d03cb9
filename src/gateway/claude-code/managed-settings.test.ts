import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isKnown, manageSettings } from './managed-settings.ts'

test('the checksum is over the settings with keys in order at every level and no white space', () => {
  const { checksum } = manageSettings({ b: { d: [{ z: 1, a: 'ä' }], c: true }, a: 1 })
  // printf '%s' '{"a":1,"b":{"c":true,"d":[{"a":"ä","z":1}]}}' | sha256sum
  assert.equal(checksum, 'sha256:3e9005a6c64ddb8ebba102b28300bf3af96364c00768b9493abe7c03a3e6ccb6')
  assert.equal(manageSettings({ a: 1, b: { c: true, d: [{ a: 'ä', z: 1 }] } }).checksum, checksum)
  assert.notEqual(manageSettings({}).checksum, checksum)
})

test('the same settings have the same id, which is a UUID', () => {
  const { uuid } = manageSettings({ model: 'auto' })
  assert.match(uuid, /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/)
  assert.equal(manageSettings({ model: 'auto' }).uuid, uuid)
  assert.notEqual(manageSettings({ model: 'west' }).uuid, uuid)
})

test('only the very checksum is known; a star asks for everything', () => {
  const managed = manageSettings({ model: 'auto' })
  for (const known of [`"${managed.checksum}"`, `W/"${managed.checksum}"`, `"x", "${managed.checksum}"`])
    assert.equal(isKnown(known, managed), true, known)
  for (const other of [undefined, '', '*', managed.checksum, '"sha256:0"'])
    assert.equal(isKnown(other, managed), false, String(other))
})
