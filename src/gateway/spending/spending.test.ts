import assert from 'node:assert/strict'
import { describe, type TestContext, test } from 'node:test'
import { migrate } from '#/core/database/migrate.ts'
import { openSqlite } from '#/core/database/sqlite.ts'
import type { LogLine } from '#/core/log-line.ts'
import type { Refusal } from '#/core/refusal.ts'
import type { Budget } from '#/policy/api.ts'
import { spendingMigrations } from './migrations/index.ts'
import { openSpending } from './spending.ts'
import { createSpendingStore, type SpendingStore } from './store.ts'

const usd = 1_000_000

function setUp(store: SpendingStore) {
  const clock = { at: Date.UTC(2026, 10, 30, 12), now: () => clock.at, monotonic: () => clock.at }
  const lines: LogLine[] = []
  const open = () => openSpending({ store, clock, writeLine: (line) => void lines.push(line) })
  return { clock, lines, open }
}

async function opened(context: TestContext) {
  const database = openSqlite(':memory:')
  context.after(() => database.close())
  await migrate(database, spendingMigrations)
  return setUp(createSpendingStore(database))
}

const asked = (budget: Partial<Budget>, worst: number, personId = 'ada') => ({
  useCase: {
    id: 'support',
    owner: 'owner@example.com',
    budget: { perMonth: undefined, perPersonPerDay: undefined, ...budget },
  },
  personId,
  worstMicroUsd: worst * usd,
  isLimited: true,
})

function refusalOf(work: () => unknown): Refusal {
  try {
    work()
  } catch (error) {
    return error as Refusal
  }
  return assert.fail('it was let through')
}

describe('what use cases spend', () => {
  test('a use case without a budget sets nothing aside', async (context) => {
    const spending = await (await opened(context)).open()
    const { useCase, ...rest } = asked({}, 1_000)
    assert.equal(spending.reserve({ ...rest, useCase: { ...useCase, budget: undefined } }), undefined)
  })

  test('what is under way counts at its worst; what it cost counts after it', async (context) => {
    const spending = await (await opened(context)).open()
    const budget = { perMonth: 10 * usd }
    const first = spending.reserve(asked(budget, 8))
    const told = refusalOf(() => spending.reserve(asked(budget, 3)))
    assert.equal(told.code, 'budget-spent')
    assert.equal(told.status, 402)
    assert.deepEqual([told.facts['leftUsd'], told.facts['needsUsd']], [2, 3])
    assert.match(told.message, /10\.00 USD a month; 2\.00 USD are left.*up to 3\.00 USD.*2026-12-01/)
    const works = ({ remedies }: Refusal): readonly string[] => remedies.map(({ id }) => id)
    assert.deepEqual(works(told), ['limit-answer', 'send-less', 'wait-for-renewal', 'ask-owner'])
    const all = spending.reserve(asked(budget, 2))
    // With nothing left no smaller request goes, so none is offered.
    assert.deepEqual(works(refusalOf(() => spending.reserve(asked(budget, 1)))), [
      'wait-for-renewal',
      'ask-owner',
    ])
    all?.settle(0)
    first?.settle(1 * usd)
    first?.settle(5 * usd)
    assert.deepEqual([spending.spentOf('support'), spending.spentOf('other')], [1 * usd, 0])
    spending.reserve(asked(budget, 9))?.settle(0)
    assert.equal(refusalOf(() => spending.reserve(asked(budget, 9.5))).facts['leftUsd'], 9)
  })

  test('a person spends a day of their own, and begins anew with the next', async (context) => {
    const { clock, open } = await opened(context)
    const spending = await open()
    const budget = { perPersonPerDay: 2 * usd }
    spending.reserve(asked(budget, 2))?.settle(2 * usd)
    const told = refusalOf(() => spending.reserve(asked(budget, 1)))
    assert.deepEqual([told.facts['bound'], told.facts['renewsOn']], ['person-day', '2026-12-01'])
    assert.ok(spending.reserve(asked(budget, 1, 'sam')))
    clock.at += 86_400_000
    assert.ok(spending.reserve(asked(budget, 2)))
  })

  test('how a person stands is what they spent on this day, without what is under way', async (context) => {
    const { clock, open } = await opened(context)
    const spending = await open()
    const { useCase } = asked({ perMonth: 9 * usd, perPersonPerDay: 2 * usd }, 1)
    const renewsAtMs = Date.UTC(2026, 11, 1)
    const fresh = { useCase: 'support', limit: 2 * usd, spent: 0, renewsAtMs, askedAtMs: 0 }
    assert.deepEqual(spending.standingOf(useCase, 'ada'), fresh)
    const reservation = spending.reserve({ ...asked({}, 1), useCase })
    const asOf = { ...fresh, askedAtMs: clock.at }
    assert.deepEqual([reservation?.standing(), spending.standingOf(useCase, 'sam')], [asOf, fresh])
    reservation?.settle(1 * usd)
    assert.deepEqual(reservation?.standing(), { ...asOf, spent: 1 * usd })
    const { facts } = refusalOf(() => spending.reserve({ ...asked({}, 1.5), useCase }))
    assert.deepEqual([facts['spentUsd'], facts['renewsInSeconds']], [1, 12 * 3_600])
    clock.at += 12 * 3_600_000
    assert.deepEqual(spending.standingOf(useCase, 'ada'), { ...fresh, renewsAtMs: renewsAtMs + 86_400_000 })
    assert.equal(spending.standingOf(asked({ perMonth: 9 * usd }, 1).useCase, 'ada'), undefined)
  })

  test('a refusal sets nothing aside, and what is spent to the end lets nothing through that costs', async (context) => {
    const spending = await (await opened(context)).open()
    const budget = { perMonth: 10 * usd, perPersonPerDay: 1 * usd }
    refusalOf(() => spending.reserve(asked(budget, 2)))
    spending.reserve(asked(budget, 1))?.settle(1 * usd)
    assert.equal(refusalOf(() => spending.reserve(asked(budget, 0))).facts['leftUsd'], 0)
    assert.equal(refusalOf(() => spending.reserve(asked({ perMonth: 10 * usd }, 10))).facts['leftUsd'], 9)
  })

  test('it is still known after a start, and earlier months are forgotten', async (context) => {
    const { clock, open } = await opened(context)
    const before = await open()
    before.reserve(asked({ perMonth: 10 * usd }, 5))?.settle(4 * usd)
    await before.close()
    const after = await open()
    assert.equal(refusalOf(() => after.reserve(asked({ perMonth: 10 * usd }, 7))).facts['leftUsd'], 6)
    clock.at += 2 * 86_400_000
    const later = await open()
    assert.ok(later.reserve(asked({ perMonth: 10 * usd }, 10)))
  })

  test('a clock that was ahead for a moment gives nothing back, also after a start', async (context) => {
    const { clock, open } = await opened(context)
    const spending = await open()
    const budget = { perMonth: 10 * usd, perPersonPerDay: 10 * usd }
    const day = 86_400_000
    spending.reserve(asked(budget, 9))?.settle(9 * usd)
    clock.at += 2 * day
    spending.reserve(asked(budget, 8))?.settle(8 * usd)
    clock.at -= 2 * day
    assert.equal(refusalOf(() => spending.reserve(asked(budget, 3))).facts['leftUsd'], 2)
    await spending.close()
    const after = await open()
    assert.equal(refusalOf(() => after.reserve(asked(budget, 3))).facts['leftUsd'], 1)
  })

  test('what could not be written down is told, still counts, and goes with the next', async () => {
    const written: number[] = []
    let isBroken = true
    const { lines, open } = setUp({
      read: async () => [],
      readMark: async () => undefined,
      forgetBefore: async () => undefined,
      put: async (rows) => {
        if (isBroken) throw new Error('the disk is full')
        written.push(...rows.map(({ microUsd }) => microUsd))
      },
    })
    const spending = await open()
    const budget = { perMonth: 10 * usd }
    spending.reserve(asked(budget, 4))?.settle(4 * usd)
    await new Promise(setImmediate)
    assert.equal(lines.length, 1)
    assert.equal(refusalOf(() => spending.reserve(asked(budget, 7))).facts['leftUsd'], 6)
    isBroken = false
    await spending.close()
    assert.deepEqual(written, [4 * usd, 4 * usd])
  })
})
