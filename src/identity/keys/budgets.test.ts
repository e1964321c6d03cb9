import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { KeyBounds } from '#/core/key-bounds.ts'
import { createBudgets } from './budgets.ts'
import type { KeyRecord } from './record.ts'

const start = Date.UTC(2026, 10, 25, 12)

const keyWith = (id: string, bounds: KeyBounds): KeyRecord => ({ id, budgetId: id, bounds }) as KeyRecord

test('requests of a minute and of a day are counted by the clock, and start anew with it', () => {
  let now = start
  const budgets = createBudgets(() => now, [])
  const line = [keyWith('one', { requestsPerMinute: 2, requestsPerDay: 3 })]
  budgets.admit(line)
  budgets.admit(line)
  assert.throws(() => budgets.admit(line), {
    code: 'key-rate-reached',
    facts: { bound: 'requestsPerMinute', limit: 2, retryAfterSeconds: 60 },
  })
  now += 60_000
  budgets.admit(line)
  assert.throws(() => budgets.admit(line), {
    code: 'key-budget-spent',
    facts: { bound: 'requestsPerDay', limit: 3, unit: 'requests' },
  })
  now += 86_400_000
  budgets.admit(line)
})

test('tokens are counted when they are known: the exchange that passes the bound was the last one', () => {
  const budgets = createBudgets(() => start, [])
  const line = [keyWith('one', { tokensPerDay: 100 })]
  budgets.admit(line)
  budgets.spend(line, 99)
  budgets.admit(line)
  budgets.spend(line, 50)
  assert.throws(() => budgets.admit(line), {
    code: 'key-budget-spent',
    facts: { bound: 'tokensPerDay', limit: 100, unit: 'tokens' },
  })
})

test('many children together spend no more than their parent may, and a refusal counts nothing', () => {
  const budgets = createBudgets(() => start, [])
  const parent = keyWith('parent', { requestsPerDay: 10 })
  const children = [1, 2, 3].map((number) => keyWith(`child${number}`, { requestsPerDay: 5 }))
  let admitted = 0
  for (let round = 0; round < 40; round++) {
    const child = children[round % 3] as KeyRecord
    try {
      budgets.admit([child, parent])
      admitted++
    } catch (error) {
      assert.equal((error as { readonly code?: string }).code, 'key-budget-spent')
    }
  }
  assert.equal(admitted, 10)
  const kept = Object.fromEntries(budgets.take().map(({ budgetId, requests }) => [budgetId, requests]))
  assert.equal(kept['parent'], 10)
  assert.equal((kept['child1'] ?? 0) + (kept['child2'] ?? 0) + (kept['child3'] ?? 0), 10)
})

test('what was spent today is known again after a restart', () => {
  const first = createBudgets(() => start, [])
  const line = [keyWith('one', { requestsPerDay: 2, tokensPerDay: 100 })]
  first.admit(line)
  first.spend(line, 60)
  const stored = first.take()
  assert.deepEqual(first.take(), [], 'only what changed')
  first.putBack(stored)
  assert.deepEqual(first.take(), stored)
  const second = createBudgets(() => start, stored)
  second.admit(line)
  assert.throws(() => second.admit(line), { code: 'key-budget-spent' })
})

test('a key that is bound to no number is not counted at all', () => {
  const budgets = createBudgets(() => start, [])
  budgets.admit([keyWith('one', { useCase: 'any' })])
  budgets.spend([keyWith('one', {})], 10)
  assert.deepEqual(budgets.take(), [])
})
