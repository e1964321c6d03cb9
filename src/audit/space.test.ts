import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { Ballast } from './ballast.ts'
import { FaultyDisk, intentOf, newFolder, openIn, outcomeOf } from './log-for-tests.ts'
import { floorOf, SpaceWatch } from './space.ts'

const mebibyte = 1_024 * 1_024
const minute = 60_000

const sizeOf = async (path: string): Promise<number | undefined> =>
  (await stat(path).catch(() => undefined))?.size

async function until(isSo: () => boolean): Promise<void> {
  for (let tries = 0; tries < 500 && !isSo(); tries++) await new Promise((resolve) => setTimeout(resolve, 10))
}

/** A watch whose clock, disk and written bytes a test sets. */
async function watching(context: TestContext, options: { ballastBytes?: number; totalBytes?: number } = {}) {
  const folder = await newFolder(context)
  const ballast = new Ballast(folder, options.ballastBytes ?? 0)
  const state = { nowMs: 0, writtenBytes: 0, reasons: [] as string[], notes: [] as string[] }
  const disk = new FaultyDisk()
  disk.total = options.totalBytes ?? 100_000 * mebibyte
  disk.free = disk.total
  const watch = new SpaceWatch({
    disk,
    folder,
    floorBytes: undefined,
    ballast,
    assertInPlace: async () => undefined,
    writtenBytes: () => state.writtenBytes,
    monotonic: () => state.nowMs,
    onLow: (reason) => state.reasons.push(reason),
    onNoBallast: (reason) => state.notes.push(reason),
    onFailed: assert.fail,
  })
  context.after(() => watch.close())
  return { state, disk, watch, ballast, ballastPath: join(folder, 'ballast') }
}

test('a twentieth of the disk stays free, at least 64 MiB and at most 2 GiB', () => {
  assert.equal(floorOf(100 * mebibyte), 64 * mebibyte)
  assert.equal(floorOf(20_000 * mebibyte), 1_000 * mebibyte)
  assert.equal(floorOf(10_000_000 * mebibyte), 2_048 * mebibyte)
})

test('below the floor nothing new is begun, said once, until there is a third more', async (context) => {
  const { state, disk, watch } = await watching(context)
  disk.free = 2_047 * mebibyte
  await watch.check()
  await watch.check()
  assert.equal(watch.isLow, true)
  assert.deepEqual(state.reasons, ['2047 MiB are free, 2048 must be'])
  disk.free = 2_500 * mebibyte
  await watch.check()
  assert.equal(watch.isLow, true)
  disk.free = 2_731 * mebibyte
  await watch.check()
  assert.equal(watch.isLow, false)
})

test('a rate that would fill the disk within a quarter of an hour stops it, and slowing down lets it go on', async (context) => {
  const { state, disk, watch } = await watching(context)
  disk.free = 10_000 * mebibyte
  await watch.check()
  state.nowMs = minute / 2
  state.writtenBytes = 1_000 * mebibyte
  await watch.check()
  assert.equal(watch.isLow, false, 'half a minute says nothing about the next quarter of an hour')
  state.nowMs = minute
  await watch.check()
  assert.deepEqual(state.reasons, ['10000 MiB are free, which last 10 minutes'])
  for (let at = 1; at <= 40; at++) {
    state.nowMs += minute / 4
    await watch.check()
  }
  assert.equal(watch.isLow, false)
})

test('the ballast is made when there is room, given up near the end, and made again', async (context) => {
  const { state, disk, watch, ballast, ballastPath } = await watching(context, { ballastBytes: 3 * mebibyte })
  await watch.check()
  assert.equal(await sizeOf(ballastPath), undefined, 'not at a start')
  state.nowMs = 10_000
  await watch.check()
  await until(() => ballast.isThere)
  assert.equal(await sizeOf(ballastPath), 3 * mebibyte)
  disk.free = 2_000 * mebibyte
  await watch.check()
  assert.equal(ballast.isThere, true, 'there is room enough for what is under way')
  disk.free = 500 * mebibyte
  await watch.check()
  assert.equal(await sizeOf(ballastPath), undefined)
  assert.equal(watch.rescue(), false, 'it cannot be given up twice')
  disk.free = disk.total
  await watch.check()
  await until(() => ballast.isThere)
  assert.equal(await sizeOf(ballastPath), 3 * mebibyte)
})

test('a disk too small for a ballast has none, and says so once', async (context) => {
  const { state, watch, ballastPath } = await watching(context, {
    ballastBytes: 64 * mebibyte,
    totalBytes: 200 * mebibyte,
  })
  state.nowMs = 10_000
  await watch.check()
  await watch.check()
  assert.deepEqual(state.notes, [
    'a disk of 200 MiB is too small for a ballast of 64 MiB: set audit.ballastMiB lower, or to 0',
  ])
  assert.equal(await sizeOf(ballastPath), undefined)
})

test('a ballast of a run before is taken over when it is whole, and else made anew', async (context) => {
  const folder = await newFolder(context)
  const path = join(folder, 'ballast')
  await writeFile(path, Buffer.alloc(100))
  const same = new Ballast(folder, 100)
  await same.find()
  assert.equal(same.isThere, true)
  const larger = new Ballast(folder, 200)
  await larger.find()
  assert.equal(larger.isThere, false)
  assert.equal(await sizeOf(path), undefined)
  const none = new Ballast(folder, 0)
  await none.find()
  await none.make()
  assert.equal(none.giveUp(), false)
  assert.equal(await sizeOf(path), undefined)
})

test('a ballast that is given up while it is made leaves nothing behind', async (context) => {
  const folder = await newFolder(context)
  const ballast = new Ballast(folder, 20 * mebibyte)
  const making = ballast.make()
  assert.equal(ballast.giveUp(), true)
  await making
  assert.equal(await sizeOf(join(folder, 'ballast')), undefined)
  assert.equal(ballast.isThere, false)
})

test('when a write finds the disk full, the ballast makes room: what is under way ends, nothing new begins', async (context) => {
  const folder = await newFolder(context)
  await openIn(folder).then(({ close }) => close())
  const path = join(folder, 'audit', 'ballast')
  await writeFile(path, Buffer.alloc(mebibyte))
  const disk = new FaultyDisk()
  const { log, close } = await openIn(folder, { disk, ballastBytes: mebibyte })
  const { index } = await log.append(intentOf('person-1', 'hello'))
  const first = log.size()
  disk.isFull = () => existsSync(path)
  await log.append(outcomeOf(index, 'person-1'))
  assert.equal(await sizeOf(path), undefined)
  await assert.rejects(log.append(intentOf('person-1', 'more')), { code: 'log-unavailable' })
  await close()
  const again = await openIn(folder)
  const kinds: string[] = []
  for (let at = first; at < again.log.size() - 1; at++) kinds.push((await again.log.open(at))?.kind ?? '')
  assert.deepEqual(kinds, ['outcome', 'log-full', 'stop'])
  assert.match((await again.log.open(first + 1))?.facts.reason ?? '', /the ballast was given up/)
})

test('a person whose entries fill their share is told so, also after a new start, and others are not', async (context) => {
  const folder = await newFolder(context)
  const first = await openIn(folder, { personBytesPerDay: 20_000 })
  first.log.assertQuota('person-1')
  await first.log.append(intentOf('person-1', 'x'.repeat(10_000)))
  first.log.assertQuota('person-1')
  await first.log.append(intentOf('person-1', 'y'.repeat(10_000)))
  assert.throws(() => first.log.assertQuota('person-1'), { code: 'log-quota-spent', status: 429 })
  first.log.assertQuota('person-2')
  await first.close()
  const second = await openIn(folder, { personBytesPerDay: 20_000 })
  assert.throws(() => second.log.assertQuota('person-1'), { code: 'log-quota-spent' })
  second.log.assertQuota('person-2')
  const unlimited = await openIn(await newFolder(context), {})
  unlimited.log.assertQuota('person-1')
})

test('a log whose files were moved away dies at the next look at the disk', async (context) => {
  const failures: Error[] = []
  const folder = await newFolder(context)
  const watch = new SpaceWatch({
    disk: new FaultyDisk(),
    folder,
    floorBytes: 0,
    ballast: new Ballast(folder, 0),
    assertInPlace: async () => assert.fail('moved away'),
    writtenBytes: () => 0,
    monotonic: () => 0,
    onLow: assert.fail,
    onNoBallast: assert.fail,
    onFailed: (error) => failures.push(error),
  })
  context.after(() => watch.close())
  await watch.check()
  assert.match(failures[0]?.message ?? '', /moved away/)
})

test('closing waits for a look that is under way: one that came later would take files that are gone for lost', async (context) => {
  const { disk, watch } = await watching(context)
  const free = Promise.withResolvers<{ freeBytes: number; totalBytes: number }>()
  Object.assign(disk, { space: () => free.promise })
  const done: string[] = []
  const look = watch.check().then(() => done.push('looked'))
  const closed = watch.close().then(() => done.push('closed'))
  await new Promise((resolve) => setImmediate(resolve))
  assert.deepEqual(done, [])
  free.resolve({ freeBytes: disk.free, totalBytes: disk.total })
  await Promise.all([look, closed])
  assert.deepEqual(done, ['looked', 'closed'])
})
