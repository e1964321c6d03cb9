import assert from 'node:assert/strict'
import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import type { AuditLog } from '#/audit/api.ts'
import { endedBefore, readEnded, writeEnded } from '#/audit/ended.ts'
import { makeBundle } from '#/audit/evidence/bundle.ts'
import { openEvidence } from '#/audit/evidence/evidence-log.ts'
import { listSegments, segmentPath } from '#/audit/layout.ts'
import { appendExchange, folderOf, intentOf, newFolder, outcomeOf } from '#/audit/log-for-tests.ts'
import { readContent } from '#/audit/reading/content.ts'
import { readOwn } from '#/audit/reading/own.ts'
import { erasure, type Kept, type KeptOptions, openKept } from '#/audit/retention/retention-for-tests.ts'
import { withSealedFacts } from '#/audit/sealed-facts.ts'
import { proveReceipt } from '#/audit/tiles/prove-receipt.ts'
import { verifyFolder } from '#/audit/verify.ts'
import { walkEntries } from '#/audit/walk.ts'
import type { Refusal } from '#/core/refusal.ts'
import { verifyBundle } from '../support/standalone-verifier.ts'

interface Standalone {
  readonly verifyLog: (dir: string) => { problems: string[]; notes: string[]; ended: number }
  readonly verifyProof: (text: string, key: string) => { receipt: string }
}
const file = join(import.meta.dirname, '..', '..', 'bin', 'sallyport-verify.mjs')
const standalone = (await import(pathToFileURL(file).href)) as Standalone

const run = (kept: Kept) => kept.retention.run({ isDryRun: false })
const longAfter = Date.UTC(2027, 3, 15)

/** Entries of three months of 2026, each in a segment of its own, more than a bundle of tiles in the first. */
async function fill(log: AuditLog, clock: { now: number }): Promise<void> {
  for (let month = 0; month < 3; month++) {
    clock.now = Date.UTC(2026, month, 15)
    await appendExchange(log, 'person-ada', `ada in month ${month}`, `req_ada_${month}`)
    await log.append({
      kind: 'decision',
      facts: { about: 'vendor/acme', version: String(month), digest: 'aa' },
    })
    const more = Array.from({ length: month === 0 ? 300 : 5 }, (_, at) =>
      log.append({ kind: 'sign-in', facts: { requestId: `req_${month}_${at}` }, subject: 'person-bob' }),
    )
    await Promise.all(more)
  }
}

/** Opened so long before that nothing waits any more for the leap of the clock (`retention/leap.ts`). */
async function openAtLast(
  context: TestContext,
  dataFolder: string,
  options: KeptOptions = {},
): Promise<Kept> {
  const kept = await openKept(context, { dataFolder, nowMs: longAfter - 7 * 86_400_000, ...options })
  kept.clock.now = longAfter
  return kept
}

/** A log of three months that was closed, so that a checkpoint covers it, and opened again much later. */
async function openLater(context: TestContext, options: KeptOptions = {}): Promise<Kept & { older: string }> {
  const first = await openKept(context)
  await fill(first.log, first.clock)
  await first.close()
  const older = first.log.checkpoint() ?? assert.fail('no checkpoint')
  return { ...(await openAtLast(context, first.dataFolder, options)), older }
}

async function assertSound(folder: string, older: string, ended: number): Promise<string> {
  const verified = await verifyFolder(folder, { since: [{ name: 'older', text: older }] })
  assert.deepEqual(verified.problems, [])
  assert.equal(verified.ended, ended)
  const alone = standalone.verifyLog(folder)
  assert.deepEqual(alone.problems, [])
  assert.equal(alone.ended, ended)
  const said = /the headers of entries 0 to \d+ ended by retention: entry \d+/
  assert.match(alone.notes.join(), said)
  return said.exec(verified.notes.join())?.[0] ?? assert.fail(verified.notes.join())
}

/** Whether any file below the folder holds these bytes. */
async function holds(folder: string, text: string): Promise<boolean> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = names.filter((each) => each.isFile()).map((each) => join(each.parentPath, each.name))
  return (await Promise.all(files.map((path) => readFile(path, 'latin1')))).some((each) =>
    each.includes(text),
  )
}

test('headers end with their segments once they are old enough; everything left is proved and verified as before', async (context) => {
  const kept = await openLater(context)
  const { log, keys, dataFolder, older } = kept
  const folder = folderOf(dataFolder)
  assert.ok(await holds(folder, 'req_0_7'))
  const retained = await run(kept)
  const first = log.first()
  // January and February of 2026 are over in April of 2027, March is not.
  assert.equal(first, 304 + 8)
  assert.equal(retained.headers, first)
  assert.deepEqual(await listSegments(folder), [3, 4])
  assert.equal(await log.open(0), undefined)
  // Whoever counts over a time is told from when on there is anything.
  const asked = { kinds: ['sign-in'] as const, untilMs: longAfter, below: log.size(), most: 100 }
  const page = await log.newestHeads({ ...asked, sinceMs: 0 })
  assert.deepEqual([page.heads.length, page.below, page.goneBeforeMs], [5, 0, Date.UTC(2026, 2, 15)])
  const whole = await log.newestHeads({ ...asked, sinceMs: Date.UTC(2026, 2, 15) })
  assert.equal(whole.goneBeforeMs, undefined)
  assert.deepEqual(await log.readHeads(0, 1).then((heads) => heads.map(({ index }) => index)), [first])
  for (const gone of ['req_0_7', 'req_1_2', 'req_ada_1']) assert.ok(!(await holds(folder, gone)), gone)
  assert.ok(await holds(folder, 'req_2_1'))

  const told = await log.search({ kinds: ['retention'], limit: 5 })
  assert.deepEqual(
    told.map(({ facts }) => [facts.decision, facts.ended?.below]),
    [
      ['done', first],
      ['begun', first],
    ],
  )
  assert.equal(told[0]?.facts.ended?.root, told[1]?.facts.ended?.root)
  const proof = await log.tree.prove(first + 2)
  assert.equal(standalone.verifyProof(proof, keys.verifierKey).receipt, `${log.origin}#${first + 2}`)
  assert.equal(await log.tree.tile('tile/entries/000'), undefined)
  assert.equal(await log.tree.tile('tile/entries/001.p/60'), undefined)
  assert.equal((await log.tree.tile('tile/0/000'))?.length, 8_192)
  await kept.close()
  await assertSound(folder, older, first)

  // A decision is what others rest on: its header stays, and is proved.
  const again = await openKept(context, { dataFolder, nowMs: longAfter + 86_400_000 })
  assert.equal(again.log.first(), first)
  assert.deepEqual(
    (await again.log.search({ kinds: ['decision'], limit: 10 })).map(({ facts }) => facts.version),
    ['2', '1', '0'],
  )
  const decision = await again.log.tree.prove(3)
  assert.equal(standalone.verifyProof(decision, keys.verifierKey).receipt, `${log.origin}#3`)
  assert.equal(await again.log.tree.headOf(4), undefined)
  const size = again.log.size()
  await run(again)
  assert.equal(again.log.size(), size, 'nothing more ends, so nothing is written')

  // The next month ends on top of what has ended, and tiles are made anew out of what is left of all of them.
  again.clock.now = Date.UTC(2027, 4, 15)
  await run(again)
  const second = again.log.first()
  assert.ok(second > first)
  const tile = await again.log.tree.tile('tile/0/000')
  assert.ok((await again.log.tree.rebuildTiles()) > second)
  assert.deepEqual(await again.log.tree.tile('tile/0/000'), tile)
  await again.close()
  await assertSound(folder, older, second)
})

test('a segment that is taken away without an entry stops the start, and both verifiers say so', async (context) => {
  const kept = await openLater(context)
  const folder = folderOf(kept.dataFolder)
  await kept.close()
  const leaves = [...walkEntries(folder, [1])].map(({ leaf }) => leaf)
  await writeEnded(folder, 1, { leaves: Buffer.concat(leaves), kept: Buffer.alloc(0) })
  await rm(segmentPath(folder, 1))
  await assert.rejects(
    openKept(context, { dataFolder: kept.dataFolder, nowMs: longAfter }),
    /no entry says that retention ended those before it/,
  )
  const gone = /the headers of entries 0 to 303 are gone, and no entry says that retention ended them/
  assert.match((await verifyFolder(folder)).problems.join(), gone)
  assert.match(standalone.verifyLog(folder).problems.join(), gone)
  // Without the hashes nothing leads to the checkpoint at all.
  await rm(join(folder, 'ended'), { recursive: true })
  assert.match((await verifyFolder(folder)).problems.join(), /segment 1 is missing/)
  assert.match(standalone.verifyLog(folder).problems.join(), /segment 1 is missing/)
})

test('a hash or a header that stays cannot be changed, nor may more be taken than the entry names', async (context) => {
  const kept = await openLater(context)
  const folder = folderOf(kept.dataFolder)
  await run(kept)
  await kept.close()
  const damages: readonly [string, (copy: string) => Promise<void>, RegExp][] = [
    [
      'a hash',
      async (copy) => {
        const leaves = Buffer.concat([...readEnded(copy, 2)])
        leaves[100] = (leaves[100] as number) ^ 1
        await writeEnded(copy, 1, { leaves, kept: Buffer.alloc(0) })
      },
      /are not those the signed checkpoint covers/,
    ],
    [
      'a header',
      async (copy) => {
        const path = join(copy, 'ended', '0000000001.kept')
        const text = await readFile(path, 'latin1')
        await writeFile(path, Buffer.from(text.replace('vendor/acme', 'vendor/evil'), 'latin1'))
      },
      /headers? kept of (an|the) ended segment( 1)? (was changed|cannot be read)/,
    ],
    [
      'one more segment',
      async (copy) => {
        const entries = [...walkEntries(copy, [3], endedBefore(copy, 3) ?? 0)]
        await writeEnded(copy, 3, {
          leaves: Buffer.concat(entries.map(({ leaf }) => leaf)),
          kept: Buffer.alloc(0),
        })
        await rm(segmentPath(copy, 3))
      },
      /are gone, and no entry says that retention ended them/,
    ],
  ]
  for (const [what, damage, said] of damages) {
    const copy = await newFolder(context)
    await cp(folder, copy, { recursive: true })
    await damage(copy)
    assert.match((await verifyFolder(copy)).problems.join(), said, what)
    assert.match(standalone.verifyLog(copy).problems.join(), said, what)
  }
})

test('a header that was to stay cannot be taken away: the entry says how many there are', async (context) => {
  const kept = await openLater(context)
  const folder = folderOf(kept.dataFolder)
  await run(kept)
  await kept.close()
  const damages: readonly ((path: string) => Promise<void>)[] = [
    (path) => rm(path),
    async (path) => writeFile(path, ''),
    // The one of the first segment is put into the place of the one of the second.
    async (path) => cp(path, path.replace('1.kept', '2.kept')),
  ]
  for (const [at, damage] of damages.entries()) {
    const dataFolder = await newFolder(context)
    await cp(kept.dataFolder, dataFolder, { recursive: true })
    await damage(join(folderOf(dataFolder), 'ended', '0000000001.kept'))
    const said =
      at === 2
        ? /header kept of (an|the) ended segment/
        : /ended but for 2, as entry \d+ says, and 1 are there/
    assert.match((await verifyFolder(folderOf(dataFolder))).problems.join(), said)
    assert.match(standalone.verifyLog(folderOf(dataFolder)).problems.join(), said)
    const start = openKept(context, { dataFolder, nowMs: longAfter })
    await assert.rejects(start, at === 2 ? said : /2 were to stay when the others ended, and 1 are there/)
  }
  assert.deepEqual((await verifyFolder(folder)).problems, [])
})

test('an entry behind the checkpoint explains nothing that is gone: anybody who can write could have added it', async (context) => {
  const kept = await openLater(context)
  const folder = folderOf(kept.dataFolder)
  const aside = await newFolder(context)
  await cp(folder, aside, { recursive: true })
  const away = kept.keys.checkpointPath
  const signed = await readFile(away)
  const root = (await kept.log.tree.rootOf(304)).toString('hex')
  await kept.log.append({ kind: 'retention', facts: { decision: 'begun', ended: { below: 304, root } } })
  await kept.close()
  // As if the last entries had been written by somebody without the key.
  await cp(join(aside, 'checkpoint'), join(folder, 'checkpoint'))
  await writeFile(away, signed)
  await rm(join(folder, 'tile'), { recursive: true })
  const copy = await newFolder(context)
  await cp(kept.dataFolder, copy, { recursive: true })
  // A start neither goes on with it nor signs it.
  const start = openKept(context, { dataFolder: copy, nowMs: longAfter })
  await assert.rejects(start, /says that something ended, and no run of retention wrote it/)
  const leaves = [...walkEntries(folder, [1])].map(({ leaf }) => leaf)
  await writeEnded(folder, 1, { leaves: Buffer.concat(leaves), kept: Buffer.alloc(0) })
  await rm(segmentPath(folder, 1))
  const gone = /the headers of entries 0 to 303 are gone, and no entry says that retention ended them/
  assert.match((await verifyFolder(folder)).problems.join(), gone)
  assert.match(standalone.verifyLog(folder).problems.join(), gone)
  await assert.rejects(
    openKept(context, { dataFolder: kept.dataFolder, nowMs: longAfter }),
    /no entry says that retention ended those before it/,
  )
})

test('a run that a crash cut off before its checkpoint is gone on with by the next run', async (context) => {
  const kept = await openLater(context)
  const [folder, away] = [folderOf(kept.dataFolder), kept.keys.checkpointPath]
  const [beside, signed] = await Promise.all([readFile(join(folder, 'checkpoint')), readFile(away)])
  const ended = { below: 304, root: (await kept.log.tree.rootOf(304)).toString('hex') }
  await kept.log.append(withSealedFacts('retention', { decision: 'begun', ended }, {}))
  await kept.close()
  await writeFile(join(folder, 'checkpoint'), beside)
  await writeFile(away, signed)
  await rm(join(folder, 'tile'), { recursive: true })
  const again = await openKept(context, { dataFolder: kept.dataFolder, nowMs: longAfter })
  assert.equal(again.log.first(), 0)
  await again.log.tree.rebuildTiles()
  await run(again)
  assert.equal(again.log.first(), 312)
  await again.close()
  await assertSound(folder, kept.older, 312)
})

test('what a crash cuts off is ended by the next start, wherever it was cut', async (context) => {
  const origin = await openLater(context)
  const folder = folderOf(origin.dataFolder)
  const below = 312
  const root = (await origin.log.tree.rootOf(below)).toString('hex')
  await origin.log.append({ kind: 'retention', facts: { decision: 'begun', ended: { below, root } } })
  await origin.close()
  const leavesOf = async (copy: string, segment: number): Promise<void> => {
    const first = segment === 1 ? 0 : (endedBefore(copy, segment) ?? 0)
    const leaves = [...walkEntries(copy, [segment], first)].map(({ leaf }) => leaf)
    await writeEnded(copy, segment, { leaves: Buffer.concat(leaves), kept: Buffer.alloc(0) })
  }
  const cuts: readonly ((copy: string) => Promise<void>)[] = [
    async () => undefined,
    (copy) => leavesOf(copy, 1),
    async (copy) => {
      await leavesOf(copy, 1)
      await leavesOf(copy, 2)
      await rm(join(copy, 'tile', 'entries'), { recursive: true })
      await rm(segmentPath(copy, 1))
    },
    async (copy) => {
      await leavesOf(copy, 1)
      await leavesOf(copy, 2)
      await rm(join(copy, 'tile', 'entries'), { recursive: true })
      await rm(segmentPath(copy, 1))
      await rm(segmentPath(copy, 2))
    },
  ]
  for (const [at, cut] of cuts.entries()) {
    const dataFolder = await newFolder(context)
    await cp(origin.dataFolder, dataFolder, { recursive: true })
    await cut(folderOf(dataFolder))
    const kept = await openKept(context, { dataFolder, nowMs: longAfter })
    assert.equal(kept.log.first(), below, `cut ${at}`)
    const [last] = await kept.log.search({ kinds: ['retention'], limit: 1 })
    assert.deepEqual([last?.facts.decision, last?.facts.ended?.below], ['done', below])
    assert.ok(!(await holds(folderOf(dataFolder), 'req_0_7')), `cut ${at}`)
    await kept.close()
    await assertSound(folderOf(dataFolder), origin.older, below)
  }
  assert.ok((await listSegments(folder)).length > 3)
})

test('a legal hold and the setting keep headers; an outcome may stand behind the end of its intent', async (context) => {
  const held = await openLater(context)
  const [hold] = await held.retention.addHolds({ email: 'ada@example.com', reason: 'case 12', by: 'test' })
  const all = await held.retention.addHolds({ reason: 'inquiry', by: 'test' })
  await run(held)
  assert.equal(held.log.first(), 0, 'everybody is held')
  await held.retention.endHold({ id: all[0]?.id, reason: 'settled', by: 'test' })
  await run(held)
  assert.equal(held.log.first(), 0, 'somebody whose headers lie in the first segment is held')
  await held.retention.endHold({ id: hold?.id, reason: 'settled', by: 'test' })
  await run(held)
  assert.equal(held.log.first(), 312)

  const keeping = await openLater(context, { settings: { headers: 'keep' } })
  await run(keeping)
  assert.equal(keeping.log.first(), 0)

  const open = await openKept(context)
  const { index } = await open.log.append(intentOf('person-ada', 'a question that is answered in March'))
  await fill(open.log, open.clock)
  await open.log.append(outcomeOf(index, 'person-ada'))
  await open.close()
  const later = await openAtLast(context, open.dataFolder)
  await run(later)
  assert.equal(later.log.first(), 313)
  await later.close()
  // Its outcome stands behind what has ended.
  assert.deepEqual((await verifyFolder(folderOf(open.dataFolder))).problems, [])
  assert.deepEqual(standalone.verifyLog(folderOf(open.dataFolder)).problems, [])
})

test('whoever asks for what ended is told so; the evidence of an exchange of today still shows its old decision', async (context) => {
  const kept = await openLater(context)
  const { log, keys, dataFolder } = kept
  await run(kept)
  const receipt = `${log.origin}#1`
  const erasing = kept.retention.erase({ ...erasure, receipt })
  await assert.rejects(erasing, /the log has no such entry/)
  assert.equal(await readContent(log, 1), undefined)
  await assert.rejects(readOwn(log, 1, 'person-ada'), { code: 'not-found' })
  await assert.rejects(proveReceipt({ receipt, by: 'test' }, log), (error: Refusal) => {
    assert.equal(error.code, 'receipt-ended')
    assert.match(error.message, /keeps entries from 312 on/)
    return true
  })
  await assert.rejects(proveReceipt({ receipt: `${log.origin}#9999`, by: 'test' }, log), {
    code: 'receipt-unknown',
  })

  const { index } = await log.append({ kind: 'intent', facts: { snapshot: 'abc', decision: 'allow' } })
  await log.append({ kind: 'outcome', facts: { intent: index, decision: 'answered' } })
  const decided = { kind: 'vendor', id: 'acme', version: 0, hash: 'aa', receipt: `${log.origin}#3` }
  const told = {
    verdict: 'approve',
    reason: '',
    by: 'sam',
    role: 'security',
    isBootstrap: false,
    at: '',
    until: null,
  }
  const grounds = { records: [], decisions: [{ ...decided, ...told }] }
  const services = {
    evidence: openEvidence(join(dataFolder, 'audit'), log, keys),
    audit: log,
    groundsOf: () => grounds,
    now: () => kept.clock.now,
  }
  const out = join(dataFolder, 'bundle.tar')
  const asked = { asked: `${index}`, reason: 'an audit', by: { name: 'test' }, out }
  await makeBundle({ ...asked, indexes: [index] }, services)
  const { problems } = verifyBundle(await readFile(out), keys.verifierKey)
  assert.deepEqual(problems, [])
  await assert.rejects(makeBundle({ ...asked, indexes: [1] }, services), /or retention ended its header/)
})
