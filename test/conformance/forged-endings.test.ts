/** What somebody who can write into the folder, and has no keys, adds behind the last checkpoint. */
import assert from 'node:assert/strict'
import { appendFile, cp, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { pathToFileURL } from 'node:url'
import type { EntryFacts, EntryKind } from '#/audit/api.ts'
import { frameBytes, sealFrame } from '#/audit/frame.ts'
import { formatHeader, type Header } from '#/audit/header.ts'
import { payloadPath } from '#/audit/layout.ts'
import { appendExchange, firstSegment, folderOf, newFolder } from '#/audit/log-for-tests.ts'
import { erasePayload } from '#/audit/payload-files.ts'
import { erasure, openKept } from '#/audit/retention/retention-for-tests.ts'
import { verifyFolder } from '#/audit/verify.ts'
import { walkEntries } from '#/audit/walk.ts'

const verifier = join(import.meta.dirname, '..', '..', 'bin', 'sallyport-verify.mjs')
const standalone = (await import(pathToFileURL(verifier).href)) as {
  readonly verifyLog: (folder: string) => { readonly problems: readonly string[] }
}

const headersOf = (dataFolder: string): readonly Header[] =>
  [...walkEntries(folderOf(dataFolder), [1])].map(({ header }) => header)

/** A whole commit behind everything; `payload` is that of an entry that is there. */
async function forge(
  dataFolder: string,
  kind: EntryKind,
  facts: EntryFacts,
  like?: Pick<Header, 'payload' | 'subject'>,
): Promise<void> {
  const last = headersOf(dataFolder).at(-1) ?? assert.fail('an empty log')
  const subject = like?.subject
  const header = formatHeader({
    ...last,
    index: last.index + 1,
    kind,
    facts,
    subject,
    payload: like?.payload,
  })
  const frame = Buffer.alloc(frameBytes + Buffer.byteLength(header))
  frame.write(header, frameBytes)
  const path = firstSegment(dataFolder)
  const commitStart = (await stat(path)).size
  sealFrame(frame, 0, { headerLength: frame.length - frameBytes, commitStart, kind })
  await appendFile(path, frame)
}

/** A closed log in which an exchange and then a person was erased, who entered something new. */
async function erasedBefore(context: Parameters<typeof openKept>[0]) {
  const kept = await openKept(context)
  const { log, dataFolder } = kept
  const first = await appendExchange(log, 'person-bob', 'the bittern')
  await kept.retention.erase({ receipt: `${log.origin}#${first}`, ...erasure })
  await kept.retention.erase({ email: 'ada@example.com', ...erasure })
  const index = await appendExchange(log, 'person-ada', 'the heron')
  await kept.close()
  const erased = headersOf(dataFolder).filter(({ kind }) => kind === 'erase')
  const copy = async (): Promise<string> => {
    const folder = await newFolder(context)
    await cp(dataFolder, folder, { recursive: true })
    return folder
  }
  return { index, erased, copy }
}

test('an erasure nobody with the keys wrote stops the start, and explains nothing to a verifier', async (context) => {
  const { index, erased, copy } = await erasedBefore(context)
  const [ofExchange, , ofAda, doneAda] = erased as [Header, Header, Header, Header]
  const facts = { about: 'erasure_new', decision: 'begun', reason: 'other', erased: [index] }
  const forgeries: readonly (readonly [EntryFacts, Header | undefined, RegExp])[] = [
    [facts, undefined, /no run of erase wrote it/],
    [facts, ofExchange, /no run of erase wrote it/],
    [facts, doneAda, /no run of erase wrote it/],
    [{ ...ofAda.facts, about: 'erasure_new' }, ofAda, /no run of erase wrote it/],
    [{ ...doneAda.facts, about: 'erasure_new' }, doneAda, /no run of erase wrote it/],
    // Whole copies of what the log holds: the person would be erased once more.
    [ofAda.facts, ofAda, new RegExp(`begins the erasure of entry ${ofAda.index} again`)],
  ]
  for (const [said, like, why] of forgeries) {
    const dataFolder = await copy()
    await forge(dataFolder, 'erase', said, like)
    const { payload } = headersOf(dataFolder)[index] ?? {}
    await erasePayload(folderOf(dataFolder), payload ?? assert.fail('no text'))
    const problem = new RegExp(`entry ${index}: its (payload|text) was overwritten, and no entry says why`)
    assert.match((await verifyFolder(folderOf(dataFolder))).problems.join(), problem)
    assert.match(standalone.verifyLog(folderOf(dataFolder)).problems.join(), problem)
    await assert.rejects(openKept(context, { dataFolder }), why)
  }
})

test('a file of texts that is taken away needs a signed entry that says so', async (context) => {
  const { copy, erased } = await erasedBefore(context)
  const dataFolder = await copy()
  await forge(dataFolder, 'retention', { decision: 'begun', goneFiles: ['2026-01/0000000001'] })
  await rm(payloadPath(folderOf(dataFolder), '2026-01/0000000001'))
  const problem = /the file 2026-01\/0000000001 of its (payload|text) is gone/
  assert.match((await verifyFolder(folderOf(dataFolder))).problems.join(), problem)
  assert.match(standalone.verifyLog(folderOf(dataFolder)).problems.join(), problem)
  // A run that says it left what is due would keep the next one from ending it.
  const other = await copy()
  await forge(other, 'retention', { decision: 'done', digest: 'aa' }, erased[0])
  await assert.rejects(openKept(context, { dataFolder: other }), /sealed for another entry/)
})

test('an erasure that was begun, and not signed before the crash, is carried out by the next start', async (context) => {
  const kept = await openKept(context)
  const index = await appendExchange(kept.log, 'person-ada', 'the heron')
  assert.equal(await kept.log.signNow(), true)
  const { checkpointPath } = kept.keys
  const note = kept.log.checkpoint() ?? assert.fail('not signed')
  const log = kept.log as { signNow: typeof kept.log.signNow }
  log.signNow = async () => false
  const [late] = await kept.retention.erase({ receipt: `${kept.log.origin}#${index}`, ...erasure })
  assert.equal(late?.isComplete, false)
  assert.deepEqual(late?.overwritten, [], 'nothing goes before the entry that says why is signed')
  assert.match(JSON.stringify(late?.stores), /the checkpoint is late/)
  assert.notEqual((await kept.log.open(index))?.payload, undefined)
  await kept.close()
  await writeFile(join(folderOf(kept.dataFolder), 'checkpoint'), note)
  await writeFile(checkpointPath, note)
  await rm(join(folderOf(kept.dataFolder), 'tile'), { recursive: true })
  const again = await openKept(context, { dataFolder: kept.dataFolder })
  assert.equal((await again.log.open(index))?.payload, undefined)
  const [done] = await again.log.search({ kinds: ['erase'], limit: 1 })
  assert.equal(done?.facts.decision, 'done')
  await again.close()
  assert.deepEqual((await verifyFolder(folderOf(kept.dataFolder))).problems, [])
})
