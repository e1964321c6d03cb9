import assert from 'node:assert/strict'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { appendExchange, folderOf } from '../log-for-tests.ts'
import { verifyFolder } from '../verify.ts'
import { january, type Kept, openKept } from './retention-for-tests.ts'

const run = (kept: Kept) => kept.retention.run({ isDryRun: false })
const textOf = async ({ log }: Kept, index: number): Promise<string> =>
  Buffer.from((await log.open(index))?.payload ?? []).toString()
const monthsOf = ({ dataFolder }: Kept): Promise<string[]> => readdir(join(folderOf(dataFolder), 'pay'))

/** One exchange of each person in each month; gives the indexes of the first one's. */
async function fillMonths(kept: Kept, months: number): Promise<readonly number[]> {
  const indexes: number[] = []
  for (let month = 0; month < months; month++) {
    kept.clock.now = Date.UTC(2026, month, 15)
    indexes.push(await appendExchange(kept.log, 'person-ada', `ada in month ${month}`))
    await appendExchange(kept.log, 'person-bob', `bob in month ${month}`)
  }
  return indexes
}

test('over fourteen months of days, texts go after six months, names after thirteen, and the log always verifies', async (context) => {
  const kept = await openKept(context)
  const indexes = await fillMonths(kept, 3)
  for (const [date, texts, names] of [
    ['2026-07-31', [true, true, true], [true, true, true]],
    ['2026-08-01', [false, true, true], [true, true, true]],
    ['2026-09-01', [false, false, true], [true, true, true]],
    ['2027-03-06', [false, false, false], [true, true, true]],
    ['2027-03-08', [false, false, false], [false, true, true]],
    ['2027-05-06', [false, false, false], [false, false, false]],
  ] as const) {
    kept.clock.now = Date.parse(`${date}T00:00:00Z`)
    await run(kept)
    const read = await Promise.all(indexes.map((index) => kept.log.open(index)))
    assert.deepEqual(
      read.map((entry) => entry?.payload !== undefined),
      texts,
      `texts on ${date}`,
    )
    assert.deepEqual(
      read.map((entry) => entry?.subject !== undefined),
      names,
      `names on ${date}`,
    )
    assert.deepEqual((await verifyFolder(folderOf(kept.dataFolder))).problems, [], date)
  }
})

test('payload files of an ended month are gone, and the verifier says by which entry', async (context) => {
  const kept = await openKept(context)
  await fillMonths(kept, 2)
  kept.clock.now = Date.UTC(2026, 7, 1)
  const retained = await run(kept)
  assert.deepEqual(retained.contentMonths, ['2026-01'])
  assert.ok(retained.keysDestroyed >= 2)
  assert.equal(retained.aliasesDestroyed, 0)
  assert.deepEqual((await monthsOf(kept)).sort(), ['2026-02', '2026-08'])
  await kept.close()
  const verified = await verifyFolder(folderOf(kept.dataFolder))
  assert.deepEqual(verified.problems, [])
  assert.match(verified.notes.join(), /payloads in 2026-01\/0000000001 ended by retention: entry \d+/)
  const again = await openKept(context, { dataFolder: kept.dataFolder, nowMs: kept.clock.now })
  assert.equal((await again.log.append({ kind: 'sign-in', facts: {} })).index > 0, true)
})

test('a file that is gone without an entry is still a problem', async (context) => {
  const kept = await openKept(context)
  await fillMonths(kept, 2)
  await kept.close()
  const { rm } = await import('node:fs/promises')
  await rm(join(folderOf(kept.dataFolder), 'pay', '2026-01'), { recursive: true })
  assert.match((await verifyFolder(folderOf(kept.dataFolder))).problems.join(), /of its payload is gone/)
})

test('a run that finds nothing to do writes nothing, and a dry one never does', async (context) => {
  const kept = await openKept(context)
  const [first] = await fillMonths(kept, 1)
  const size = kept.log.size()
  await run(kept)
  kept.clock.now = Date.UTC(2026, 7, 1)
  const dry = await kept.retention.run({ isDryRun: true })
  assert.deepEqual(dry.contentMonths, ['2026-01'])
  assert.equal(dry.files, 1)
  assert.equal(kept.log.size(), size)
  assert.match(await textOf(kept, first as number), /ada in month 0/)
  await run(kept)
  const after = kept.log.size()
  assert.equal(after, size + 2)
  await run(kept)
  assert.equal(kept.log.size(), after)
})

test('who is under a hold keeps theirs through retention, once, and loses it after the hold', async (context) => {
  const kept = await openKept(context, { segmentBytes: 4_096 })
  const [first] = await fillMonths(kept, 1)
  const [hold] = await kept.retention.addHolds({ email: 'ada@example.com', reason: 'case 12', by: 'test' })
  kept.clock.now = Date.UTC(2026, 7, 1)
  const retained = await run(kept)
  assert.equal(retained.heldPeople, 1)
  assert.match(await textOf(kept, first as number), /ada in month 0/)
  const size = kept.log.size()
  const bob = await kept.log.search({ personIds: ['person-bob'], kinds: ['intent'], limit: 1 })
  assert.equal((await kept.log.open(bob[0]?.index ?? -1))?.payload, undefined)
  kept.clock.now += 86_400_000
  await run(kept)
  assert.equal(kept.log.size(), size, 'what is left because of the hold is not run again')
  await kept.retention.endHold({ id: hold?.id, reason: 'settled', by: 'test' })
  await run(kept)
  assert.equal(await textOf(kept, first as number), '')
  assert.deepEqual(await monthsOf(kept), ['2026-08'])
  assert.deepEqual((await verifyFolder(folderOf(kept.dataFolder))).problems, [])
})

test('files nothing held lies in go, and one with something held stays', async (context) => {
  const kept = await openKept(context, { segmentBytes: 4_096 })
  kept.clock.now = january
  const held = await appendExchange(kept.log, 'person-ada', 'held')
  for (let more = 0; more < 40; more++) await appendExchange(kept.log, 'person-bob', 'x'.repeat(400))
  await kept.retention.addHolds({ email: 'ada@example.com', reason: 'case 12', by: 'test' })
  kept.clock.now = Date.UTC(2026, 7, 1)
  const { files } = await run(kept)
  assert.ok(files > 3, `${files} files`)
  assert.deepEqual(await readdir(join(folderOf(kept.dataFolder), 'pay', '2026-01')), ['0000000001.pay'])
  assert.match(await textOf(kept, held), /held/)
  assert.deepEqual((await verifyFolder(folderOf(kept.dataFolder))).problems, [])
})

test('while everybody is held nothing ends, and the run names the hold', async (context) => {
  const kept = await openKept(context)
  const [first] = await fillMonths(kept, 1)
  const [hold] = await kept.retention.addHolds({
    reason: 'inquiry',
    by: 'test',
    untilMs: Date.UTC(2026, 8, 1),
  })
  kept.clock.now = Date.UTC(2026, 7, 1)
  assert.deepEqual((await run(kept)).heldBy, [hold?.id])
  assert.match(await textOf(kept, first as number), /ada in month 0/)
  kept.clock.now = Date.UTC(2026, 8, 1)
  await run(kept)
  assert.equal(await textOf(kept, first as number), '')
})

test('files left by a run that was cut off behind its entry go with the next', async (context) => {
  const kept = await openKept(context)
  await fillMonths(kept, 1)
  kept.clock.now = Date.UTC(2026, 7, 1)
  await kept.log.append({
    kind: 'retention',
    facts: { decision: 'begun', goneFiles: ['2026-01/0000000001'] },
    payload: '{}',
  })
  await kept.keys.destroy({ month: '2026-01' }, { keepAliases: true })
  await run(kept)
  assert.deepEqual(await monthsOf(kept), ['2026-08'])
})
