import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { cp, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import type { NewEntry } from './api.ts'
import {
  appendExchange,
  copyAsCrashed,
  FaultyDisk,
  firstSegment,
  folderOf,
  framesOf,
  intentOf,
  newFolder,
  openIn,
  withoutJournal,
} from './log-for-tests.ts'
import { recover } from './recover.ts'
import { verifyFolder } from './verify.ts'

const record = (text: string): NewEntry => ({
  kind: 'record',
  subject: 'person-1',
  facts: { about: 'x' },
  payload: text,
})

test('a torn end is cut off, noted in the start entry, and the log is sound afterwards', async (context) => {
  const folder = await newFolder(context)
  const running = await openIn(folder)
  const kept = await running.log.append(record('kept'))
  await running.log.append(record('torn'))
  const image = await copyAsCrashed(folder, context)
  await withoutJournal(image)
  const frames = framesOf(await readFile(firstSegment(image)))
  await truncate(firstSegment(image), (frames.at(-1)?.end ?? 0) - 3)
  const again = await openIn(image)
  assert.equal(again.log.size(), 3)
  assert.equal(Buffer.from((await again.log.open(kept.index))?.payload ?? []).toString(), 'kept')
  assert.match((await again.log.open(2))?.facts.reason ?? '', /unfinished commit cut off/)
  await again.log.append(record('goes on'))
  await again.close()
  assert.deepEqual((await verifyFolder(folderOf(image))).problems, [])
})

test('headers whose payloads the disk never got are not kept', async (context) => {
  const folder = await newFolder(context)
  const running = await openIn(folder)
  await running.log.append(record('a'.repeat(2_000)))
  await running.log.append(record('b'.repeat(2_000)))
  const whole = await recover(folderOf(folder), [])
  const pay = join(folderOf(folder), 'pay', `${whole.position.payloadFile}.pay`)
  const bytes = readFileSync(pay).subarray(0, whole.position.payloadEnd)
  for (const kept of [bytes.length - 1, bytes.length - 1_500, Math.ceil(bytes.length / 2)]) {
    for (const tail of [Buffer.alloc(0), Buffer.alloc(bytes.length - kept + 10)]) {
      const image = await copyAsCrashed(folder, context)
      await withoutJournal(image)
      // Less than a sector of zeros could be damage as well as a power cut, so it is not taken for one.
      if (tail.length > 0 && bytes.length - kept < 512) continue
      writeFileSync(pay.replace(folder, image), Buffer.concat([bytes.subarray(0, kept), tail]))
      const recovered = await recover(folderOf(image), [])
      assert.equal(recovered.index.size, 2, `${kept} bytes`)
      assert.equal(recovered.tornEntries, 1)
      const again = await openIn(image)
      await again.close()
      assert.deepEqual((await verifyFolder(folderOf(image))).problems, [])
    }
  }
})

test('sectors of an unfinished commit that reached the disk out of order are a torn end', async (context) => {
  const folder = await newFolder(context)
  const running = await openIn(folder)
  await running.log.append(record('before'))
  await Promise.all(Array.from({ length: 40 }, (_, at) => running.log.append(record(`record ${at}`))))
  const image = await copyAsCrashed(folder, context)
  await withoutJournal(image)
  const segment = await readFile(firstSegment(image))
  const hole = 8_192
  const frames = framesOf(segment)
  assert.ok((frames.at(-1)?.end ?? 0) > hole + 4_096, 'frames follow the hole')
  segment.fill(0, hole, hole + 512)
  await writeFile(firstSegment(image), segment)
  const recovered = await recover(folderOf(image), [])
  assert.equal(recovered.index.size, frames.filter((frame) => frame.end <= hole).length)
})

test('damage inside a commit whose sectors are all there is not taken for a torn end', async (context) => {
  const folder = await newFolder(context)
  const running = await openIn(folder)
  await Promise.all(Array.from({ length: 40 }, (_, at) => running.log.append(record(`record ${at}`))))
  const image = await copyAsCrashed(folder, context)
  await withoutJournal(image)
  const segment = await readFile(firstSegment(image))
  segment[8_192] = (segment[8_192] as number) ^ 1
  await writeFile(firstSegment(image), segment)
  await assert.rejects(openIn(image), /cannot go on.*cannot be read, sound ones follow/s)
})

test('a frame that cannot be read before later commits stops the start, zeros or not', async (context) => {
  const folder = await newFolder(context)
  const running = await openIn(folder)
  for (let at = 0; at < 5; at++) await running.log.append(record(`record ${at}`))
  const frames = framesOf(await readFile(firstSegment(folder)))
  const { start, end } = frames[2] ?? assert.fail()
  for (const spoil of [
    (bytes: Buffer) => bytes.fill(0, start, end),
    (bytes: Buffer) => bytes.fill(1, start + 20, start + 21),
  ]) {
    const image = await copyAsCrashed(folder, context)
    await withoutJournal(image)
    const segment = await readFile(firstSegment(image))
    spoil(segment)
    await writeFile(firstSegment(image), segment)
    await assert.rejects(openIn(image), /cannot go on/)
  }
})

test('every intent without an outcome gets one that says: unknown after crash', async (context) => {
  const folder = await newFolder(context)
  const running = await openIn(folder)
  await appendExchange(running.log, 'person-1', 'ended')
  const open = await running.log.append(intentOf('person-2', 'open', 'req_open'))
  const image = await copyAsCrashed(folder, context)
  assert.deepEqual((await verifyFolder(folderOf(image))).openIntents, [open.index])
  const again = await openIn(image)
  const outcome = await again.log.outcomeOf(open.index)
  assert.equal(outcome?.facts.decision, 'unknown-after-crash')
  assert.equal(outcome?.facts.requestId, 'req_open')
  assert.equal(outcome?.subject, 'person-2')
  await again.close()
  const verified = await verifyFolder(folderOf(image))
  assert.deepEqual(verified.problems, [])
  assert.deepEqual(verified.openIntents, [])
  const third = await openIn(image)
  assert.equal((await third.log.search({ kinds: ['outcome'], limit: 10 })).length, 2, 'only once')
})

test('an older copy of the log, whole as it may be, stops the start', async (context) => {
  const folder = await newFolder(context)
  const first = await openIn(folder)
  await first.log.append(record('one'))
  await first.close()
  const older = await newFolder(context)
  await cp(join(folder, 'audit'), older, { recursive: true })
  const second = await openIn(folder)
  await second.log.append(record('two'))
  await second.close()
  await rm(join(folder, 'audit'), { recursive: true })
  await cp(older, join(folder, 'audit'), { recursive: true })
  await assert.rejects(openIn(folder), /a signed checkpoint says/)
})

test('a segment cut to sound frames before the checkpoint stops the start', async (context) => {
  const folder = await newFolder(context)
  const { log, close } = await openIn(folder)
  await log.append(record('one'))
  await log.append(record('two'))
  await close()
  const frames = framesOf(await readFile(firstSegment(folder)))
  await truncate(firstSegment(folder), frames.at(-1)?.start)
  await assert.rejects(openIn(folder), /a signed checkpoint says 4/)
})

test('a checkpoint nobody of ours signed, another key, and a missing segment stop the start', async (context) => {
  const folder = await newFolder(context)
  const { log, close } = await openIn(folder, { segmentBytes: 4_096 })
  for (let at = 0; at < 20; at++) await log.append(record('x'))
  await close()

  const forged = await copyAsCrashed(folder, context)
  const note = await readFile(join(folderOf(forged), 'checkpoint'), 'utf8')
  await writeFile(join(folderOf(forged), 'checkpoint'), note.replace(/\n22\n/, '\n21\n'))
  await assert.rejects(openIn(forged), /not a checkpoint signed by the key/)

  const foreign = await copyAsCrashed(folder, context)
  await rm(join(foreign, 'keys'), { recursive: true })
  await assert.rejects(openIn(foreign), /signed with another key/)

  const gap = await copyAsCrashed(folder, context)
  await rm(firstSegment(gap))
  await assert.rejects(openIn(gap), /segment 1 is missing/)
})

test('a start that crashed between making a segment and its first commit is gone on with', async (context) => {
  const folder = await newFolder(context)
  const { log, close } = await openIn(folder, { segmentBytes: 4_096 })
  while ((await stat(firstSegment(folder))).size < 4_096 || log.size() < 20) await log.append(record('x'))
  await close()
  const segments = (await recover(folderOf(folder), [])).position.segment
  const next = join(folderOf(folder), 'seg', `${String(segments + 1).padStart(10, '0')}.seg`)
  await writeFile(next, Buffer.from('half a frame'))
  const again = await openIn(folder)
  await again.log.append(record('y'))
  await again.close()
  assert.deepEqual((await verifyFolder(folderOf(folder))).problems, [])
})

test('after a death the folder opens again with everything that was acknowledged', async (context) => {
  const folder = await newFolder(context)
  const disk = new FaultyDisk()
  const { log, close } = await openIn(folder, { disk })
  const acknowledged: number[] = []
  for (let at = 0; at < 10; at++) acknowledged.push((await log.append(record(`record ${at}`))).index)
  disk.shortBy = 5
  await assert.rejects(log.append(record('lost')))
  await close()
  const again = await openIn(folder)
  for (const [at, index] of acknowledged.entries()) {
    assert.equal(Buffer.from((await again.log.open(index))?.payload ?? []).toString(), `record ${at}`)
  }
})
