import assert from 'node:assert/strict'
import { test } from 'node:test'
import { leafHashOf } from './export/events.ts'
import { listSegments } from './layout.ts'
import { appendExchange, folderOf, newFolder, openIn } from './log-for-tests.ts'
import { walkEntries } from './walk.ts'

test('heads come in order over the ends of segments, with alias and the stored header', async (context) => {
  const folder = await newFolder(context)
  // Segments of a few entries each, so that a run of heads crosses them.
  const { log } = await openIn(folder, { segmentBytes: 4_096 })
  for (let at = 0; at < 60; at++) await appendExchange(log, 'person-ada', `text ${at}`, `req_${at}`)
  assert.ok((await listSegments(folderOf(folder))).length > 3)
  const heads = [...(await log.readHeads(0, 50)), ...(await log.readHeads(50, 1_000))]
  assert.deepEqual(
    heads.map(({ index }) => index),
    Array.from({ length: log.size() }, (_, index) => index),
  )
  const stored = [...walkEntries(folderOf(folder), await listSegments(folderOf(folder)))]
  for (const [at, { header, alias, subject, kind }] of heads.entries()) {
    assert.equal(leafHashOf(header), stored[at]?.leaf.toString('base64'))
    assert.equal(alias, stored[at]?.header.subject)
    if (kind !== 'start') assert.equal(subject, 'person-ada')
  }
})

test('long headers are read whole, and beyond the end there is nothing', async (context) => {
  const { log } = await openIn(await newFolder(context))
  const reason = 'x'.repeat(60_000)
  for (let at = 0; at < 12; at++) await log.append({ kind: 'record', facts: { reason } })
  const heads = await log.readHeads(1, 100)
  assert.equal(heads.length, 12)
  assert.ok(heads.every(({ facts }) => facts.reason === reason))
  assert.deepEqual(await log.readHeads(13, 100), [])
  assert.deepEqual(await log.readHeads(5, 0), [])
})

test('a search goes on below the last index it gave, with nothing missing and nothing twice', async (context) => {
  const { log } = await openIn(await newFolder(context))
  for (let at = 0; at < 25; at++) await log.append({ kind: 'record', facts: { about: `${at}` } })
  const given: number[] = []
  for (let below = Number.POSITIVE_INFINITY; ; below = given.at(-1) ?? 0) {
    const page = await log.search({ kinds: ['record'], below, limit: 10 })
    given.push(...page.map(({ index }) => index))
    if (page.length < 10) break
  }
  assert.deepEqual(
    given,
    Array.from({ length: 25 }, (_, at) => 25 - at),
  )
})

test('the newest heads of some kinds come a page at a time, and each once', async (context) => {
  let atMs = 1_000
  const clock = { now: () => atMs, monotonic: () => 0 }
  const { log } = await openIn(await newFolder(context), { segmentBytes: 4_096, clock })
  for (let at = 0; at < 20; at++) {
    atMs = 1_000 + at
    await appendExchange(log, 'person-ada', `text ${at}`, `req_${at}`)
  }
  const read = async (sinceMs: number, untilMs: number): Promise<readonly (string | undefined)[]> => {
    const found: (string | undefined)[] = []
    for (let below = Number.POSITIVE_INFINITY, pages = 0; below > 0; pages++) {
      assert.ok(pages < 20, 'it ends')
      const page = await log.newestHeads({ kinds: ['intent'], sinceMs, untilMs, below, most: 7 })
      assert.ok(page.heads.length <= 7)
      found.unshift(...page.heads.map(({ facts }) => facts.requestId))
      below = page.below
    }
    return found
  }
  const named = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => `req_${from + at}`)
  assert.deepEqual(await read(0, 2_000), named(0, 20))
  assert.deepEqual(await read(1_003, 1_015), named(3, 15))
  assert.deepEqual(await read(5_000, 6_000), [])
})
