import assert from 'node:assert/strict'
import { test } from 'node:test'
import { kinds } from './kinds.ts'
import { packNames, packs, typesOfPack } from './packs.ts'

test('a pack names only kinds that are found', () => {
  const known = new Set(kinds.map(({ type }) => type))
  for (const { name, types } of packs) {
    for (const type of types) assert.ok(known.has(type), `${name} names ${type}`)
  }
})

test('each pack has a name and a label of its own and holds something', () => {
  assert.deepEqual(
    packs.map(({ name }) => name),
    packNames,
  )
  assert.equal(new Set(packs.map(({ label }) => label)).size, packs.length)
  for (const { families, types } of packs) assert.ok(families.length + types.length > 0)
})

test('the pack of cards holds what the standard for cards names, and no account', () => {
  assert.deepEqual([...typesOfPack('pci', kinds)].toSorted(), [
    'card-expiry',
    'card-security-code',
    'card-track',
    'payment-card',
  ])
})

test('the pack of personal data holds every kind of its families, and no key', () => {
  const types = typesOfPack('pii', kinds)
  for (const { type, family } of kinds) {
    if (['person', 'contact', 'identity', 'health'].includes(family)) assert.ok(types.includes(type), type)
    if (family === 'secret') assert.ok(!types.includes(type), type)
  }
})

test('the pack of secrets holds every secret and nothing else', () => {
  assert.deepEqual(
    typesOfPack('secrets', kinds),
    kinds.filter(({ family }) => family === 'secret').map(({ type }) => type),
  )
})

test('a pack of a topic that nobody finds holds nothing', () => {
  assert.deepEqual(typesOfPack('legal', []), [])
})
