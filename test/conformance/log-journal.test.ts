import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { pathToFileURL } from 'node:url'
import {
  copyAsCrashed,
  firstSegment,
  folderOf,
  framesOf,
  intentOf,
  newFolder,
  openIn,
  outcomeOf,
} from '#/audit/log-for-tests.ts'
import { verifyFolder } from '#/audit/verify.ts'

const file = join(import.meta.dirname, '..', '..', 'bin', 'sallyport-verify.mjs')
const standalone = (await import(pathToFileURL(file).href)) as {
  readonly verifyLog: (dir: string) => {
    readonly problems: readonly string[]
    readonly notes: readonly string[]
    readonly entries: number
  }
}

test('both verifiers take what a power cut left in the journal alone for waiting, and anything else for damage', async (context) => {
  const folder = await newFolder(context)
  const { log } = await openIn(folder)
  const { index } = await log.append(intentOf('person-1', 'signed'))
  await log.signNow()
  await log.append(outcomeOf(index, 'person-1'))
  await log.append({ kind: 'sign-in', facts: {} })
  const image = await copyAsCrashed(folder, context)
  const segment = readFileSync(firstSegment(image))
  const hole = framesOf(segment)[2] ?? assert.fail()
  segment.fill(0, hole.start, hole.end)
  writeFileSync(firstSegment(image), segment)
  for (const { problems, notes, entries } of [
    await verifyFolder(folderOf(image)),
    standalone.verifyLog(folderOf(image)),
  ]) {
    assert.deepEqual(problems, [])
    assert.equal(entries, 2)
    assert.match(notes.join('\n'), /entries from 2 on are not signed and wait in the journal/)
  }
  // What is signed must lie at its place.
  const signed = framesOf(readFileSync(firstSegment(folder)))[1] ?? assert.fail()
  segment.fill(0, signed.start, signed.end)
  writeFileSync(firstSegment(image), segment)
  for (const { problems } of [await verifyFolder(folderOf(image)), standalone.verifyLog(folderOf(image))])
    assert.notDeepEqual(problems, [])
})
