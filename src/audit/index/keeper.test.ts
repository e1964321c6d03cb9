import assert from 'node:assert/strict'
import { copyFileSync, rmSync, writeFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { type TestContext, test } from 'node:test'
import { copyAsCrashed, folderOf, openIn, seededRandom } from '../log-for-tests.ts'
import type { CountedBy, LogQuestion } from './api.ts'
import {
  appendRandom,
  catchUp,
  dayMs,
  keeperOptions,
  measureOf,
  openRandomLog,
  otherPath,
  randomQuestion,
  readHeaders,
  type ScannedRow,
  scan,
  startMs,
} from './index-for-tests.ts'
import { IndexKeeper, RowMismatch } from './keeper.ts'
import { isDamage } from './store.ts'
import { all, everything, filled, turnBits } from './turned-bits-for-tests.ts'

function openKeeper(context: TestContext, folder: string, path?: string): IndexKeeper {
  const keeper = new IndexKeeper(keeperOptions(folder, path))
  context.after(() => keeper.close())
  return keeper
}

const indexesOf = (rows: readonly { readonly index: number }[]): readonly number[] =>
  rows.map(({ index }) => index)
const scanned = (rows: readonly ScannedRow[]): readonly number[] => rows.map(({ header }) => header.index)

test('for random logs and questions the index answers as a reading of every header does', async (context) => {
  for (const seed of [11, 12, 13]) {
    const opened = await filled(context, seed)
    const { folder, keys, log } = opened
    const keeper = openKeeper(context, folder)
    catchUp(keeper, log.size())
    const headers = await readHeaders(folder)
    const random = seededRandom(seed * 1_000)
    let answered = 0
    for (let count = 0; count < 100; count++) {
      const question = randomQuestion(random, keys.aliasesOf, log.size())
      const expected = scan(headers, question)
      const found = keeper.find(question, all)
      assert.deepEqual(indexesOf(found), scanned(expected), JSON.stringify(question))
      for (const [at, row] of found.entries()) {
        assert.deepEqual(row.facts, expected[at]?.header.facts)
        assert.deepEqual(row.outcome?.facts, expected[at]?.outcome?.facts)
      }
      answered += found.length
      assertCounts(keeper, question, expected)
    }
    assert.ok(answered > 500, 'the questions must find something')
  }
})

function assertCounts(keeper: IndexKeeper, question: LogQuestion, rows: readonly ScannedRow[]): void {
  for (const by of ['person', 'use-case', 'class', 'finding', 'day'] as const) {
    const { total, lines } = keeper.count(question, by)
    assert.deepEqual(total, { value: undefined, ...sumOf(rows) })
    const groups = new Map<string | undefined, ScannedRow[]>()
    for (const row of rows) {
      for (const name of namesOf(row, by)) groups.set(name, [...(groups.get(name) ?? []), row])
    }
    assert.deepEqual(
      new Map(lines.map(({ value, ...sums }) => [value, sums])),
      new Map([...groups].map(([name, ofGroup]) => [name, sumOf(ofGroup)])),
      by,
    )
  }
}

function namesOf({ header, outcome }: ScannedRow, by: CountedBy): readonly (string | undefined)[] {
  const { facts } = header
  switch (by) {
    case 'person':
      return [header.subject]
    case 'use-case':
      return [facts.useCase]
    case 'offering':
      return [facts.offering]
    case 'class':
      return [facts.class]
    case 'day':
      return [new Date(header.atMs).toISOString().slice(0, 10)]
    case 'finding': {
      const found = [...(facts.findings ?? []), ...(outcome?.facts.findings ?? [])].map(({ type }) => type)
      return found.length === 0 ? [undefined] : [...new Set(found)]
    }
  }
}

function sumOf(rows: readonly ScannedRow[]) {
  const sums = { entries: rows.length, costMicroUsd: 0, tokens: 0, withoutCost: 0 }
  for (const { header, outcome } of rows) {
    const facts = header.kind === 'intent' ? outcome?.facts : header.facts
    const cost = measureOf(facts, 'cost')
    sums.costMicroUsd += cost ?? 0
    sums.tokens += measureOf(facts, 'tokens') ?? 0
    if (header.kind === 'intent' && cost === undefined) sums.withoutCost++
  }
  return sums
}

test('pages follow one another without a gap or a row twice', async (context) => {
  const { folder, log } = await filled(context, 21, 150)
  const keeper = openKeeper(context, folder)
  catchUp(keeper, log.size())
  const pages: number[] = []
  for (let before: number | undefined; ; before = pages.at(-1)) {
    const page = keeper.find(everything, { before, limit: 7 })
    if (page.length === 0) break
    pages.push(...indexesOf(page))
  }
  assert.deepEqual(pages, indexesOf(keeper.find(everything, all)))
})

test('what follows the log entry by entry, closed and opened in between, is what building it at once gives', async (context) => {
  const opened = await openRandomLog(context)
  const { folder, log } = opened
  const random = seededRandom(31)
  let keeper = openKeeper(context, folder)
  for (let part = 0; part < 12; part++) {
    await appendRandom(opened, random, 1 + random(60))
    // A process that is killed closes nothing: the cursor and the rows are of one transaction.
    if (part % 3 === 2) keeper = openKeeper(context, folder)
    for (let size = keeper.indexed + 1; size <= log.size(); size += 1 + random(9)) keeper.step(size)
    keeper.step(log.size())
  }
  const atOnce = openKeeper(context, folder, otherPath(folder))
  catchUp(atOnce, log.size())
  assert.deepEqual(keeper.find(everything, all), atOnce.find(everything, all))
  keeper.close()
  atOnce.close()
  assert.deepEqual(dump(keeperOptions(folder).path), dump(otherPath(folder)))
})

function dump(path: string): unknown {
  const database = new DatabaseSync(path, { readOnly: true })
  try {
    return ['word', 'entry', 'finding', 'cursor'].map((table) =>
      database.prepare(`SELECT * FROM ${table} ORDER BY 1, 2, 3`).all(),
    )
  } finally {
    database.close()
  }
}

test('only durable entries are taken: an index never runs ahead of the log', async (context) => {
  const { folder, log } = await filled(context, 41, 30)
  const keeper = openKeeper(context, folder)
  assert.equal(keeper.step(10), false)
  assert.equal(keeper.indexed, 10)
  keeper.step(log.size())
  assert.equal(keeper.indexed, log.size())
})

test('an index of another log, of a longer one or of another past is built anew', async (context) => {
  const one = await filled(context, 51, 60)
  const keeper = openKeeper(context, one.folder)
  catchUp(keeper, one.log.size())
  keeper.close()

  // The same origin and keys, another past: an index copied from elsewhere.
  const other = await filled(context, 52, 80)
  copyFileSync(keeperOptions(one.folder).path, keeperOptions(other.folder).path)
  const moved = openKeeper(context, other.folder)
  catchUp(moved, other.log.size())
  assert.deepEqual(
    indexesOf(moved.find(everything, all)),
    scanned(scan(await readHeaders(other.folder), everything)),
  )

  // A log that was put back from an older copy is shorter than its index.
  const shorter = openKeeper(context, one.folder)
  shorter.step(20)
  assert.equal(shorter.indexed, 20)

  const foreign = new IndexKeeper({ ...keeperOptions(one.folder), origin: 'log.example.com/other' })
  context.after(() => foreign.close())
  foreign.step(5)
  assert.equal(foreign.indexed, 5)
})

test('a changed value is noticed when the file is opened, and the index built anew', async (context) => {
  const { folder, log } = await filled(context, 61, 200)
  const { path } = keeperOptions(folder)
  const expected = scanned(scan(await readHeaders(folder), everything))
  const changes = [
    'UPDATE entry SET cost = coalesce(cost, 0) + 1 WHERE entry = 7',
    'UPDATE entry SET at_ms = at_ms + 1 WHERE entry = (SELECT max(entry) FROM entry)',
    'DELETE FROM entry WHERE entry = 9',
    "UPDATE word SET text = text || 'x' WHERE place = 'finding' AND id = (SELECT max(type) FROM finding)",
    'DELETE FROM finding WHERE rowid_of IS NULL',
    'UPDATE finding SET count = count + 1',
    'UPDATE cursor SET next = next - 1',
    'UPDATE cursor SET end = end + 1',
    "UPDATE cursor SET last_leaf = x'00'",
    'UPDATE cursor SET checks = checks + 1',
  ]
  for (const change of changes) {
    const keeper = new IndexKeeper(keeperOptions(folder))
    catchUp(keeper, log.size())
    keeper.close()
    const database = new DatabaseSync(path)
    database.exec(change.replace('rowid_of IS NULL', 'entry = (SELECT min(entry) FROM finding)'))
    database.close()
    const again = new IndexKeeper(keeperOptions(folder))
    again.step(3)
    // `end` says where to go on, not what was there: it is noticed when nothing sound is found at that place.
    if (!change.includes('SET end')) assert.equal(again.indexed, 3, change)
    catchUp(again, log.size())
    assert.deepEqual(indexesOf(again.find(everything, all)), expected, change)
    again.close()
  }
})

test('bits that turn in the file never make another answer: it is built anew, or refused', async (context) => {
  turnBits(await filled(context, 71, 300), 40)
})

test('a row that says something else than the log is not shown, also when it turned under an open index', async (context) => {
  const { folder, log } = await filled(context, 81, 100)
  const keeper = openKeeper(context, folder)
  catchUp(keeper, log.size())
  const database = new DatabaseSync(keeperOptions(folder).path)
  database.exec(
    'UPDATE entry SET class = NULL WHERE entry = (SELECT max(entry) FROM entry WHERE class IS NOT NULL)',
  )
  database.close()
  assert.throws(() => keeper.find(everything, all), RowMismatch)
})

test('a file that is no database is replaced, a folder that cannot be written is told', async (context) => {
  const { folder, log } = await filled(context, 91, 20)
  const { path } = keeperOptions(folder)
  writeFileSync(
    path,
    'something else entirely, and longer than the header of a database would be'.repeat(100),
  )
  const keeper = openKeeper(context, folder)
  catchUp(keeper, log.size())
  assert.equal(keeper.indexed, log.size())
  const nowhere = new IndexKeeper({ ...keeperOptions(folder), path: `${folder}/missing/index.db` })
  assert.throws(() => nowhere.step(1), /ENOENT/)
})

test('a log that cannot be read back is told and not left out', async (context) => {
  const { dataFolder, log } = await filled(context, 95, 120)
  const size = log.size()
  const copy = folderOf(await copyAsCrashed(dataFolder, context))
  rmSync(`${copy}/seg/0000000001.seg`)
  const keeper = openKeeper(context, copy)
  assert.throws(() => catchUp(keeper, size), /cannot be read back: run audit verify/)
})

test('after a crash of the log the index goes on with what was durable', async (context) => {
  const opened = await filled(context, 97, 80)
  const keeper = openKeeper(context, opened.folder)
  catchUp(keeper, opened.log.size())
  const crashed = await copyAsCrashed(opened.dataFolder, context)
  const { log } = await openIn(crashed)
  const folder = folderOf(crashed)
  const again = openKeeper(context, folder)
  catchUp(again, log.size())
  const found = again.find(everything, all)
  assert.deepEqual(indexesOf(found), scanned(scan(await readHeaders(folder), everything)))
  assert.ok(found.some(({ outcome }) => outcome?.facts.decision === 'unknown-after-crash'))
})

test('errors of the system are not taken for damage', () => {
  const full = Object.assign(new Error('database or disk is full'), { code: 'ERR_SQLITE_ERROR', errcode: 13 })
  const corrupt = Object.assign(new Error('malformed'), { code: 'ERR_SQLITE_ERROR', errcode: 11 })
  assert.deepEqual([isDamage(full), isDamage(corrupt), isDamage(new Error('x'))], [false, true, false])
})

test('rows of headers that ended are gone from the index before it answers again', async (context) => {
  const opened = await openRandomLog(context)
  const { folder, log, clock } = opened
  await appendRandom(opened, seededRandom(4), 60)
  clock.atMs += 40 * dayMs
  const below = log.size()
  await appendRandom(opened, seededRandom(5), 60)
  const keeper = openKeeper(context, folder)
  catchUp(keeper, log.size())
  assert.ok(keeper.find(everything, all).some(({ index }) => index < below))
  await opened.close()
  const again = await openIn(opened.dataFolder)
  const first = again.log.endable({ beforeMs: startMs + 20 * dayMs, aliases: new Set() })
  assert.ok(first > 0 && first <= below, `${first} of ${below}`)
  await again.log.append({
    kind: 'retention',
    facts: {
      decision: 'begun',
      ended: { below: first, root: (await again.log.tree.rootOf(first)).toString('hex') },
    },
  })
  await again.log.endHeaders(first)
  while (keeper.step(again.log.size(), again.log.first())) {
    // The next batch.
  }
  const found = indexesOf(keeper.find(everything, all))
  const headers = await readHeaders(folder)
  // An outcome whose intent ended stands for itself.
  const halves = headers.filter(({ kind, facts }) => kind === 'outcome' && (facts.intent ?? first) < first)
  const expected = [...scanned(scan(headers, everything)), ...indexesOf(halves)]
  assert.deepEqual(
    found,
    expected.sort((one, other) => other - one),
  )
  assert.ok(found.length > 10 && found.every((index) => index >= first))
  const size = keeper.indexed
  assert.equal(keeper.step(again.log.size(), again.log.first()), false)
  assert.equal(keeper.indexed, size, 'and it is built anew once')
})
