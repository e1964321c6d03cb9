import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import type { Refusal } from '#/core/refusal.ts'
import { payloadPath } from '../layout.ts'
import { appendExchange, FaultyDisk, folderOf, intentOf, outcomeOf } from '../log-for-tests.ts'
import { wordsOf } from '../pieces/words-for-tests.ts'
import { verifyFolder } from '../verify.ts'
import type { KeptStore } from './kept-store.ts'
import { erasure, openKept } from './retention-for-tests.ts'

const code = (name: string) => (error: unknown) => (error as { code?: string }).code === name
const textOf = (payload: Uint8Array | undefined): string => Buffer.from(payload ?? []).toString()

test('what a person entered is unreadable at once, headers are anonymous, others keep theirs, the log verifies', async (context) => {
  const { retention, log, keys, clock, dataFolder, close } = await openKept(context)
  const first = await appendExchange(log, 'person-ada', 'the heron')
  clock.now += 31 * 86_400_000
  const second = await appendExchange(log, 'person-ada', 'the heron again')
  const other = await appendExchange(log, 'person-bob', 'the bittern')
  const [erased] = await retention.erase({ email: 'ada@example.com', ...erasure })
  assert.equal(erased?.isComplete, true)
  assert.equal(erased?.keys, 2)
  for (const index of [first, second]) {
    const entry = await log.open(index)
    assert.equal(entry?.payload, undefined)
    assert.equal(entry?.subject, undefined)
    assert.equal(entry?.facts.class, 'internal', 'the header stays')
  }
  assert.match(textOf((await log.open(other))?.payload), /the bittern/)
  assert.deepEqual(keys.aliasesOf('person-ada'), [])
  const [done, begun] = await log.search({ kinds: ['erase'], limit: 9 })
  assert.equal(begun?.facts.decision, 'begun')
  assert.deepEqual(done?.facts.counts, { keys: 2, texts: 0, aliases: 2 })
  assert.equal(done?.facts.keys?.length, 2)
  assert.equal(done?.facts.reason, 'objection')
  await close()
  const verified = await verifyFolder(folderOf(dataFolder))
  assert.deepEqual(verified.problems, [])
})

test('the entries of an erasure name nobody in clear', async (context) => {
  const { retention, log, dataFolder, close } = await openKept(context)
  await appendExchange(log, 'person-ada', 'the heron')
  await retention.erase({ email: 'ada@example.com', ...erasure })
  await close()
  const segment = await readFile(join(folderOf(dataFolder), 'seg', '0000000001.seg'), 'latin1')
  for (const said of ['person-ada', 'ada@example.com', 'asked by letter'])
    assert.ok(!segment.includes(said), said)
})

test('what a person enters after the erasure is theirs again, under a new alias', async (context) => {
  const { retention, log, keys } = await openKept(context)
  await appendExchange(log, 'person-ada', 'before')
  const before = keys.aliasesOf('person-ada')
  await retention.erase({ email: 'ada@example.com', ...erasure })
  const index = await appendExchange(log, 'person-ada', 'after')
  assert.match(textOf((await log.open(index))?.payload), /after/)
  assert.notDeepEqual(keys.aliasesOf('person-ada'), before)
})

test('everybody with the address is erased', async (context) => {
  const { retention, log } = await openKept(context)
  const indexes = [
    await appendExchange(log, 'person-ada-2', 'a'),
    await appendExchange(log, 'person-ada-3', 'b'),
  ]
  assert.equal((await retention.erase({ email: 'twice@example.com', ...erasure })).length, 2)
  for (const index of indexes) assert.equal((await log.open(index))?.payload, undefined)
})

test('one exchange is overwritten on disk, the verifier says by which entry, and everything else stays', async (context) => {
  const { retention, log, dataFolder, close } = await openKept(context)
  const before = await appendExchange(log, 'person-ada', 'the bittern')
  const index = await appendExchange(log, 'person-ada', 'about Clara', 'req_two')
  const file = payloadPath(folderOf(dataFolder), '2026-01/0000000001')
  const bytes = await readFile(file)
  const [erased] = await retention.erase({ receipt: `${log.origin}#${index}`, ...erasure })
  assert.deepEqual(erased?.overwritten, [index, index + 1])
  assert.equal((await log.open(index))?.payload, undefined)
  assert.equal((await log.outcomeOf(index))?.payload, undefined)
  assert.equal((await log.open(index))?.subject, 'person-ada', 'whose it was is still known')
  assert.match(textOf((await log.open(before))?.payload), /the bittern/)
  const after = await readFile(file)
  let same = 0
  for (let at = 0; at < bytes.length; at++) if (bytes[at] !== 0 && bytes[at] === after[at]) same++
  assert.ok(same > 100, 'the other exchange lies there as it did')
  await close()
  const verified = await verifyFolder(folderOf(dataFolder))
  assert.deepEqual(verified.problems, [])
  assert.match(verified.notes.join('\n'), new RegExp(`entry ${index}: its payload was erased by entry \\d+`))
  const again = await openKept(context, { dataFolder })
  assert.equal((await again.log.open(index))?.payload, undefined)
})

test('a payload somebody overwrote as if it had been erased is a problem for the verifier', async (context) => {
  const { log, dataFolder, close } = await openKept(context)
  const index = await appendExchange(log, 'person-ada', 'the heron')
  assert.equal(await log.erasePayload(index), true)
  assert.equal(await log.erasePayload(index), false)
  await close()
  const verified = await verifyFolder(folderOf(dataFolder))
  assert.match(verified.problems.join(), /was overwritten, and no entry says why/)
})

test('a store that cannot erase makes it incomplete, says why, and does not keep the others from erasing', async (context) => {
  let isBroken = true
  const broken: KeptStore = {
    name: 'broken',
    holds: '',
    key: '',
    ends: '',
    claims: () => false,
    eraseOf: async () => {
      if (isBroken) throw new Error('the disk is read-only')
      return { outcome: 'erased', counts: { rows: 3 }, keys: [] }
    },
  }
  const { retention, log, dataFolder, close } = await openKept(context, { stores: [broken] })
  const index = await appendExchange(log, 'person-ada', 'the heron')
  const [erased] = await retention.erase({ email: 'ada@example.com', ...erasure })
  assert.equal(erased?.isComplete, false)
  assert.deepEqual(erased?.stores.at(-1), {
    store: 'broken',
    outcome: 'failed',
    problem: 'the disk is read-only',
  })
  assert.equal((await log.open(index))?.payload, undefined)
  await close()
  isBroken = false
  const again = await openKept(context, { dataFolder, stores: [broken] })
  const [done] = await again.log.search({ kinds: ['erase'], limit: 1 })
  assert.equal(done?.facts.about, erased?.id, 'the next start goes on with it')
  assert.equal(done?.facts.decision, 'done')
  assert.equal(done?.facts.counts?.['rows'], 3)
})

test('what was not complete goes on by itself, only where it failed, and no more once somebody holds it', async (context) => {
  let failing = 'the disk is read-only'
  const broken: KeptStore = {
    ...{ name: 'broken', holds: '', key: '', ends: '', claims: () => false },
    eraseOf: async () => {
      if (failing !== '') throw new Error(failing)
      return { outcome: 'erased', counts: { rows: 3 }, keys: [] }
    },
  }
  const { retention, log, clock } = await openKept(context, { stores: [broken] })
  await appendExchange(log, 'person-ada', 'the heron')
  const [erased] = await retention.erase({ email: 'ada@example.com', ...erasure })
  const since = await appendExchange(log, 'person-ada', 'the bittern')
  assert.deepEqual(await retention.goOnErasing(), [], 'it is not time yet')
  clock.now += 60_000
  const [tried] = await retention.goOnErasing()
  assert.deepEqual([tried?.id, tried?.isComplete, tried?.nextAtMs], [erased?.id, false, clock.now + 300_000])
  failing = ''
  const hold = { email: 'ada@example.com', reason: 'case 7', by: 'test' }
  const [held] = await retention.addHolds(hold)
  clock.now += 300_000
  const [stopped] = await retention.goOnErasing()
  assert.match(JSON.stringify(stopped?.stores), new RegExp(`broken.*a legal hold covers it: ${held?.id}`))
  await retention.endHold({ id: held?.id, reason: 'over', by: 'test' })
  clock.now += 900_000
  const [done] = await retention.goOnErasing()
  assert.deepEqual([done?.isComplete, done?.nextAtMs], [true, undefined])
  assert.match(textOf((await log.open(since))?.payload), /the bittern/, 'what came after it stays theirs')
  clock.now += 86_400_000
  assert.deepEqual(await retention.goOnErasing(), [])
})

test('an erasure a crash cut off is gone on with at the next start, once', async (context) => {
  const kept = await openKept(context)
  const index = await appendExchange(kept.log, 'person-ada', 'the heron')
  const erasing = { id: 'erasure_cut', personId: 'person-ada', indexes: [], ...erasure }
  await kept.log.append({
    kind: 'erase',
    facts: { about: 'erasure_cut', decision: 'begun', reason: 'objection' },
    payload: JSON.stringify(erasing),
  })
  await kept.close()
  const again = await openKept(context, { dataFolder: kept.dataFolder })
  assert.equal((await again.log.open(index))?.payload, undefined)
  await again.close()
  const third = await openKept(context, { dataFolder: kept.dataFolder })
  assert.equal((await third.log.search({ kinds: ['erase'], limit: 9 })).length, 2)
})

test('what cannot be erased is refused before anything is written', async (context) => {
  const { retention, log } = await openKept(context)
  const index = await appendExchange(log, 'person-ada', 'the heron')
  const size = log.size()
  for (const wrong of [
    { email: 'nobody@example.com', ...erasure },
    { ...erasure },
    { email: 'ada@example.com', receipt: `${log.origin}#${index}`, ...erasure },
    { email: 'ada@example.com', ...erasure, basis: 'because' },
    { email: 'ada@example.com', ...erasure, reason: '' },
    { receipt: 'another.example.com/log#3', ...erasure },
    { receipt: `${log.origin}#999`, ...erasure },
    { receipt: `${log.origin}#-1`, ...erasure },
    { receipt: `${log.origin}#1e3`, ...erasure },
    // A start entry has no text.
    { receipt: `${log.origin}#0`, ...erasure },
  ]) {
    await assert.rejects(retention.erase(wrong), code('request-invalid'), JSON.stringify(wrong))
  }
  assert.equal(log.size(), size)
  await retention.erase({ receipt: `${log.origin}#${index}`, ...erasure })
  await assert.rejects(retention.erase({ receipt: `${log.origin}#${index}`, ...erasure }), /erased before/)
})

test('a text that later turns repeat is gone from these too, which are named; what is said anew is kept anew', async (context) => {
  const { retention, log, dataFolder, close } = await openKept(context)
  const opening = wordsOf(20_000, 1)
  const about = `Clara is unwell. ${wordsOf(20_000, 2)}`
  const before = await appendExchange(log, 'person-ada', opening)
  const index = await appendExchange(log, 'person-ada', opening + about)
  const later = await appendExchange(log, 'person-ada', opening + about + wordsOf(20_000, 3))
  const other = await appendExchange(log, 'person-bob', opening + about)
  const [erased] = await retention.erase({ receipt: `${log.origin}#${index}`, ...erasure })
  assert.deepEqual(erased?.alsoIn, [later])
  assert.deepEqual(erased?.heldBy, [before])
  const left = await log.open(later)
  assert.ok(left?.lostParts?.every(({ entry, why }) => entry === index && why === 'erased'))
  assert.doesNotMatch(textOf(left?.payload), /Clara/)
  assert.match(textOf(left?.payload), /bytes of entry \d+ are erased/)
  assert.ok(textOf((await log.open(before))?.payload).includes(opening))
  assert.match(textOf((await log.open(other))?.payload), /Clara/, 'nobody shares a text with somebody else')
  const anew = await appendExchange(log, 'person-ada', opening + about)
  assert.ok(textOf((await log.open(anew))?.payload).includes(opening + about))
  await close()
  assert.deepEqual((await verifyFolder(folderOf(dataFolder))).problems, [])
})

test('what was written down of a long answer while it came is erased with it', async (context) => {
  const { retention, log } = await openKept(context)
  const { index } = await log.append(intentOf('person-ada', 'about Clara'))
  await log.append({
    kind: 'progress',
    subject: 'person-ada',
    facts: { intent: index, answerBytes: 9 },
    payload: JSON.stringify({ answer: 'Clara is ' }),
  })
  const ended = outcomeOf(index, 'person-ada')
  await log.append({ ...ended, facts: { ...ended.facts, progress: index + 1 } })
  const [erased] = await retention.erase({ receipt: `${log.origin}#${index}`, ...erasure })
  assert.deepEqual(erased?.overwritten, [index, index + 1, index + 2])
  assert.equal((await log.open(index + 1))?.payload, undefined)
})

test('erasing and ending go on when the disk is too full for anything new', async (context) => {
  context.mock.timers.enable({ apis: ['setInterval'] })
  const disk = new FaultyDisk()
  const kept = await openKept(context, { disk, freeFloorBytes: 1_000 })
  const index = await appendExchange(kept.log, 'person-ada', 'the heron')
  disk.free = 10
  context.mock.timers.tick(2_000)
  for (let tries = 0; tries < 100 && !kept.log.isFull(); tries++) await turn()
  assert.ok(kept.log.isFull())
  await assert.rejects(kept.log.append({ kind: 'sign-in', facts: {} }), /cannot be written/)
  await kept.retention.erase({ email: 'ada@example.com', ...erasure })
  assert.equal((await kept.log.open(index))?.payload, undefined)
})

test('an exchange that goes on is not erased in half, nor is what the log keeps about itself', async (context) => {
  const { retention, log } = await openKept(context)
  const { index } = await log.append(intentOf('person-ada', 'about Clara'))
  const own = await log.append({ kind: 'read-request', subject: 'person-ada', facts: {}, payload: '{}' })
  const ask = (at: number) => retention.erase({ receipt: `${log.origin}#${at}`, ...erasure })
  await assert.rejects(ask(index), (error: Refusal) => /still goes on/.test(String(error.facts['problem'])))
  await assert.rejects(ask(own.index), (error: Refusal) => /no exchange/.test(String(error.facts['problem'])))
  assert.ok((await log.open(index))?.payload !== undefined)
  await log.append(outcomeOf(index, 'person-ada'))
  assert.deepEqual((await ask(index))[0]?.overwritten, [index, own.index + 1])
})

test('a turn that comes while an exchange is being erased refers to nothing that goes', async (context) => {
  const { retention, log } = await openKept(context)
  const long = wordsOf(9_000, 7)
  const index = await appendExchange(log, 'person-ada', long)
  const sourcesOf = log.sourcesOf
  const comes: number[] = []
  // The moment in which entries are looked through for references.
  const watched = log as { sourcesOf: typeof log.sourcesOf }
  watched.sourcesOf = async (each) => {
    const sources = await sourcesOf(each)
    if (each > index + 1 && comes.length === 0) comes.push(await appendExchange(log, 'person-ada', long))
    return sources
  }
  await appendExchange(log, 'person-ada', `${long} and more`)
  await retention.erase({ receipt: `${log.origin}#${index}`, ...erasure })
  assert.equal(comes.length, 1)
  assert.ok(textOf((await log.open(comes[0] as number))?.payload).includes(long))
})
