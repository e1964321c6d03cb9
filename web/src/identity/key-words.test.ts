import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { KeyView } from '#/identity/keys/api.ts'
import {
  askedKey,
  describeKeyBounds,
  describeState,
  describeUse,
  emptyKeyWords,
  inOrder,
} from './key-words.ts'

const key: KeyView = {
  id: 'key_1',
  label: null,
  person: { id: 'p', email: 'ada@example.com' },
  service: null,
  bounds: {},
  parent: null,
  workload: null,
  createdBy: 'p',
  createdAt: '2026-11-01T08:00:00.000Z',
  expiresAt: '2027-01-30T08:00:00.000Z',
  state: 'works',
  endedWhy: null,
  isLeaked: false,
  replacedBy: null,
  lastUsedAt: null,
  uses: 0,
  machines: [],
}

test('what is left empty does not bind', () => {
  assert.deepEqual(askedKey(emptyKeyWords(90)), { expiresInDays: 90 })
})

test('what is typed becomes bounds: lists by commas, blanks and lines', () => {
  const words = {
    ...emptyKeyWords(90),
    ...{ label: ' laptop ', days: '7', service: 'builds', useCase: 'support', highestClass: 'internal' },
    ...{ offerings: 'west, east', networks: '192.0.2.0/24\n2001:db8::/32', requestsPerDay: '100' },
  }
  const asked = askedKey(words) as { readonly bounds: Parameters<typeof describeKeyBounds>[0] }
  assert.deepEqual(asked, {
    label: 'laptop',
    service: 'builds',
    expiresInDays: 7,
    bounds: {
      useCase: 'support',
      highestClass: 'internal',
      offerings: ['west', 'east'],
      networks: ['192.0.2.0/24', '2001:db8::/32'],
      requestsPerDay: 100,
    },
  })
  assert.equal(describeKeyBounds(asked.bounds).length, 5)
})

test('a key says its state and its use in words', () => {
  assert.equal(describeState(key), 'works until 2027-01-30')
  assert.equal(describeState({ ...key, state: 'replaced' }), 'replaced; works until 2027-01-30')
  assert.equal(describeState({ ...key, state: 'expired' }), 'ended on 2027-01-30')
  assert.equal(describeUse(key), 'never used')
  const machines = [{ address: '192.0.2.1', at: '2026-11-02T08:00:00.000Z' }]
  const used = { ...key, lastUsedAt: '2026-11-02T08:00:00.000Z', uses: 1, machines }
  assert.equal(describeUse(used), 'last used on 2026-11-02, once, from 192.0.2.1')
})

test('a key that leaked stands first, then those that work', () => {
  const order = inOrder([
    { ...key, id: 'over', state: 'revoked' },
    { ...key, id: 'works' },
    { ...key, id: 'leaked', state: 'revoked', isLeaked: true },
  ])
  assert.deepEqual(
    order.map(({ id }) => id),
    ['leaked', 'works', 'over'],
  )
})
