import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { GatewayServices } from '../services.ts'
import { openSpending } from '../spending/spending.ts'
import type { Decided } from '../stages/decide.ts'
import { chargeFor } from './charge.ts'
import { readModerationAnswer } from './read-answer.ts'

const guard = { id: 'guard', priceMicroUsdPerMillionTokens: { input: 2_000_000, output: 8_000_000 } }
const useCase = {
  id: 'letters',
  owner: 'owner@example.com',
  budget: { perMonth: undefined, perPersonPerDay: 100 },
}
const decided = {
  decision: { useCase },
  inspected: { read: { admitted: { identified: { caller: { person: { id: 'ada' }, keyId: 'key_1' } } } } },
} as unknown as Decided

async function open() {
  const spending = await openSpending({
    store: {
      read: async () => [],
      readMark: async () => undefined,
      put: async () => undefined,
      forgetBefore: async () => undefined,
    },
    clock: { now: () => 1_790_000_000_000, monotonic: () => 0 },
    writeLine: () => undefined,
  })
  const tokens: number[] = []
  const identity = { spendKey: (_: string, count: number) => void tokens.push(count) }
  const services = { spending, identity } as unknown as GatewayServices
  return {
    tokens,
    charge: (texts: readonly string[], offering: Parameters<typeof chargeFor>[0] = guard) =>
      chargeFor(offering, texts, decided, services),
    spent: () => [spending.spentOf('letters'), spending.standingOf(useCase, 'ada')?.spent],
  }
}

test('asking is charged to use case, person and key: as the model says it, else by what it was shown', async () => {
  const { charge, tokens, spent } = await open()
  const usage = { inputTokens: 5, outputTokens: 1, cacheReadTokens: 0, cacheWriteTokens: 0 }
  assert.equal(charge(['a text'])({ isServed: true, usage }), 18)
  assert.equal(charge(['a text', 'and one'])({ isServed: true, usage: undefined }), 10)
  assert.deepEqual(spent(), [28, 28])
  assert.deepEqual(tokens, [6, 5])
})

test('what never reached it, or was refused by it, costs nothing', async () => {
  const { charge, tokens, spent } = await open()
  assert.equal(charge(['a text'])({ isServed: false, usage: undefined }), undefined)
  assert.deepEqual([spent(), tokens], [[0, 0], []])
})

test('nothing is shown when the budget could not pay for it, also not with what is under way', async () => {
  const { charge } = await open()
  const underWay = charge(['x'.repeat(40)])
  assert.throws(() => charge(['x'.repeat(11)]), { code: 'budget-spent' })
  underWay({ isServed: false, usage: undefined })
  charge(['x'.repeat(11)])
})

test('without a price the key is charged all the same, and nothing is said of a cost', async () => {
  const { charge, tokens } = await open()
  const unpriced = { id: 'guard', priceMicroUsdPerMillionTokens: undefined }
  assert.equal(charge(['a text'], unpriced)({ isServed: true, usage: undefined }), undefined)
  assert.deepEqual(tokens, [2])
})

test('usage in a form nobody knows does not make a verdict unread', () => {
  const answer = (usage: unknown) =>
    readModerationAnswer(
      Buffer.from(JSON.stringify({ usage, results: [{ categories: { violence: false } }] })),
      1,
      undefined,
    )
  assert.equal(answer({ prompt_tokens: 7 })?.usage?.inputTokens, 7)
  for (const odd of [undefined, null, 'much', { prompt_tokens: -1 }, { tokens: 3 }])
    assert.deepEqual([answer(odd)?.flags, answer(odd)?.usage], [[[]], undefined])
})
