import assert from 'node:assert/strict'
import { existsSync, rmSync } from 'node:fs'
import { createRequire, syncBuiltinESMExports } from 'node:module'
import { DatabaseSync } from 'node:sqlite'
import { type TestContext, test } from 'node:test'
import type { LogLine } from '#/core/log-line.ts'
import { appendExchange, origin, seededRandom } from '../log-for-tests.ts'
import type { LogQuestion } from './api.ts'
import { appendRandom, openRandomLog, type RandomLog, readHeaders, scan } from './index-for-tests.ts'
import { indexPath, type LogIndex, openLogIndex } from './log-index.ts'

const everything: LogQuestion = { conditions: [], sinceMs: undefined, untilMs: undefined }
const all = { before: undefined, limit: 100_000 }

function open(
  context: TestContext,
  { folder, log }: RandomLog,
  more: { readonly waitMs?: number; readonly size?: () => number } = {},
): { readonly index: LogIndex; readonly lines: readonly LogLine[] } {
  const lines: LogLine[] = []
  const index = openLogIndex({
    folder,
    origin,
    size: log.size,
    first: log.first,
    watch: log.watch,
    writeLine: (line) => lines.push(line),
    ...more,
  })
  context.after(() => index.close())
  return { index, lines }
}

test('a question is answered over everything that was durable when it was asked', async (context) => {
  const opened = await openRandomLog(context)
  const { index } = open(context, opened)
  for (let part = 0; part < 5; part++) {
    const intent = await appendExchange(opened.log, 'person-ada', 'text')
    const [newest] = await index.find(everything, { before: undefined, limit: 1 })
    assert.equal(newest?.index, intent)
    assert.equal(newest?.outcome?.index, intent + 1)
  }
})

test('it says how far it is, and follows the log without being asked', async (context) => {
  const opened = await openRandomLog(context)
  await appendRandom(opened, seededRandom(1), 40)
  const { index } = open(context, opened)
  assert.deepEqual(index.state(), { indexed: 0, entries: opened.log.size(), problem: undefined })
  for (let tries = 0; index.state().indexed < opened.log.size() && tries < 100; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  assert.equal(index.state().indexed, opened.log.size())
})

test('dropped and built anew while exchanges go on, it is the same', async (context) => {
  const opened = await openRandomLog(context)
  await appendRandom(opened, seededRandom(2), 200)
  const { index } = open(context, opened)
  const before = await index.find(everything, all)
  const writing = appendRandom(opened, seededRandom(3), 50)
  await index.rebuild()
  await writing
  const after = await index.find(everything, all)
  const rows = scan(await readHeaders(opened.folder), everything)
  assert.deepEqual(
    after.map((row) => row.index),
    rows.map(({ header }) => header.index),
  )
  assert.ok(after.length > before.length)
})

test('an index that turned out not to fit the log is built anew before it answers, and that is said', async (context) => {
  const opened = await openRandomLog(context)
  await appendRandom(opened, seededRandom(4), 60)
  const { index, lines } = open(context, opened)
  const before = await index.find(everything, all)
  const database = new DatabaseSync(indexPath(opened.folder))
  database.exec('UPDATE entry SET kind = 3, class = NULL WHERE entry = 5')
  database.close()
  assert.deepEqual(await index.find(everything, all), before)
  assert.match(lines[0]?.what ?? '', /did not fit the log and is built anew/)
})

test('an index that cannot come to the end refuses and does not leave entries out', async (context) => {
  const opened = await openRandomLog(context)
  await appendRandom(opened, seededRandom(5), 30)
  const copied = [...(await readHeaders(opened.folder))].length
  // The log says that more is durable than can be read: as when a segment was lost under it.
  const { index, lines } = open(context, opened, { size: () => copied + 3 })
  await assert.rejects(index.find(everything, all), { code: 'index-broken' })
  assert.match(lines[0]?.problem ?? '', /cannot be read back/)
  assert.match(index.state().problem ?? '', /cannot be read back/)
})

test('while the system gives no thread, whoever asks is told, and the index comes as soon as it does', async (context) => {
  const opened = await openRandomLog(context)
  await appendRandom(opened, seededRandom(7), 10)
  const threads = createRequire(import.meta.url)('node:worker_threads') as { Worker: unknown }
  const { Worker } = threads
  const giveThread = (given: unknown): void => {
    threads.Worker = given
    syncBuiltinESMExports()
  }
  giveThread(
    class {
      constructor() {
        throw new Error('no thread')
      }
    },
  )
  context.after(() => giveThread(Worker))
  const { index, lines } = open(context, opened)
  await assert.rejects(index.find(everything, all), { code: 'index-broken' })
  for (let tries = 0; tries < 100 && index.state().problem === undefined; tries++)
    await new Promise((resolve) => setTimeout(resolve, 10))
  assert.match(index.state().problem ?? '', /no thread/)
  assert.equal(lines.length, 1)
  giveThread(Worker)
  assert.equal(
    (await index.find(everything, all)).length,
    scan([...(await readHeaders(opened.folder))], everything).length,
  )
  assert.equal(index.state().problem, undefined)
})

test('who waits too long is told how far it is', async (context) => {
  const opened = await openRandomLog(context)
  const batch = Array.from({ length: 12_000 }, () =>
    opened.log.append({ kind: 'sign-in', facts: {} }).catch(() => 0),
  )
  await Promise.all(batch)
  const { index } = open(context, opened, { waitMs: 0 })
  await assert.rejects(index.find(everything, all), (error: Error & { code?: string }) => {
    assert.equal(error.code, 'index-behind')
    assert.match(error.message, /has come to entry \d+ of \d+, so a search would miss some/)
    return true
  })
  await index.catchUp()
  assert.equal((await index.find(everything, { before: undefined, limit: 3 })).length, 3)
})

test('closed it is whole, removed it comes back', async (context) => {
  const opened = await openRandomLog(context)
  await appendRandom(opened, seededRandom(6), 50)
  const { index } = open(context, opened)
  const before = await index.find(everything, all)
  await index.close()
  await assert.rejects(index.find(everything, all), { code: 'stopping' })
  assert.ok(existsSync(indexPath(opened.folder)))
  rmSync(indexPath(opened.folder))
  const again = open(context, opened).index
  assert.deepEqual(await again.find(everything, all), before)
})
