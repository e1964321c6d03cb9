import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { cp } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import type { NewEntry } from '#/audit/api.ts'
import { readCheckpointFile } from '#/audit/checkpoint-file.ts'
import { replayJournal } from '#/audit/journal-replay.ts'
import { listSegments } from '#/audit/layout.ts'
import {
  appendExchange,
  copyAsCrashed,
  folderOf,
  newFolder,
  openIn,
  seededRandom,
} from '#/audit/log-for-tests.ts'
import { recover } from '#/audit/recover.ts'
import { CompactTree } from '#/audit/tree.ts'
import { verifyFolder } from '#/audit/verify.ts'
import { walkEntries } from '#/audit/walk.ts'
import { CrashImages, RecordingDisk } from '../support/recording-disk.ts'

/**
 * The power fails after any write or sync of a log: everything a sync covered is on the device, and of what was written since
 * any sectors are, in any order. From each such image a start must find exactly the first entries, all that were promised
 * among them, or it would have lost some or made some up. (Crash states, as in Pillai and others, "All File Systems
 * Are Not Created Equal", OSDI 2014.)
 */

const record = (text: string): NewEntry => ({
  kind: 'record',
  subject: 'person-1',
  facts: { about: 'x' },
  payload: text,
})

test('whatever a power cut leaves of what no sync covers: exactly the first entries, all promised ones among them', async (context) => {
  const random = seededRandom(11)
  const folder = await newFolder(context)
  const base = await newFolder(context)
  const disk = new RecordingDisk()
  const { log, keys, close } = await openIn(folder, { disk, segmentBytes: 16 * 1_024, checkpointEveryMs: 20 })
  // Makes the key of the person, which is not what this is about.
  await log.append(record('first'))
  await cp(folder, base, { recursive: true })
  const begun = disk.events.length
  const promised = (index: number): void => void disk.events.push({ what: 'promised', entries: index + 1 })
  let note = log.checkpoint()
  for (let round = 0; round < 30; round++) {
    const texts = Array.from({ length: 1 + random(6) }, () => randomBytes(random(1_500)).toString('hex'))
    await Promise.all(texts.map(async (text) => promised((await log.append(record(text))).index)))
    promised((await appendExchange(log, 'person-1', `round ${round}`)) + 1)
    // Now and then long enough for a checkpoint.
    if (round === 20) await pause(1_100)
    if (log.checkpoint() === note) continue
    note = log.checkpoint() ?? assert.fail('a checkpoint went away')
    disk.events.push({ what: 'checkpoint', note })
  }
  const events = [...disk.events]
  await close()
  const roots = await rootsOf(folder)

  const images = new CrashImages()
  for (const event of events.slice(0, begun)) images.take(event)
  const image = base
  const paths = [
    join(folderOf(image), 'checkpoint'),
    join(image, 'keys', 'log.example.com%2Ftest.checkpoint'),
  ]
  const there = new Map<string, Buffer>()
  let entries = 2
  let counted = 0
  let torn = 0
  let replayed = 0
  for (const event of events.slice(begun)) {
    images.take(event)
    if (event.what === 'promised') entries = Math.max(entries, event.entries)
    if (event.what === 'checkpoint') for (const path of paths) writeFileSync(path, event.note)
    for (let draw = 0; draw < (event.what === 'write' || event.what === 'sync-ends' ? 4 : 0); draw++) {
      layDown(images.draw(random), there, (path) => path.replace(folder, image))
      const known = await readCheckpointFile(paths[0] as string, keys.verifierKey)
      const isStarted = counted++ % 50 === 0
      const started = isStarted ? await copyAsCrashed(image, context) : ''
      const { entries: put } = await replayJournal(folderOf(image), known?.checkpoint.size ?? 0)
      if (put > 0) replayed++
      // It wrote into any of them.
      for (const path of there.keys()) there.set(path, changed)
      const found = await recover(folderOf(image), known === undefined ? [] : [known])
      assert.ok(found.index.size >= entries, `${found.index.size} entries, ${entries} promised`)
      assert.equal(
        found.tree.root().toString('hex'),
        roots[found.index.size],
        'the first entries and no others',
      )
      if (found.tornBytes + found.tornEntries > 0) torn++
      if (!isStarted) continue
      const again = await openIn(started, { segmentBytes: 16 * 1_024 })
      await again.log.append(record('goes on'))
      await again.close()
      assert.deepEqual((await verifyFolder(folderOf(started))).problems, [])
    }
  }
  context.diagnostic(
    `${counted} images of ${events.length} moments, ${torn} of them with a torn end, ${replayed} that the journal completed`,
  )
  assert.ok(
    counted > 1_000 && torn > 100 && replayed > 100,
    `${counted} images, ${torn} torn, ${replayed} completed`,
  )
})

const changed = Buffer.alloc(0)

/** Makes the files what an image says; most are what they were. */
function layDown(
  files: ReadonlyMap<string, Buffer>,
  there: Map<string, Buffer>,
  placeOf: (path: string) => string,
): void {
  for (const path of there.keys()) {
    if (files.has(path)) continue
    rmSync(placeOf(path))
    there.delete(path)
  }
  for (const [path, bytes] of files) {
    if (there.get(path) === bytes) continue
    mkdirSync(dirname(placeOf(path)), { recursive: true })
    writeFileSync(placeOf(path), bytes)
    there.set(path, bytes)
  }
}

/** The root of the first entries of a closed log, by their number. */
async function rootsOf(folder: string): Promise<readonly string[]> {
  const roots: string[] = []
  const walk = walkEntries(folderOf(folder), await listSegments(folderOf(folder)))
  const tree = new CompactTree()
  roots.push(tree.root().toString('hex'))
  for (const { leaf } of walk) {
    tree.push(leaf)
    roots.push(tree.root().toString('hex'))
  }
  return roots
}
