import assert from 'node:assert/strict'
import { statSync } from 'node:fs'
import { chmod, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { type KnownCheckpoint, readCheckpointFile } from '../checkpoint-file.ts'
import type { LogKeys } from '../keys.ts'
import { listSegments, segmentPath } from '../layout.ts'
import type { AuditLogOptions } from '../log.ts'
import {
  appendExchange,
  appendLongExchange,
  firstSegment,
  folderOf,
  newFolder,
  openIn,
  origin,
} from '../log-for-tests.ts'
import { recover } from '../recover.ts'
import { SummaryKeeper } from './keeper.ts'
import { summarise } from './summarise.ts'
import { bodyOf, readSummary, signSummary, stampOf, summaryPath } from './summary.ts'

/** A closed log of some segments with an exchange that was cut off, and a summary of each segment that is finished. */
async function summarised(context: TestContext): Promise<{ dataFolder: string; keys: LogKeys }> {
  const dataFolder = await newFolder(context)
  const { log, keys, close } = await openIn(dataFolder, { segmentBytes: 4_096 })
  for (let at = 0; at < 12; at++) await appendExchange(log, `person-${at % 3}`, `text ${at}`)
  await appendLongExchange(log, 'person-1', { isOpen: true })
  for (let at = 0; at < 24; at++) await appendExchange(log, `person-${at % 3}`, `text ${at}`)
  await close()
  await writeSummaries(dataFolder, keys)
  return { dataFolder, keys }
}

async function writeSummaries(dataFolder: string, keys: LogKeys): Promise<void> {
  const folder = folderOf(dataFolder)
  await mkdir(join(folder, 'summary'), { recursive: true })
  const [first = 1, ...more] = await listSegments(folder)
  for (const { segment, body } of summarise(folder, first, first + more.length - 1, undefined))
    await writeFile(summaryPath(folder, segment), signSummary(origin, Buffer.from(body), keys.signingKey))
}

async function knownOf(dataFolder: string, { verifierKey }: LogKeys): Promise<KnownCheckpoint> {
  const known = await readCheckpointFile(join(folderOf(dataFolder), 'checkpoint'), verifierKey)
  return known ?? assert.fail('no checkpoint')
}

/** All a start knows of a log. */
async function recovered(dataFolder: string, known: readonly KnownCheckpoint[], verifierKey?: string) {
  const found = await recover(folderOf(dataFolder), known, verifierKey)
  const { index, tree, use, summarised: last, ...told } = found
  const everything = { aliases: undefined, kinds: undefined, sinceMs: 0, untilMs: Number.MAX_SAFE_INTEGER }
  const entries = Array.from({ length: index.size }, (_, at) => [
    index.place(at),
    index.kindOf(at),
    index.outcomeOf(at),
  ])
  const rest = {
    use: use.entries(told.lastAtMs ?? 0),
    root: tree.root(),
    newest: [...index.candidates(everything)],
  }
  return { last, told: { ...told, ...rest, entries } }
}

test('a start that takes over summaries knows all that one that reads every header does', async (context) => {
  const { dataFolder, keys } = await summarised(context)
  const known = [await knownOf(dataFolder, keys)]
  const quick = await recovered(dataFolder, known, keys.verifierKey)
  const whole = await recovered(dataFolder, known)
  assert.equal(whole.last, undefined)
  assert.equal(quick.last, (await listSegments(folderOf(dataFolder))).length - 1)
  assert.deepEqual(quick.told, whole.told)
  const [open] = quick.told.openIntents
  assert.equal(open?.requestId, 'req_one')
  assert.equal(open?.progress?.answerBytes, 10)
})

test('a segment that was touched, and a summary that was changed, lost, or signed by another, are not relied on', async (context) => {
  const { dataFolder, keys } = await summarised(context)
  const folder = folderOf(dataFolder)
  const known = [await knownOf(dataFolder, keys)]
  const lastOf = async () => (await recovered(dataFolder, known, keys.verifierKey)).last
  const path = summaryPath(folder, 3)
  const sound = await readFile(path)
  for (const at of [10, 100, sound.length - 1]) {
    const changed = Buffer.from(sound)
    changed[at] = (changed[at] as number) ^ 1
    await writeFile(path, changed)
    assert.equal(await lastOf(), 2, `byte ${at}`)
  }
  const other = await openIn(await newFolder(context))
  await writeFile(path, signSummary(origin, bodyOf(sound), other.keys.signingKey))
  assert.equal(await lastOf(), 2)
  await writeFile(path, signSummary('log.example.com/other', bodyOf(sound), keys.signingKey))
  assert.equal(await lastOf(), 2)
  await writeFile(path, await readFile(summaryPath(folder, 2)))
  assert.equal(await lastOf(), 2)
  await writeFile(path, sound.subarray(0, 40))
  assert.equal(await lastOf(), 2)
  await writeFile(path, sound)
  assert.ok(((await lastOf()) ?? 0) > 3)
  await chmod(segmentPath(folder, 2), 0o640)
  assert.equal(await lastOf(), 1)
})

test('with summaries a start refuses what it refused before', async (context) => {
  const { dataFolder, keys } = await summarised(context)
  const path = firstSegment(dataFolder)
  const known = await knownOf(dataFolder, keys)
  const start = (more: readonly KnownCheckpoint[]) => recover(folderOf(dataFolder), more, keys.verifierKey)
  const { size } = known.checkpoint
  const small = { origin, size: 5, root: Buffer.alloc(32) }
  await assert.rejects(
    start([known, { ...known, checkpoint: small }]),
    /the first 5 entries of the log are not those/,
  )
  const longer = { ...known, checkpoint: { origin, size: size + 1, root: Buffer.alloc(32) } }
  await assert.rejects(start([longer, known]), /but a signed checkpoint says/)
  const other = { ...known, checkpoint: { ...known.checkpoint, root: Buffer.alloc(32) } }
  await assert.rejects(start([other]), /entries of the log are not those/)
  const bytes = await readFile(path)
  bytes[200] = (bytes[200] as number) ^ 1
  await writeFile(path, bytes)
  await assert.rejects(start([known]), /cannot go on: segment 1, byte \d+/)
})

const reading: Partial<AuditLogOptions> = { segmentBytes: 4_096, summariseEveryMs: 5 }

async function until(isSo: () => boolean | Promise<boolean>, what: string): Promise<void> {
  for (let tries = 0; tries < 1_000; tries++) {
    if (await isSo()) return
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  assert.fail(`not in time: ${what}`)
}

/** As a log that is open has it, but that it looks when the test says so. */
function keeping(
  context: TestContext,
  dataFolder: string,
  keys: LogKeys,
  relied: number | undefined,
  last: number,
) {
  const told: string[] = []
  const keeper = new SummaryKeeper({
    folder: folderOf(dataFolder),
    keys,
    relied,
    range: () => ({ first: 1, last }),
    firstSegment: () => 1,
    onDamage: ({ message }) => told.push(`damage: ${message}`),
    onNote: (text) => told.push(text),
    everyMs: 1_000_000,
  })
  context.after(() => keeper.close())
  return { keeper, told }
}

test('a copy or a link of a segment is no damage to it; its summary is written anew', async (context) => {
  const { dataFolder, keys } = await summarised(context)
  const folder = folderOf(dataFolder)
  const last = (await listSegments(folder)).length - 1
  const { keeper, told } = keeping(context, dataFolder, keys, last, last)
  await chmod(segmentPath(folder, 1), 0o640)
  const known = [await knownOf(dataFolder, keys)]
  assert.equal((await recovered(dataFolder, known, keys.verifierKey)).last, undefined)
  await keeper.look()
  assert.deepEqual(told, [])
  assert.equal((await recovered(dataFolder, known, keys.verifierKey)).last, last)
})

test('what a start read itself, and is damaged later, is said once and does not end the log', async (context) => {
  const { dataFolder, keys } = await summarised(context)
  const folder = folderOf(dataFolder)
  const { keeper, told } = keeping(context, dataFolder, keys, undefined, 3)
  const bytes = await readFile(segmentPath(folder, 2))
  bytes[200] = (bytes[200] as number) ^ 1
  await writeFile(segmentPath(folder, 2), bytes)
  await keeper.look()
  await keeper.look()
  assert.equal(told.length, 1)
  assert.match(told.join(), /^summaries of the log cannot be made: segment 2, byte \d+.*run audit verify/)
})

test('a log that is open summarises what is finished, in its thread', async (context) => {
  const { dataFolder } = await summarised(context)
  const folder = folderOf(dataFolder)
  await rm(join(folder, 'summary'), { recursive: true })
  const finished = (await listSegments(folder)).length - 1
  const { close } = await openIn(dataFolder, reading)
  const there = async () => (await readdir(join(folder, 'summary')).catch(() => [])).length >= finished
  await until(there, 'they are made')
  await close()
})

test('a change that left no trace on the file ends the log soon after the start, and the next start refuses it', async (context) => {
  const { dataFolder, keys } = await summarised(context)
  const folder = folderOf(dataFolder)
  const path = segmentPath(folder, 2)
  const bytes = await readFile(path)
  bytes[200] = (bytes[200] as number) ^ 1
  await writeFile(path, bytes)
  // As if the disk had turned a bit: the summary says of the file what it is now.
  const body = bodyOf(await readFile(summaryPath(folder, 2))).toString('latin1')
  const stamp = stampOf(statSync(path, { bigint: true }))
  const told = Buffer.from(body.replace(/"stamp":"[^"]*"/, `"stamp":"${stamp}"`), 'latin1')
  await writeFile(summaryPath(folder, 2), signSummary(origin, told, keys.signingKey))
  assert.ok(readSummary(await readFile(summaryPath(folder, 2)), origin, keys.signingKey) !== undefined)
  let death: Error | undefined
  const opened = await openIn(dataFolder, {
    ...reading,
    onDead: (error) => {
      death = error
    },
  })
  await until(() => death !== undefined, 'it is found')
  assert.match(death?.message ?? '', /segment 2, byte \d+.*run audit verify/)
  await assert.rejects(opened.log.append({ kind: 'record', facts: {} }), { code: 'log-unavailable' })
  await opened.close()
  await assert.rejects(openIn(dataFolder), /cannot go on: segment 2, byte \d+/)
})

test('when headers end their summaries go, and the next start takes over those of the rest', async (context) => {
  const { dataFolder, keys } = await summarised(context)
  const folder = folderOf(dataFolder)
  const { log, close } = await openIn(dataFolder, { segmentBytes: 4_096 })
  const fifth = readSummary(await readFile(summaryPath(folder, 5)), origin, keys.signingKey)
  const below = fifth?.first ?? assert.fail('there is no fifth segment')
  assert.ok(below < log.endable({ beforeMs: Number.MAX_SAFE_INTEGER, aliases: new Set() }))
  const root = (await log.tree.rootOf(below)).toString('hex')
  await log.append({ kind: 'retention', facts: { decision: 'begun', ended: { below, root } } })
  await log.endHeaders(below)
  const [first = 0] = await listSegments(folder)
  assert.equal(first, 5)
  const names = await readdir(join(folder, 'summary'))
  assert.ok(names.length > 0 && names.every((name) => Number.parseInt(name, 10) >= first), names.join())
  for (let at = 0; at < 24; at++) await appendExchange(log, 'person-1', `text ${at}`)
  await close()
  await writeSummaries(dataFolder, keys)
  const known = [await knownOf(dataFolder, keys)]
  const quick = await recovered(dataFolder, known, keys.verifierKey)
  assert.ok((quick.last ?? 0) >= first)
  assert.deepEqual(quick.told, (await recovered(dataFolder, known)).told)
})
