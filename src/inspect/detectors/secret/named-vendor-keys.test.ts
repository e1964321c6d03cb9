import assert from 'node:assert/strict'
import { test } from 'node:test'
import { namedVendorKey } from './named-vendor-keys.ts'

const name = 'acme'
const detector = namedVendorKey({
  type: 'acme-key',
  label: 'Acme key',
  names: [name],
  pattern: '[A-Za-z0-9_-]{14,20}',
  example: 'aB3dE5fG7hJ9kL2m',
})

test('what is known from behind another name changes nothing that is found behind one', () => {
  let found = 0
  for (let between = 1; between < 100; between++)
    for (let apart = 0; apart <= 20; apart++) {
      const start = name.length + between
      const text = `${name}${' '.repeat(between)}${name} token${' '.repeat(apart)}=aB3dE5fG7hJ9kL`
      detector.examine(text, 0, name.length)
      const matches = detector.examine(text, start, start + name.length)
      found += matches.length
      detector.examine(`${name} other`, 0, name.length)
      assert.deepEqual(matches, detector.examine(text, start, start + name.length), text)
    }
  assert.equal(found, 2_079)
})
