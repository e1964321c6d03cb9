import assert from 'node:assert/strict'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import type { DurableEntry } from '../api.ts'
import { seededRandom } from '../log-for-tests.ts'
import { HandedOver, type HandedRows } from './handed-rows.ts'
import { appendRandom, catchUp, keeperOptions, openRandomLog, otherPath } from './index-for-tests.ts'
import { IndexKeeper, RowMismatch } from './keeper.ts'
import { RowsToHand } from './rows-to-hand.ts'
import { all, everything } from './turned-bits-for-tests.ts'

const tables = ['entry', 'finding', 'word', 'cursor']

function dump(path: string): unknown {
  const database = new DatabaseSync(path, { readOnly: true })
  const rows = tables.map((table) => database.prepare(`SELECT * FROM ${table}`).all())
  database.close()
  return rows
}

test('an index is the same whatever of it was handed over and whatever was read from the log', async (context) => {
  for (const seed of [21, 22, 23]) {
    const opened = await openRandomLog(context)
    const { folder, log } = opened
    const random = seededRandom(seed)
    const rows = new RowsToHand()
    log.watch((entries, segment) => rows.add(entries, segment))
    const keeper = new IndexKeeper(keeperOptions(folder))
    let handed = 0
    for (let part = 0; part < 20; part++) {
      await appendRandom(opened, random, random(15))
      // Lost on its way with a thread that ended.
      if (random(5) === 0) rows.beginAnew()
      const taken = rows.take()
      if (taken !== undefined) keeper.hand(structuredClone(taken))
      handed += taken?.count ?? 0
      if (random(3) === 0) catchUp(keeper, log.size() - random(3))
    }
    catchUp(keeper, log.size())
    keeper.close()
    assert.ok(handed > log.size() / 2 && handed < log.size(), `${handed} of ${log.size()}`)
    const reading = new IndexKeeper(keeperOptions(folder, otherPath(folder)))
    catchUp(reading, log.size())
    reading.close()
    assert.deepEqual(dump(keeperOptions(folder).path), dump(otherPath(folder)))
  }
})

test('a row that was handed over and says something else than the log is not shown', async (context) => {
  const opened = await openRandomLog(context)
  const rows = new RowsToHand()
  opened.log.watch((entries, segment) => rows.add(entries, segment))
  await appendRandom(opened, seededRandom(31), 40)
  const taken = rows.take() ?? assert.fail('nothing was written')
  const keeper = new IndexKeeper(keeperOptions(opened.folder))
  context.after(() => keeper.close())
  keeper.hand({ ...taken, words: taken.words.map((word) => (word === 'support' ? 'another' : word)) })
  catchUp(keeper, opened.log.size())
  assert.throws(() => keeper.find(everything, all), RowMismatch)
})

const entryOf = (index: number): DurableEntry => ({
  index,
  kind: 'intent',
  atMs: 1,
  alias: 'a'.repeat(32),
  facts: { offering: 'demo', findings: [{ type: 'email', channel: 'user', action: 'mask', count: 2 }] },
  offset: index * 10,
})

const rowsOf = (from: number, count: number, rows = new RowsToHand()): HandedRows => {
  for (let index = from; index < from + count; index++) rows.add([entryOf(index)], 1)
  return rows.take() ?? assert.fail('no rows')
}

test('words are named once, and again for another thread', () => {
  const rows = new RowsToHand()
  const words = ['a'.repeat(32), 'demo', 'email']
  assert.deepEqual(
    { ...rowsOf(0, 3, rows), numbers: 0 },
    { first: 0, count: 3, numbers: 0, words, isAnew: true },
  )
  assert.deepEqual(rowsOf(3, 1, rows).words, [])
  assert.equal(rows.take(), undefined)
  rows.beginAnew()
  const anew = rowsOf(4, 1, rows)
  assert.deepEqual([anew.words, anew.isAnew], [words, true])
})

test('rows that wait have an end on either side', () => {
  assert.equal(rowsOf(0, 40_000).count, 32_768)
  const handed = new HandedOver()
  for (let part = 0; part < 10; part++) handed.add(rowsOf(part * 5, 5))
  assert.equal(handed.from(0), undefined)
  assert.equal(handed.next, 10)
  const { source, segment, offset } = handed.from(12)?.read() ?? assert.fail('it was handed over')
  const { offering, findings } = source.facts
  assert.deepEqual([source.index, source.kind, segment, offset, offering], [12, 'intent', 1, 120, 'demo'])
  assert.deepEqual(findings, [{ type: 'email', count: 2 }])
  assert.equal(handed.from(50), undefined)
  assert.equal(handed.next, undefined)
})
