import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import {
  copyAsCrashed,
  firstSegment,
  folderOf,
  framesOf,
  newFolder,
  openIn,
  seededRandom,
  withoutJournal,
} from '#/audit/log-for-tests.ts'
import { recover } from '#/audit/recover.ts'

test('cut at any byte of the last frames, the rest missing, zero or random: exactly the whole entries are kept', async (context) => {
  const folder = await newFolder(context)
  const running = await openIn(folder)
  for (let at = 0; at < 4; at++)
    await running.log.append({
      kind: 'record',
      subject: 'person-1',
      facts: { about: 'x' },
      payload: `record ${at}`,
    })
  const image = await copyAsCrashed(folder, context)
  await withoutJournal(image)
  const path = firstSegment(image)
  const segment = await readFile(path)
  const frames = framesOf(segment)
  const random = seededRandom(7)
  const noise = Buffer.from(Array.from({ length: 4_096 }, () => random(256)))
  const last = frames.at(-1)?.end ?? 0
  let images = 0
  for (let cut = frames.at(-3)?.end ?? 0; cut < last; cut++) {
    const wholeEntries = frames.filter((frame) => frame.end <= cut).length
    const zeros = Buffer.concat([segment.subarray(0, cut), Buffer.alloc(segment.length - cut)])
    const garbage = Buffer.concat([segment.subarray(0, cut), noise.subarray(0, last - cut + 100)])
    for (const bytes of [segment.subarray(0, cut), zeros, garbage]) {
      writeFileSync(path, bytes)
      const recovered = await recover(folderOf(image), [])
      assert.equal(recovered.index.size, wholeEntries, `cut at ${cut}`)
      assert.equal(recovered.position.segmentEnd, frames[wholeEntries - 1]?.end)
      images++
    }
  }
  assert.ok(images > 1_500, `${images} images`)
})
