import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openUsedTokens } from './used-tokens.ts'

test('a token that ends in the middle of a millisecond is remembered in whole ones: a database takes no others', async () => {
  const stored: number[] = []
  const store = {
    read: async () => [],
    insert: async (_: string, untilMs: number) => void stored.push(untilMs),
    remove: async () => undefined,
    removeEnded: async () => undefined,
  }
  const used = await openUsedTokens(store, { now: () => 1_790_000_000_000, monotonic: () => 0 })
  const claims = { iss: 'https://id.example.com', exp: 1_790_000_300.000_4 }
  await used.use({ ...claims, jti: 'one' })
  await used.useFor({ ...claims, jti: 'two' }, async () => undefined)
  assert.deepEqual(stored, [1_790_000_360_001, 1_790_000_360_001])
})
