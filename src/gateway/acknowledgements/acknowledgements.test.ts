import assert from 'node:assert/strict'
import { test } from 'node:test'
import { migrate } from '#/core/database/migrate.ts'
import { openSqlite } from '#/core/database/sqlite.ts'
import type { LogLine } from '#/core/log-line.ts'
import { noticeKey } from '#/policy/asking.ts'
import { rule } from '#/policy/test-values.ts'
import { openAcknowledgements } from './acknowledgements.ts'
import { acknowledgementMigrations } from './migrations/index.ts'
import { createAcknowledgementStore } from './store.ts'

const dayMs = 86_400_000
const now = Date.UTC(2026, 10, 26)
const notice = rule('n', 'acknowledge', { version: 'v1' })
const short = rule('s', 'acknowledge', { version: 'v1', rememberedDays: 1 })

async function opened(most?: number) {
  const database = openSqlite(':memory:')
  await migrate(database, acknowledgementMigrations)
  const store = createAcknowledgementStore(database)
  const lines: string[] = []
  const writeLine = ({ what }: LogLine) => void lines.push(what)
  const open = (nowMs = now) => openAcknowledgements(store, nowMs, writeLine, most)
  return { open, lines, store, database }
}

test('a notice that was read counts for its days, for that person, and after a start', async () => {
  const { open, database } = await opened()
  const first = await open()
  first.note('p1', [notice, short], now)
  assert.deepEqual([...first.of('p1').values()], [now + 30 * dayMs, now + dayMs])
  assert.equal(first.of('p2').size, 0)
  await first.settled()
  const next = await open(now + 2 * dayMs)
  assert.deepEqual([...next.of('p1').keys()], [noticeKey(notice)])
  await database.close()
})

test('who is one too many reads the notice again, and the operator is told', async () => {
  const { open, lines, database } = await opened(1)
  const kept = await open()
  kept.note('p1', [notice], now)
  kept.note('p2', [notice], now)
  assert.equal(kept.of('p2').size, 0)
  assert.match(lines.join(), /too many notices/)
  kept.note('p1', [], now + 30 * dayMs)
  kept.note('p2', [notice], now + 30 * dayMs)
  assert.equal(kept.of('p2').size, 1)
  await kept.settled()
  await database.close()
})

test('a store that fails costs nobody an exchange: it is told, and remembered until the next start', async () => {
  const lines: string[] = []
  const store = {
    read: async () => [],
    put: () => Promise.reject(new Error('disk full')),
    forgetBefore: async () => undefined,
  }
  const kept = await openAcknowledgements(store, now, ({ what }) => void lines.push(what))
  kept.note('p1', [notice], now)
  await kept.settled()
  assert.equal(kept.of('p1').size, 1)
  assert.match(lines.join(), /forgotten with the next start/)
})
