import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { cp, mkdir, readFile, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type TestContext, test } from 'node:test'
import type { AuditLog, NewEntry } from './api.ts'
import { type Disk, systemDisk } from './disk.ts'
import { readFrame } from './frame.ts'
import { readJournal } from './journal-replay.ts'
import { journalPaths, payloadPath } from './layout.ts'
import {
  copyAsCrashed,
  firstSegment,
  folderOf,
  newFolder,
  type OpenedForTest,
  openIn,
  withoutJournal,
} from './log-for-tests.ts'
import { verifyFolder } from './verify.ts'

const never = 2 ** 30

const record = (text: string): NewEntry => ({
  kind: 'record',
  subject: 'person-1',
  facts: { about: 'x' },
  payload: text,
})

const texts = ['one', 'two', 'three '.repeat(200), 'four']

/**
 * A log of a start and four commits, none of which a checkpoint covers, whose segment and payload file the device never got
 * after the start: only its journal has them.
 */
async function cutOff(
  context: TestContext,
): Promise<{ readonly image: string; readonly folder: string; readonly running: OpenedForTest }> {
  const folder = await newFolder(context)
  const running = await openIn(folder, { checkpointEveryMs: never })
  const places = await copyAsCrashed(folder, context)
  for (const text of texts) await running.log.append(record(text))
  const image = await copyAsCrashed(folder, context)
  await rm(join(folderOf(image), 'pay'), { recursive: true })
  await rm(join(folderOf(image), 'seg'), { recursive: true })
  await cp(join(folderOf(places), 'seg'), join(folderOf(image), 'seg'), { recursive: true })
  return { image, folder, running }
}

async function textsIn(log: AuditLog): Promise<readonly string[]> {
  const found: string[] = []
  for (let index = 1; index < log.size(); index++) {
    const entry = await log.open(index)
    if (entry?.kind === 'record') found.push(Buffer.from(entry.payload ?? []).toString())
  }
  return found
}

test('what segments and payload files never got is put in place from the journal, and said', async (context) => {
  const { image } = await cutOff(context)
  const notes: string[] = []
  const { log, close } = await openIn(image, { onNote: (text) => notes.push(text) })
  assert.deepEqual(await textsIn(log), texts)
  assert.equal((await log.open(texts.length + 1))?.facts.reason, undefined, 'nothing is missing')
  assert.match(notes.join(), /4 entries of the log were put in place from its journal/)
  await close()
  assert.deepEqual((await verifyFolder(folderOf(image))).problems, [])
})

test('of a journal cut anywhere, or whose end never came, exactly the whole commits are kept', async (context) => {
  const { image } = await cutOff(context)
  const path = journalPaths(folderOf(image))[0]
  const whole = readFileSync(path)
  const ends = readJournal(folderOf(image)).records.map(({ end }) => end)
  assert.equal(ends.length, texts.length + 1)
  const seams = ends.flatMap((end, at) => {
    const start = ends[at - 1] ?? 0
    // In the mark, in the head, in the frames, in the payload, and one byte before it is whole.
    return at === 0 ? [] : [start, start + 4, start + 30, start + 61, start + 300, end - 20, end - 1, end]
  })
  const behind = [Buffer.alloc(0), Buffer.alloc(2_000), Buffer.alloc(2_000, 7)]
  for (const [at, cut] of seams.entries()) {
    const started = await copyAsCrashed(image, context)
    const torn = Buffer.concat([whole.subarray(0, cut), behind[at % behind.length] as Buffer])
    writeFileSync(path.replace(image, started), torn)
    const { log, close } = await openIn(started)
    const kept = ends.filter((end) => end <= cut).length - 1
    assert.deepEqual(await textsIn(log), texts.slice(0, kept), `cut at ${cut}`)
    await close()
    assert.deepEqual((await verifyFolder(folderOf(started))).problems, [])
  }
})

test('a journal somebody took away costs what no checkpoint covers, and the start says so', async (context) => {
  const { image, folder, running } = await cutOff(context)
  await withoutJournal(image)
  const { log, close } = await openIn(image)
  assert.deepEqual(await textsIn(log), [])
  assert.match(
    (await log.open(1))?.facts.reason ?? '',
    /has no journal.*entries behind the last checkpoint may be missing/,
  )
  await close()

  await running.log.signNow()
  await running.log.append(record('not signed'))
  const signed = await copyAsCrashed(folder, context)
  await withoutJournal(signed)
  const again = await openIn(signed)
  assert.deepEqual((await textsIn(again.log)).slice(0, texts.length), texts)
  await again.close()
})

test('a log that was closed has no journal, and the next start misses none', async (context) => {
  const folder = await newFolder(context)
  const { log, close } = await openIn(folder)
  await log.append(record('one'))
  await close()
  assert.equal(existsSync(join(folderOf(folder), 'commits')), false)
  const again = await openIn(folder)
  assert.equal((await again.log.open(3))?.facts.reason, undefined)
})

test('what was signed on demand has left the journal, so an erased text does not come back from there', async (context) => {
  const folder = await newFolder(context)
  const { log } = await openIn(folder, { checkpointEveryMs: never })
  const { index } = await log.append(record('somebody else'))
  await log.append(record('stays'))
  assert.ok(readJournal(folderOf(folder)).records.length > 0)
  await log.signNow()
  for (const path of journalPaths(folderOf(folder)))
    assert.ok(
      readFileSync(path).every((byte) => byte === 0),
      path,
    )
  await log.erasePayload(index)
  const again = await openIn(await copyAsCrashed(folder, context))
  assert.equal((await again.log.open(index))?.payload, undefined)
  assert.equal(Buffer.from((await again.log.open(index + 1))?.payload ?? []).toString(), 'stays')
})

/** Text that takes about as many bytes when it is packed. */
const noise = (bytes: number): string => randomBytes(bytes).toString('base64')

test('what is signed on demand leaves the journal, however much comes meanwhile', async (context) => {
  const folder = await newFolder(context)
  let onSync: (() => Promise<unknown>) | undefined
  const disk: Disk = {
    ...systemDisk,
    sync: (file, done) => {
      const before = onSync
      onSync = undefined
      if (before === undefined) systemDisk.sync(file, done)
      else before().then(() => systemDisk.sync(file, done), done)
    },
  }
  const { log } = await openIn(folder, { checkpointEveryMs: never, segmentBytes: 16 * 2 ** 20, disk })
  // More than is settled at once, so the other file is turned to; the text lies far behind the beginning.
  await Promise.all([log.append(record(noise(700_000))), log.append(record('somebody else'))])
  const text = readJournal(folderOf(folder)).records.at(-1)?.payloads.subarray(-40) ?? assert.fail()
  const kept = Buffer.from(text)
  const isKept = (): boolean =>
    journalPaths(folderOf(folder)).some((path) => readFileSync(path).includes(kept))
  assert.ok(isKept())
  await new Promise((resolve) => setTimeout(resolve, 50))
  // While the first file is overwritten, as much comes that the places are due again.
  onSync = () => log.append(record(noise(550_000)))
  await log.signNow()
  assert.equal(onSync, undefined)
  assert.equal(isKept(), false)
})

test('what a checkpoint covers is not put in place again, whatever a journal of before says', async (context) => {
  const folder = await newFolder(context)
  const { log } = await openIn(folder, { checkpointEveryMs: never })
  const { index } = await log.append(record('erased'))
  const before = await readFile(journalPaths(folderOf(folder))[0])
  await log.signNow()
  await log.erasePayload(index)
  const image = await copyAsCrashed(folder, context)
  writeFileSync(journalPaths(folderOf(image))[0], before)
  const again = await openIn(image)
  assert.equal((await again.log.open(index))?.payload, undefined)
})

test('a commit of the journal that cannot be read, with later ones behind it, stops the start', async (context) => {
  const { image } = await cutOff(context)
  const path = journalPaths(folderOf(image))[0]
  const bytes = readFileSync(path)
  const second = readJournal(folderOf(image)).records[1]?.end ?? assert.fail()
  bytes[second - 3] = (bytes[second - 3] as number) ^ 1
  writeFileSync(path, bytes)
  await assert.rejects(openIn(image), /cannot go on/)
})

test('a header that differs from the one in the journal, and a journal of a newer version, stop the start', async (context) => {
  const folder = await newFolder(context)
  const { log, close } = await openIn(folder, { checkpointEveryMs: never })
  await log.append(record('one'))
  const image = await copyAsCrashed(folder, context)
  const other = await newFolder(context)
  const foreign = await openIn(other, { checkpointEveryMs: never })
  await foreign.log.append(record('one'))
  await cp(firstSegment(other), firstSegment(image))
  await assert.rejects(openIn(image), /stands in the journal of the log and, otherwise, in its segment/)

  const newer = await copyAsCrashed(folder, context)
  const path = journalPaths(folderOf(newer))[0]
  const bytes = readFileSync(path)
  bytes.writeUInt32LE(2, 8)
  writeFileSync(path, bytes)
  await assert.rejects(openIn(newer), /a newer version: start that one/)
  await close()
})

test('of a head that lies across two sectors, the mark alone stops no start', async (context) => {
  const { image } = await cutOff(context)
  const path = journalPaths(folderOf(image))[0]
  const bytes = readFileSync(path)
  const last = readJournal(folderOf(image)).records.at(-1) ?? assert.fail()
  // The mark ends at the end of a sector, and what was to come behind it never did.
  const torn = Buffer.concat([bytes.subarray(0, last.end), Buffer.from('sallycmt'), Buffer.alloc(2_000)])
  writeFileSync(path, torn)
  const { log } = await openIn(image)
  assert.deepEqual(await textsIn(log), texts)
})

test('of a commit of several entries each is compared with its segment, before anything is written', async (context) => {
  const append = async (extra: string): Promise<string> => {
    const folder = await newFolder(context)
    const { log } = await openIn(folder, { checkpointEveryMs: never })
    await Promise.all([log.append({ kind: 'sign-in', facts: {} }), log.append(record(extra))])
    return copyAsCrashed(folder, context)
  }
  for (const other of ['two', 'a longer one '.repeat(9)]) {
    const image = await append('one')
    const foreign = readJournal(folderOf(await append(other))).records.at(-1) ?? assert.fail()
    const own = readJournal(folderOf(image)).records.at(-1) ?? assert.fail()
    assert.deepEqual([own.first, own.entries, own.segmentStart], [1, 2, foreign.segmentStart])
    // The first entry is the same, the second is not.
    const first = readFrame(own.frames, 0)?.end ?? assert.fail()
    const second = readFrame(foreign.frames, 0)?.end ?? assert.fail()
    const segment = readFileSync(firstSegment(image))
    const forged = Buffer.concat([own.frames.subarray(0, first), foreign.frames.subarray(second)])
    writeFileSync(firstSegment(image), Buffer.concat([segment.subarray(0, own.segmentStart), forged]))
    const payload = payloadPath(folderOf(image), own.payloadFile)
    writeFileSync(payload, 'as it is')
    await assert.rejects(
      openIn(image),
      /entry 2 stands in the journal of the log and, otherwise, in its segment/,
    )
    assert.equal(readFileSync(payload, 'utf8'), 'as it is')
  }
})

test('a folder where a file of the journal should be, or a file where its folder should be, is named', async (context) => {
  const { image } = await cutOff(context)
  const [path] = journalPaths(folderOf(image))
  await rm(path)
  await mkdir(path)
  await assert.rejects(openIn(image), /commits\/1\.commits is not a file: .* run audit verify/)
  assert.match((await verifyFolder(folderOf(image))).problems.join('\n'), /1\.commits is not a file/)
  await withoutJournal(image)
  writeFileSync(dirname(path), '')
  await assert.rejects(openIn(image), /commits is not a folder: .* run audit verify/)
})

test('the verifier says what waits in the journal, and takes it neither for damage nor for signed', async (context) => {
  const { image } = await cutOff(context)
  const holed = await readFile(firstSegment(image))
  // The kernel wrote the last commit back by itself, and none of those before it.
  const last = readJournal(folderOf(image)).records.at(-1) ?? assert.fail()
  last.frames.copy(holed, last.segmentStart)
  writeFileSync(firstSegment(image), holed)
  const { problems, notes } = await verifyFolder(folderOf(image))
  assert.deepEqual(problems, [])
  assert.match(notes.join('\n'), /entries from 1 on are not signed and wait in the journal/)
  const { log } = await openIn(image)
  assert.deepEqual(await textsIn(log), texts)
})
