import assert from 'node:assert/strict'
import { hash, randomInt } from 'node:crypto'
import { test } from 'node:test'
import { KeyBook } from './book.ts'
import type { KeyRecord } from './record.ts'

const keyOf = (id: string, keyHash: string): KeyRecord => ({
  ...{ id, hash: keyHash, personId: 'ada', serviceId: undefined, bounds: {}, label: undefined },
  ...{ parentId: undefined, budgetId: id, replacedBy: undefined, workload: undefined, createdBy: 'ada' },
  ...{ createdAt: 0, expiresAt: 1, revokedAt: undefined, revokedReason: undefined },
})

/** Of few beginnings, so that many begin alike. */
const hashOf = (text: string): string =>
  `${'0123456789abcdef'[randomInt(16)]?.repeat(8)}${hash('sha256', text, 'hex').slice(8)}`

test('a key is found by its hash and its id, whatever came, was replaced or went before', () => {
  const expected = new Map<string, KeyRecord>()
  const stored = Array.from({ length: 20 }, (_, index) => keyOf(`stored-${index}`, hashOf(`s${index}`)))
  for (const key of stored) expected.set(key.id, key)
  const book = new KeyBook(stored)
  for (let step = 0; step < 600; step++) {
    const ids = [...expected.keys()]
    const known = expected.get(ids[randomInt(Math.max(1, ids.length))] ?? '')
    const what = randomInt(3)
    if (what === 0 && known !== undefined) {
      book.remove(known)
      expected.delete(known.id)
    } else if (what === 1 && known !== undefined) {
      const changed = { ...known, revokedAt: step }
      book.put(changed)
      expected.set(known.id, changed)
    } else {
      const added = keyOf(`key-${step}`, hashOf(`k${step}`))
      book.put(added)
      expected.set(added.id, added)
    }
    const key = expected.get(ids[randomInt(Math.max(1, ids.length))] ?? '')
    if (key !== undefined) assert.deepEqual([book.findByHash(key.hash), book.find(key.id)], [key, key])
  }
  for (const key of expected.values()) assert.equal(book.findByHash(key.hash), key)
  assert.deepEqual([...book.all()].map(({ id }) => id).sort(), [...expected.keys()].sort())
})

test('for a hash of nobody another key stands in, and is not taken for it', () => {
  assert.deepEqual(new KeyBook().lookUp(hashOf('x')), { key: undefined, difference: 1 })
  const keys = ['22222222', '88888888', '88888888'].map((prefix, index) =>
    keyOf(String(index), prefix + hash('sha256', String(index), 'hex').slice(8)),
  )
  const book = new KeyBook(keys)
  for (const prefix of ['00000000', '22222222', '55555555', '88888888', 'ffffffff']) {
    const asked = prefix + hash('sha256', 'nobody', 'hex').slice(8)
    const { key, difference } = book.lookUp(asked)
    assert.ok(key !== undefined && difference !== 0, prefix)
    assert.equal(book.findByHash(asked), undefined)
  }
  book.remove(keyOf('never there', keys[0]?.hash ?? ''))
  assert.equal(book.findByHash(keys[0]?.hash ?? ''), keys[0])
})
