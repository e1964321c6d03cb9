import assert from 'node:assert/strict'
import { readdir, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { Refusal } from '#/core/refusal.ts'
import type { NewEntry } from './api.ts'
import {
  appendExchange,
  FaultyDisk,
  firstSegment,
  folderOf,
  intentOf,
  newFolder,
  openIn,
  origin,
  outcomeOf,
} from './log-for-tests.ts'
import { verifyFolder } from './verify.ts'

const isUnavailable = (error: unknown): boolean =>
  error instanceof Refusal && error.code === 'log-unavailable'

const record = (text: string): NewEntry => ({
  kind: 'record',
  subject: 'person-1',
  facts: { about: text },
  payload: text,
})

test('what was appended is read back, with the person and the text, also after a new start', async (context) => {
  const folder = await newFolder(context)
  const first = await openIn(folder, { settingsDigest: 'abc', version: '0.1.0' })
  const intent = await appendExchange(first.log, 'person-1', 'Grüße, 你好 🙂')
  assert.equal(intent, 1, 'entry 0 is the start')
  await first.close()

  const second = await openIn(folder)
  const opened = await second.log.open(intent)
  assert.equal(opened?.kind, 'intent')
  assert.equal(opened?.subject, 'person-1')
  assert.equal(opened?.facts.useCase, 'general-assistant')
  assert.match(Buffer.from(opened?.payload ?? []).toString('utf8'), /Grüße, 你好 🙂/)
  const outcome = await second.log.outcomeOf(intent)
  assert.equal(outcome?.facts.intent, intent)
  assert.equal(outcome?.facts.status, 200)
  assert.deepEqual((await second.log.open(0))?.facts, { settings: 'abc', version: '0.1.0' })
  assert.equal((await second.log.open(3))?.kind, 'stop')
  assert.equal(await second.log.open(99), undefined)
  assert.equal(await second.log.open(-1), undefined)
  assert.equal(await second.log.open(0.5), undefined)
})

test('a receipt is the origin and the index, and indexes have no gap', async (context) => {
  const { log } = await openIn(await newFolder(context))
  const receipts = await Promise.all(
    Array.from({ length: 20 }, (_, at) => log.append(record(`record ${at}`))),
  )
  assert.deepEqual(
    receipts,
    receipts.map((_, at) => ({ index: at + 1, receipt: `${origin}#${at + 1}` })),
  )
  assert.equal(log.size(), 21)
})

test('bytes are sealed as they are, and an entry without payload has none', async (context) => {
  const { log } = await openIn(await newFolder(context))
  const bytes = Buffer.from([0, 255, 10, 13, 128])
  const sealed = await log.append({ kind: 'decision', facts: {}, payload: bytes })
  const bare = await log.append({ kind: 'sign-in', subject: 'person-1', facts: {} })
  const opened = await log.open(sealed.index)
  assert.deepEqual(Buffer.from(opened?.payload ?? []), bytes)
  assert.equal(opened?.subject, undefined, 'an entry of the log itself is of no person')
  const signIn = await log.open(bare.index)
  assert.equal(signIn?.payload, undefined)
  assert.equal(signIn?.subject, 'person-1')
})

test('people who are new in one commit get their keys together, and each entry opens', async (context) => {
  const folder = await newFolder(context)
  const { log, keys } = await openIn(folder)
  const transactions = async (): Promise<number> =>
    (await readFile(join(folder, 'keys', 'data-keys.db'))).readUInt32BE(24)
  const before = await transactions()
  const people = Array.from({ length: 30 }, (_, at) => `person-${at}`)
  const appended = await Promise.all(people.map((person) => log.append(intentOf(person, `from ${person}`))))
  assert.equal(await transactions(), before + 1)
  for (const [at, { index }] of appended.entries()) {
    const opened = await log.open(index)
    assert.equal(opened?.subject, people[at])
    assert.match(Buffer.from(opened?.payload ?? []).toString('utf8'), new RegExp(`from person-${at}`))
  }
  assert.equal(keys.inventory().months[0]?.people, 30)
})

test('whoever is new while keys were just made waits, and nobody who has one; a stop leaves nobody out', async (context) => {
  let atMs = 0
  let stepMs = 1
  const monotonic = (): number => {
    atMs += stepMs
    return atMs
  }
  const { log, close } = await openIn(await newFolder(context), { clock: { now: Date.now, monotonic } })
  await log.append(intentOf('person-1', 'a key is made, which takes a millisecond of this clock'))
  stepMs = 0
  const late = log.append(intentOf('person-2', 'is new'))
  const known = await log.append(intentOf('person-1', 'has one'))
  assert.equal(known.index, 2)
  await close()
  assert.equal((await late).index, 3)
})

test('when no keys can be made, those who have one go on and the others are refused', async (context) => {
  const { log, keys } = await openIn(await newFolder(context))
  await appendExchange(log, 'person-1', 'known')
  context.mock.method(DatabaseSync.prototype, 'exec', () => {
    throw new Error('database or disk is full')
  })
  const [known, fresh] = await Promise.allSettled([
    log.append(record('of one who is known')),
    log.append(intentOf('person-2', 'new')),
  ])
  context.mock.restoreAll()
  assert.equal(known.status, 'fulfilled')
  assert.ok(fresh.status === 'rejected' && isUnavailable(fresh.reason))
  assert.equal(keys.aliasesOf('person-2').length, 0)
  await appendExchange(log, 'person-2', 'once there is room')
})

test('neither names nor texts stand in the clear anywhere in the log', async (context) => {
  const folder = await newFolder(context)
  const { log, close } = await openIn(folder)
  const person = 'person-ada-lovelace'
  await appendExchange(log, person, 'The merger with Analytical Engines closes on Friday.')
  await close()
  for (const name of await readdir(folderOf(folder), { recursive: true })) {
    const path = join(folderOf(folder), name)
    if (!(await stat(path)).isFile()) continue
    const bytes = await readFile(path)
    assert.equal(bytes.includes(person), false, name)
    assert.equal(bytes.includes('Analytical'), false, name)
    assert.equal((await stat(path)).mode & 0o077, 0, `${name} is for its owner only`)
  }
})

test('everything that waits while one commit is synced goes out together: few syncs, all durable', async (context) => {
  const disk = new FaultyDisk()
  const { log } = await openIn(await newFolder(context), { disk, segmentBytes: 1_048_576 })
  const before = disk.syncs
  await Promise.all(Array.from({ length: 500 }, (_, at) => log.append(record(`record ${at}`))))
  assert.equal(log.size(), 501)
  assert.equal(disk.syncs - before, 1, 'one commit: one sync')

  disk.hold()
  const first = log.append(record('first'))
  await setTimeout(20)
  const rest = Array.from({ length: 300 }, (_, at) => log.append(record(`later ${at}`)))
  await setTimeout(20)
  assert.equal(log.size(), 501, 'nothing is acknowledged before its sync')
  disk.letGo()
  await Promise.all([first, ...rest])
  assert.equal(disk.syncs - before, 3)
})

test('an entry without payload costs one sync, and an idle log writes nothing more', async (context) => {
  const disk = new FaultyDisk()
  const { log } = await openIn(await newFolder(context), { disk })
  const before = disk.syncs
  await log.append({ kind: 'sign-in', facts: {} })
  assert.equal(disk.syncs - before, 1)
  await setTimeout(50)
  assert.equal(disk.syncs - before, 1)
})

test('a checkpoint is not signed while the payloads are at their places and the headers are not', async (context) => {
  const disk = new FaultyDisk()
  const { log } = await openIn(await newFolder(context), { disk })
  await log.append(record('both'))
  const held: (() => void)[] = []
  const { sync } = disk
  let calls = 0
  Object.assign(disk, {
    sync: (file: number, done: (error: Error | null) => void) => {
      if (++calls === 1) held.push(() => sync(file, done))
      else sync(file, done)
    },
  })
  const signed = log.signNow()
  await setTimeout(50)
  assert.equal(log.checkpoint(), undefined)
  await log.append(record('goes on meanwhile'))
  for (const go of held) go()
  assert.equal(await signed, true)
  assert.match(log.checkpoint() ?? '', /\n2\n/)
})

for (const [what, fail] of [
  ['a failing sync', (disk: FaultyDisk) => Object.assign(disk, { failingSync: new Error('EIO: sync') })],
  ['a failing write', (disk: FaultyDisk) => Object.assign(disk, { failingWrite: new Error('EIO: write') })],
  ['a write cut short without an error', (disk: FaultyDisk) => Object.assign(disk, { shortBy: 1 })],
] as const) {
  test(`${what} ends the log: everything waiting and everything later is refused, also once the disk recovers`, async (context) => {
    const disk = new FaultyDisk()
    const deaths: Error[] = []
    const folder = await newFolder(context)
    const { log, close } = await openIn(folder, { disk, onDead: (error) => deaths.push(error) })
    const kept = await log.append(record('kept'))
    fail(disk)
    const waiting = [log.append(record('one')), log.append(record('two'))]
    for (const each of waiting) await assert.rejects(each, isUnavailable)
    assert.equal(log.isAlive(), false)
    assert.equal(deaths.length, 1)
    Object.assign(disk, { failingSync: undefined, failingWrite: undefined, shortBy: 0 })
    await assert.rejects(log.append(record('three')), isUnavailable)
    await close()

    const again = await openIn(folder)
    assert.equal(Buffer.from((await again.log.open(kept.index))?.payload ?? []).toString(), 'kept')
    await again.log.append(record('goes on'))
  })
}

for (const part of ['seg', 'pay']) {
  test(`a file under ${part}/ that somebody removes ends the log before anything more is acknowledged into it`, async (context) => {
    const folder = await newFolder(context)
    const deaths: Error[] = []
    const { log, close } = await openIn(folder, { onDead: (error) => deaths.push(error) })
    await log.append(record('kept'))
    await rm(join(folderOf(folder), part), { recursive: true })
    await assert.rejects(log.append(record('lost')), isUnavailable)
    assert.match(deaths[0]?.message ?? '', /was removed while it was written/)
    await close()
  })
}

test('when the disk does not keep up, appends are refused instead of growing, and outcomes still get in', async (context) => {
  const disk = new FaultyDisk()
  const { log } = await openIn(await newFolder(context), { disk })
  const { index } = await log.append(intentOf('person-1', 'hello'))
  disk.hold()
  const waiting = Array.from({ length: 10_000 }, () => log.append({ kind: 'sign-in', facts: {} }))
  await assert.rejects(log.append({ kind: 'sign-in', facts: {} }), isUnavailable)
  const outcome = log.append(outcomeOf(index, 'person-1'))
  disk.letGo()
  await Promise.all([...waiting, outcome])
  await log.append({ kind: 'sign-in', facts: {} })
})

test('large payloads that wait are bounded in bytes too', async (context) => {
  const disk = new FaultyDisk()
  const { log } = await openIn(await newFolder(context), { disk, segmentBytes: 1_024 * 1_024 })
  disk.hold()
  const large = Buffer.alloc(33 * 1_024 * 1_024)
  const waiting = [1, 2].map(() => log.append({ kind: 'record', facts: {}, payload: large }))
  await assert.rejects(log.append({ kind: 'record', facts: {}, payload: 'small' }), isUnavailable)
  disk.letGo()
  const [first] = await Promise.all(waiting)
  assert.equal((await log.open(first?.index ?? -1))?.payload?.length, large.length)
})

test('near a full disk nothing new is begun, what is open may end, and it goes on once there is room', async (context) => {
  context.mock.timers.enable({ apis: ['setInterval'] })
  const disk = new FaultyDisk()
  const { log } = await openIn(await newFolder(context), { disk, freeFloorBytes: 1_000 })
  // A look that is still under way takes the place of the next one.
  const looksUntil = async (isFull: boolean): Promise<void> => {
    for (let looks = 0; log.isFull() !== isFull && looks < 1_000; looks++) {
      context.mock.timers.tick(2_000)
      await setTimeout(1)
    }
    assert.equal(log.isFull(), isFull)
  }
  const { index } = await log.append(intentOf('person-1', 'hello'))
  disk.free = 999
  await looksUntil(true)
  await assert.rejects(log.append(intentOf('person-1', 'more')), isUnavailable)
  assert.equal(log.isAlive(), true)
  await log.append(outcomeOf(index, 'person-1'))
  assert.equal((await log.open(2))?.kind, 'log-full')
  disk.free = 1_334
  await looksUntil(false)
  await log.append(intentOf('person-1', 'more'))
})

test('when the free space cannot be told any more, the log is dead', async (context) => {
  context.mock.timers.enable({ apis: ['setInterval'] })
  const disk = new FaultyDisk()
  const { log } = await openIn(await newFolder(context), { disk })
  Object.assign(disk, { space: async () => Promise.reject(new Error('ENOENT')) })
  context.mock.timers.tick(2_000)
  await new Promise((resolve) => setImmediate(resolve))
  assert.equal(log.isAlive(), false)
})

test('a log does not start when there is too little space', async (context) => {
  const disk = new FaultyDisk()
  disk.free = 10
  await assert.rejects(openIn(await newFolder(context), { disk, freeFloorBytes: 11 }), /too little space/)
})

test('an outcome needs an intent that has none yet', async (context) => {
  const { log } = await openIn(await newFolder(context))
  const { index } = await log.append(intentOf('person-1', 'hello'))
  await log.append(outcomeOf(index, 'person-1'))
  await assert.rejects(log.append(outcomeOf(index, 'person-1')), /an outcome needs an intent/)
  await assert.rejects(log.append(outcomeOf(0, 'person-1')), /an outcome needs an intent/)
  await assert.rejects(log.append({ kind: 'outcome', facts: {} }), /an outcome needs an intent/)
})

test('a header that is too long is refused alone, and the log goes on', async (context) => {
  const folder = await newFolder(context)
  const { log, close } = await openIn(folder)
  await assert.rejects(
    log.append({ kind: 'record', facts: { about: 'x'.repeat(70_000) }, payload: 'lost' }),
    /header/,
  )
  const { index } = await log.append(record('next'))
  assert.equal(Buffer.from((await log.open(index))?.payload ?? []).toString(), 'next')
  await close()
  assert.equal((await verifyFolder(folderOf(folder))).ok, true)
})

test('segments and payload files end at their size and the next one goes on', async (context) => {
  const folder = await newFolder(context)
  const { log, close } = await openIn(folder, { segmentBytes: 4_096 })
  for (let at = 0; at < 60; at++) await appendExchange(log, `person-${at % 3}`, 'x'.repeat(500), `req_${at}`)
  assert.equal((await log.open(1))?.subject, 'person-0')
  await close()
  const files = (await readdir(folderOf(folder), { recursive: true })).filter((name) =>
    /\.(seg|pay)$/.test(name),
  )
  assert.ok(files.filter((name) => name.endsWith('.seg')).length > 5)
  assert.ok(files.filter((name) => name.endsWith('.pay')).length > 5)
  const verified = await verifyFolder(folderOf(folder))
  assert.deepEqual(verified.problems, [])
  const again = await openIn(folder, { segmentBytes: 4_096 })
  assert.equal(Buffer.from((await again.log.open(119))?.payload ?? []).includes('x'.repeat(500)), true)
})

test('a new month gets a new folder, a new alias and a new key', async (context) => {
  const folder = await newFolder(context)
  let now = Date.UTC(2026, 10, 30, 23, 59)
  const { log, keys, close } = await openIn(folder, { clock: { now: () => now, monotonic: () => 5 } })
  const before = await log.append(record('november'))
  now = Date.UTC(2026, 11, 1)
  const after = await log.append(record('december'))
  assert.deepEqual((await readdir(join(folderOf(folder), 'pay'))).sort(), ['2026-11', '2026-12'])
  assert.equal(keys.aliasesOf('person-1').length, 2)
  for (const { index } of [before, after]) assert.equal((await log.open(index))?.subject, 'person-1')
  await close()
  assert.deepEqual((await verifyFolder(folderOf(folder))).problems, [])
})

test('a checkpoint is signed within about a second, and again at the end', async (context) => {
  const folder = await newFolder(context)
  const { log, close } = await openIn(folder)
  assert.equal(log.checkpoint(), undefined)
  await log.append(record('one'))
  await setTimeout(1_300)
  assert.match(log.checkpoint() ?? '', new RegExp(`^${origin}\n2\n`))
  await close()
  assert.match(await readFile(join(folderOf(folder), 'checkpoint'), 'utf8'), new RegExp(`^${origin}\n3\n`))
  assert.ok((await stat(firstSegment(folder))).size < 2_000, 'the zeros written ahead are cut off at the end')
})

test('a closed log refuses', async (context) => {
  const { log, close } = await openIn(await newFolder(context))
  await close()
  await assert.rejects(log.append(record('late')), isUnavailable)
  assert.equal(log.isAlive(), false)
  await log.close()
})

test('wrong settings are named', async (context) => {
  const folder = await newFolder(context)
  await assert.rejects(openIn(folder, { segmentBytes: 10 }), /audit\.segmentBytes/)
  for (const bad of ['', 'a b', 'a+b', '..', 'ä', 'x'.repeat(81)]) {
    await assert.rejects(openIn(folder, { origin: bad }), /audit\.origin/)
  }
})
