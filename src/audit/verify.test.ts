import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { frameBytes, readFrame, sealFrame } from './frame.ts'
import { readHeader } from './header.ts'
import {
  appendExchange,
  copyAsCrashed,
  firstSegment,
  folderOf,
  intentOf,
  newFolder,
  openIn,
  origin,
  seededRandom,
} from './log-for-tests.ts'
import { verifyFolder } from './verify.ts'

async function closedLog(context: TestContext, exchanges = 5): Promise<string> {
  const folder = await newFolder(context)
  const { log, close } = await openIn(folder)
  for (let at = 0; at < exchanges; at++)
    await appendExchange(log, `person-${at % 2}`, `text ${at}`, `req_${at}`)
  await close()
  return folder
}

const headersOf = (segment: Buffer): string[] => {
  const headers: string[] = []
  for (let frame = readFrame(segment, 0); frame !== undefined; frame = readFrame(segment, frame.end)) {
    headers.push(frame.leaf.subarray(1).toString('utf8'))
  }
  return headers
}

/** What somebody with a hex editor and our source would do: sound frames around changed headers. */
function rewrite(folder: string, change: (headers: string[]) => string[]): void {
  const path = firstSegment(folder)
  const frames = change(headersOf(readFileSync(path))).map((header) => {
    const bytes = Buffer.alloc(frameBytes + Buffer.byteLength(header))
    bytes.write(header, frameBytes)
    const { kind } = readHeader(Buffer.from(header)) ?? assert.fail()
    sealFrame(bytes, 0, { headerLength: bytes.length - frameBytes, commitStart: 0, kind })
    return bytes
  })
  writeFileSync(path, Buffer.concat(frames))
}

test('a sound log is said to be sound, with its numbers', async (context) => {
  const folder = await closedLog(context)
  const verified = await verifyFolder(folderOf(folder))
  assert.deepEqual(verified.problems, [])
  assert.equal(verified.ok, true)
  assert.equal(verified.entries, 12, 'start, five exchanges, stop')
  assert.equal(verified.checkpointSize, 12)
  assert.equal(verified.notYetSigned, 0)
  assert.equal(verified.payloads, 10)
  assert.deepEqual(verified.openIntents, [])
})

test('the root is the one RFC 6962 defines over the headers in the segment', async (context) => {
  const folder = await closedLog(context)
  const sha256 = (...parts: Uint8Array[]): Buffer =>
    createHash('sha256').update(Buffer.concat(parts)).digest()
  const rootOf = (entries: readonly string[]): Buffer => {
    if (entries.length === 1) return sha256(Buffer.from([0]), Buffer.from(entries[0] as string))
    const split = 2 ** Math.ceil(Math.log2(entries.length) - 1)
    return sha256(Buffer.from([1]), rootOf(entries.slice(0, split)), rootOf(entries.slice(split)))
  }
  const expected = rootOf(headersOf(readFileSync(firstSegment(folder)))).toString('base64')
  assert.equal((await verifyFolder(folderOf(folder))).root, expected)
})

test('a bit flipped anywhere in any file of the log is noticed', async (context) => {
  const folder = await closedLog(context)
  const files = readdirSync(folderOf(folder), { recursive: true, encoding: 'utf8' })
    .map((name) => join(folderOf(folder), name))
    .filter((path) => statSync(path).isFile())
  assert.equal(files.length, 6, 'segment, payloads, checkpoint, public key, a tile, an entry bundle')
  const random = seededRandom(11)
  for (const path of files) {
    const sound = readFileSync(path)
    // A thousand more among the long tests, by the single file, too.
    for (let round = 0; round < 50; round++) {
      const bytes = Buffer.from(sound)
      const bit = random(bytes.length * 8)
      bytes[bit >> 3] = (bytes[bit >> 3] as number) ^ (1 << (bit & 7))
      writeFileSync(path, bytes)
      const { ok } = await verifyFolder(folderOf(folder))
      assert.equal(ok, false, `${path} bit ${bit}`)
    }
    writeFileSync(path, sound)
  }
  assert.equal((await verifyFolder(folderOf(folder))).ok, true)
})

test('an entry changed, dropped, added or moved with everything else made to fit is noticed', async (context) => {
  const folder = await closedLog(context)
  const changes: Readonly<Record<string, (headers: string[]) => string[]>> = {
    changed: (headers) => headers.map((header) => header.replace('"decision":"allow"', '"decision":"block"')),
    dropped: (headers) => headers.slice(0, -1),
    'dropped from the middle': (headers) => headers.filter((_, at) => at !== 4),
    doubled: (headers) => [...headers, headers.at(-1) as string],
    swapped: (headers) => [
      ...headers.slice(0, 3),
      headers[4] as string,
      headers[3] as string,
      ...headers.slice(5),
    ],
    emptied: () => [],
  }
  const sound = readFileSync(firstSegment(folder))
  for (const [what, change] of Object.entries(changes)) {
    rewrite(folder, change)
    const { ok } = await verifyFolder(folderOf(folder))
    assert.equal(ok, false, what)
    writeFileSync(firstSegment(folder), sound)
  }
})

test('pairs and time are checked, and each problem is named', async (context) => {
  const folder = await closedLog(context)
  const problemsAfter = async (change: (headers: string[]) => string[]): Promise<string> => {
    const image = await copyAsCrashed(folder, context)
    rewrite(image, change)
    // What is said of the pairs must not hang on the checkpoint, which no longer fits.
    await rm(join(folderOf(image), 'checkpoint'))
    return (await verifyFolder(folderOf(image))).problems.join('\n')
  }
  const replaced = (at: number, from: string | RegExp, to: string) => (headers: string[]) =>
    headers.map((header, index) => (index === at ? header.replace(from, to) : header))
  assert.match(await problemsAfter(replaced(4, '"intent":3', '"intent":1')), /entry 4: an outcome of 1/)
  assert.match(
    await problemsAfter(replaced(4, 'req_1', 'req_x')),
    /entry 4: the outcome names another request/,
  )
  assert.match(
    await problemsAfter(replaced(5, /"boot":"[^"]*"/, '"boot":"other"')),
    /entry 5: a run begins without/,
  )
  assert.match(
    await problemsAfter(replaced(1, /"monoMs":\d+/, '"monoMs":99999999999')),
    /entry 2: steady time/,
  )
  assert.equal(await problemsAfter((headers) => headers), '')
})

test('a clock set back is noted and is no problem', async (context) => {
  const folder = await newFolder(context)
  let now = 1_795_000_000_000
  const { log, close } = await openIn(folder, { clock: { now: () => now, monotonic: () => 1 } })
  now -= 5_000
  await log.append({ kind: 'sign-in', facts: {} })
  await close()
  const verified = await verifyFolder(folderOf(folder))
  assert.deepEqual(verified.notes, ['entry 1: the clock was set back by 5000 ms'])
  assert.equal(verified.ok, true)
})

test('a log that was not closed is sound: what is not signed yet and what is open is said', async (context) => {
  const folder = await newFolder(context)
  const { log } = await openIn(folder)
  await appendExchange(log, 'person-1', 'ended')
  await log.append(intentOf('person-1', 'open'))
  const verified = await verifyFolder(folderOf(await copyAsCrashed(folder, context)))
  assert.deepEqual(verified.problems, [])
  assert.equal(verified.notYetSigned, 4)
  assert.deepEqual(verified.openIntents, [3])
  assert.match(verified.notes.join(), /no checkpoint yet/)
  assert.equal(verified.origin, origin)
})

test('a payload file that is gone, a changed key file and an expected key that differs are named', async (context) => {
  const folder = await closedLog(context)
  const { log, keys, close } = await openIn(folder)
  const { verifierKey } = keys
  await log.append({ kind: 'sign-in', facts: {} })
  await close()
  assert.equal((await verifyFolder(folderOf(folder), { verifierKey })).ok, true)
  const other = verifierKey.replace('log.example.com', 'lag.example.com')
  assert.match(
    (await verifyFolder(folderOf(folder), { verifierKey: other })).problems.join(),
    /not the key that was/,
  )
  await rm(join(folderOf(folder), 'pay'), { recursive: true })
  const gone = await verifyFolder(folderOf(folder))
  assert.equal(gone.problemCount, 10)
  assert.match(gone.problems.join(), /the file .* of its payload is gone/)
  await writeFile(join(folderOf(folder), 'log.vkey'), 'nonsense')
  assert.match((await verifyFolder(folderOf(folder))).problems.join(), /not a verifier key/)
  await rm(join(folderOf(folder), 'log.vkey'))
  assert.match(
    (await verifyFolder(folderOf(folder))).problems.join(),
    /log\.vkey with the public key is missing/,
  )
})

test('with the keys every payload is opened', async (context) => {
  const folder = await closedLog(context)
  const { keys, close } = await openIn(folder)
  const opened = await verifyFolder(folderOf(folder), { keys })
  assert.equal(opened.payloadsOpened, 10)
  const wrong = await verifyFolder(folderOf(folder), { keys: { ...keys, origin: 'another' } })
  assert.equal(wrong.problemCount, 10)
  await close()
})

test('at most 100 problems are listed and all are counted', async (context) => {
  const folder = await closedLog(context, 80)
  await rm(join(folderOf(folder), 'pay'), { recursive: true })
  const verified = await verifyFolder(folderOf(folder))
  assert.equal(verified.problemCount, 160)
  assert.equal(verified.problems.length, 100)
})

test('an empty folder is no sound log', async (context) => {
  assert.equal((await verifyFolder(await newFolder(context))).ok, false)
})
