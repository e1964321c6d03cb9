import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { AuditLog } from '#/audit/api.ts'
import { copyAsCrashed, newFolder, openIn } from '#/audit/log-for-tests.ts'
import type { Database } from '#/core/database/api.ts'
import { migrate } from '#/core/database/migrate.ts'
import { openSqlite } from '#/core/database/sqlite.ts'
import type { Snapshot } from '#/snapshot/api.ts'
import { chargeAfterCrash } from './after-crash.ts'
import { spendingMigrations } from './migrations/index.ts'
import { openSpending } from './spending.ts'
import { createSpendingStore } from './store.ts'

const useCase = { id: 'letters', owner: 'o@example.com', budget: { perMonth: 400, perPersonPerDay: 100 } }
const snapshot = {
  useCases: new Map<string, object>([
    ['letters', useCase],
    ['free', { id: 'free' }],
  ]),
  offerings: new Map<string, object>([
    ['west', { id: 'west', priceMicroUsdPerMillionTokens: { input: 2_000_000, output: 8_000_000 } }],
  ]),
} as unknown as Snapshot

/** Starts whose stores outlive them, or not. */
function setUp(database: Database) {
  const store = createSpendingStore(database)
  const lines: string[] = []
  /** A start on this folder: what is spent after it. Killed before the store has written anything when it `loses` that. */
  const start = async (folder: string, { loses = false } = {}): Promise<readonly (number | undefined)[]> => {
    const { log, close } = await openIn(folder)
    const spending = await openSpending({
      store: loses ? { ...store, put: () => new Promise(() => undefined) } : store,
      clock: { now: () => 1_790_000_000_000, monotonic: () => 0 },
      writeLine: ({ what }) => void lines.push(what),
    })
    await chargeAfterCrash({ audit: log, snapshot, spending, writeLine: ({ what }) => void lines.push(what) })
    if (!loses) await spending.close()
    await close()
    return [spending.spentOf('letters'), spending.standingOf(useCase, 'ada')?.spent]
  }
  return { start, lines }
}

async function opened(context: TestContext) {
  const database = openSqlite(':memory:')
  context.after(() => database.close())
  await migrate(database, spendingMigrations)
  return setUp(database)
}

const begin = (log: AuditLog, id: string, more: object = {}) =>
  log.append({
    kind: 'intent',
    subject: 'ada',
    facts: { useCase: id, offering: 'west', decision: 'allow', ...more },
    payload: 'x'.repeat(300),
  })

test('what was under way when the process was killed is charged by what the log knows, once', async (context) => {
  const folder = await newFolder(context)
  const { start, lines } = await opened(context)
  const { log } = await openIn(folder)
  const { index } = await begin(log, 'letters')
  await log.append({
    kind: 'progress',
    subject: 'ada',
    facts: { intent: index, answerBytes: 30 },
    payload: '{}',
  })
  await begin(log, 'letters', { decision: 'transform' })
  await begin(log, 'free')
  await begin(log, 'letters', { offering: 'gone' })
  const ended = await begin(log, 'letters')
  await log.append({ kind: 'outcome', subject: 'ada', facts: { intent: ended.index, status: 200 } })
  const crashed = await copyAsCrashed(folder, context)
  // 300 characters and 30 bytes; 150 characters.
  const expected = 100 * 2 + 10 * 8 + 50 * 2
  assert.deepEqual(await start(crashed), [expected, expected])
  assert.deepEqual(await start(crashed), [expected, expected], 'the next start finds none')
  assert.deepEqual(lines, [])
})

test('without content what was sent is charged by its length, and the answer by what was set aside for it', async (context) => {
  const folder = await newFolder(context)
  const { start } = await opened(context)
  const { log } = await openIn(folder)
  await begin(log, 'letters', { counts: { sentCharacters: 900, answerMaxTokens: 50 } })
  const expected = 300 * 2 + 50 * 8
  assert.deepEqual(await start(await copyAsCrashed(folder, context)), [expected, expected])
})

test('a start that is killed before its charge is written leaves it to the next, which finds what came since, too', async (context) => {
  const folder = await newFolder(context)
  const { start } = await opened(context)
  assert.deepEqual(await start(folder), [0, 0])
  const { log } = await openIn(folder)
  await begin(log, 'letters')
  const crashed = await copyAsCrashed(folder, context)
  assert.deepEqual(await start(crashed, { loses: true }), [200, 200])
  const between = await openIn(crashed)
  const exchange = await begin(between.log, 'letters')
  await between.log.append({
    kind: 'outcome',
    subject: 'ada',
    facts: { intent: exchange.index, status: 200 },
  })
  await begin(between.log, 'letters')
  const again = await copyAsCrashed(crashed, context)
  assert.deepEqual(await start(again), [400, 400])
  assert.deepEqual(await start(again), [400, 400])
})
