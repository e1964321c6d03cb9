import assert from 'node:assert/strict'
import { readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { crc32 } from 'node:zlib'
import { journalPaths } from '#/audit/layout.ts'
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

/** A head of the journal, sound by its checksum, of entries that are nowhere. */
function headOf(first: number, framesBytes: number): Buffer {
  const head = Buffer.alloc(60)
  head.write('sallycmt')
  head.writeUInt32LE(1, 8)
  head.writeDoubleLE(first, 16)
  head.writeUInt32LE(1, 24)
  head.writeUInt32LE(framesBytes, 28)
  head.writeUInt32LE(4_000_000_000, 36)
  head.writeUInt32LE(crc32(head.subarray(16)), 12)
  return head
}

test('a journal nobody could have written takes neither a start nor a verifier long, and hides nothing', async (context) => {
  const folder = await newFolder(context)
  const { log } = await openIn(folder)
  await log.append({ kind: 'sign-in', facts: {} })
  await log.signNow()
  const verified = async (image: string): Promise<readonly string[]> =>
    [await verifyFolder(folderOf(image)), standalone.verifyLog(folderOf(image))].map(({ problems, notes }) =>
      [...problems, ...notes].join('; '),
    )
  const forge = async (bytes: Buffer): Promise<string> => {
    const image = await copyAsCrashed(folder, context)
    writeFileSync(journalPaths(folderOf(image))[0], bytes)
    return image
  }

  for (const first of [Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, 2]) {
    const image = await forge(headOf(first, 0))
    for (const said of await verified(image))
      assert.doesNotMatch(said, /wait in the journal/, `first ${first}`)
    await (await openIn(image)).close()
  }

  // Each claims all that follows: read one after the other, eight megabytes are half a terabyte.
  const heads = Array.from({ length: 2 ** 17 }, (_, at) => {
    const head = Buffer.alloc(64)
    headOf(2, (2 ** 17 - at) * 64 - 60).copy(head)
    return head
  })
  const broken = await forge(Buffer.concat(heads))
  for (const said of await verified(broken)) assert.match(said, /full of broken commits/)
  await assert.rejects(openIn(broken), /full of broken commits.*run audit verify/)

  const large = await forge(Buffer.alloc(0))
  truncateSync(journalPaths(folderOf(large))[1], 3 * 2 ** 30)
  for (const said of await verified(large)) assert.match(said, /(more|larger) than a log writes/)
  await assert.rejects(openIn(large), /more than a log writes/)
})

test('both verifiers ask for no tile that no checkpoint covers whole, however much a crash left unsigned', async (context) => {
  const folder = await newFolder(context)
  const { log } = await openIn(folder, { checkpointEveryMs: 2 ** 30 })
  await log.signNow()
  await Promise.all(Array.from({ length: 300 }, () => log.append({ kind: 'sign-in', facts: {} })))
  const image = folderOf(await copyAsCrashed(folder, context))
  for (const { problems, entries } of [await verifyFolder(image), standalone.verifyLog(image)])
    assert.deepEqual([problems, entries], [[], 301])
})
