import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { AuditLog } from '#/audit/api.ts'
import { indexHandlers } from '#/audit/index/commands.ts'
import { openLogIndex } from '#/audit/index/log-index.ts'
import { createLogSearch } from '#/audit/index/search-log.ts'
import { folderOf, newFolder, openIn, origin } from '#/audit/log-for-tests.ts'
import { type Ran, run, type TestWorld } from './test-world.ts'

const nowMs = Date.UTC(2026, 10, 23, 12)
const ada = { id: 'person-ada', email: 'ada@example.com', name: 'Ada' }

interface Filled {
  readonly log: AuditLog
  readonly search: (...words: string[]) => Promise<Ran>
  readonly world: TestWorld
}

async function filledLog(context: TestContext): Promise<Filled> {
  const startMs = nowMs - 3 * 86_400_000
  let now = startMs
  const dataFolder = await newFolder(context)
  const { log, keys } = await openIn(dataFolder, {
    clock: { now: () => now, monotonic: () => now - startMs },
  })
  const payload = JSON.stringify({ typed: { messages: [{ role: 'user', content: 'the heron flies' }] } })
  await log.append({
    kind: 'refusal',
    subject: ada.id,
    facts: { requestId: 'req_refused', code: 'finding-blocked' },
    payload,
  })
  now = nowMs - 3_600_000
  const findings = [{ type: 'email', channel: 'user', action: 'pseudonymise', count: 2 }]
  const facts = {
    useCase: 'general-assistant',
    class: 'internal',
    offering: 'demo\u001b[2J',
    decision: 'transform',
    findings,
  } as const
  const { index } = await log.append({ kind: 'intent', subject: ada.id, facts, payload })
  await log.append({
    kind: 'outcome',
    subject: ada.id,
    facts: { intent: index, status: 200, decision: 'answered', costMicroUsd: 1_250 },
  })
  await log.append({ kind: 'intent', subject: 'person-other', facts, payload })
  const logIndex = openLogIndex({
    folder: folderOf(dataFolder),
    origin,
    size: log.size,
    first: log.first,
    writeLine: () => undefined,
  })
  context.after(() => logIndex.close())
  const search = createLogSearch({
    log,
    index: logIndex,
    aliases: keys,
    findPeople: async (email) => (email === ada.email ? [ada] : []),
    findPerson: async (id) => (id === ada.id ? ada : undefined),
    clock: { now: () => nowMs },
  })
  const environment = { SALLYPORT_DATA: await newFolder(context) }
  const handlers = indexHandlers(search, logIndex) as NonNullable<TestWorld['handlers']>
  const world = { environment, now: nowMs, handlers }
  return { log, world, search: (...words) => run(['audit', 'search', ...words], world) }
}

test('it tells time, person, use case, class, offering, decision, cost and findings, harmless to a terminal, and no text', async (context) => {
  const { search, log } = await filledLog(context)
  const { exitCode, out, err } = await search('person:ada@example.com', 'since:2d')
  assert.equal(exitCode, 0, err)
  assert.deepEqual(out.trimEnd().split('\n'), [
    '1 entries, newest first',
    '2026-11-23T11:00:00.000Z  ada@example.com  intent  log.example.com/test#2',
    '  use case general-assistant  class internal  offering demo\\u{1b}[2J  decision transform, answered  status 200  cost $0.001250',
    '  found: email x2 pseudonymise',
  ])
  assert.equal((await log.search({ kinds: ['read'], limit: 9 })).length, 1, 'the reading is logged')
})

test('whose entries, since when and until when can be said as options, which stay one value each', async (context) => {
  const { search } = await filledLog(context)
  const asWords = await search('person:ada@example.com', 'since:2d')
  assert.deepEqual(await search('--person', 'ada@example.com', '--since', '2d'), asWords)
  assert.match((await search('kind:refusal', '--until', '2d')).out, /^1 entries.*decision finding-blocked/s)
  const { exitCode, err } = await search('--person', 'x" kind:"read\\')
  assert.equal(exitCode, 1)
  assert.match(err, /nobody here has this address or id/)
})

test('--json gives the same as values, and pages go on behind one another', async (context) => {
  const { search } = await filledLog(context)
  const first = JSON.parse((await search('person:ada@example.com', '--limit', '1', '--json')).out)
  assert.deepEqual(
    first.entries.map((entry: { kind: string; person: unknown }) => [entry.kind, entry.person]),
    [['intent', ada]],
  )
  assert.equal(first.next, 2)
  const second = await search('person:ada@example.com', '--limit', '1', '--before', '2')
  assert.match(second.out, /^1 entries.*decision finding-blocked.*\nmore: --before 1/s)
  assert.doesNotMatch(JSON.stringify(first) + second.out, /heron/)
})

test('the id of a request that an error shows finds its entry', async (context) => {
  const { search } = await filledLog(context)
  const found = await search('request:req_refused')
  assert.match(found.out, /^1 entries.*decision finding-blocked/s)
  assert.deepEqual(await search('--request', 'req_refused'), found)
  assert.match((await search('--request', 'req_refuser')).out, /^0 entries/)
})

test('one word with everything in it is read as many', async (context) => {
  const { search } = await filledLog(context)
  assert.match((await search('kind:refusal until:2d')).out, /^1 entries.*decision finding-blocked/s)
})

test('a table of counts has the sums of cost', async (context) => {
  const { search } = await filledLog(context)
  const { out } = await search('kind:intent,refusal', '--count-by', 'class')
  assert.deepEqual(out.trimEnd().split('\n'), [
    'class     entries       cost  tokens  cost unknown',
    'internal        2  $0.001250       0             1',
    '(none)          1  $0.000000       0             0',
    '(all)           3  $0.001250       0             1',
  ])
})

test('a wrong call is said before anything is read', async (context) => {
  const { search, log } = await filledLog(context)
  for (const [words, problem, exitCode] of [
    [['--limit', '0'], /--limit goes from 1 to 1000/, 2],
    [['--before', 'x'], /--before takes an index/, 2],
    [['--count-by', 'moon'], /--count-by must be one of person/, 2],
    [['--where', 'ada@example.com'], /there is no option --where/, 2],
    [['--since', 'yesterday'], /it takes 90m, 12h, 2d/, 1],
    [['--person', ''], /nothing stands in it/, 1],
    [['kind:all'], /word 1 \("kind"\), at character 1: there is no such value.* There are: intent/, 1],
    [['since:yesterday'], /it takes 90m, 12h, 2d/, 1],
  ] as const) {
    const ran = await search(...words)
    assert.equal(ran.exitCode, exitCode)
    assert.match(ran.err, problem)
  }
  assert.equal((await log.search({ kinds: ['read'], limit: 9 })).length, 0)
})

test('an address nobody has is said, and that somebody asked is logged', async (context) => {
  const { search, log } = await filledLog(context)
  const { exitCode, err } = await search('person:nobody@example.com')
  assert.equal(exitCode, 1)
  assert.match(err, /nobody here has this address or id/)
  const [read] = await log.search({ kinds: ['read'], limit: 1 })
  const payload = (await log.open(read?.index ?? -1))?.payload
  assert.match(Buffer.from(payload ?? []).toString(), /nobody@example\.com.*command-line:/)
})

test('the index is dropped and built anew by command, with progress', async (context) => {
  const { world, search, log } = await filledLog(context)
  await search('kind:intent')
  const { exitCode, out, err } = await run(['audit', 'rebuild-index'], world)
  assert.equal(exitCode, 0, err)
  assert.equal(out, `the index holds all ${log.size()} entries\n`)
  assert.match(err, /^(\d+ of \d+ entries, \d+ a second\n)+$/)
  assert.match((await search('kind:intent')).out, /^2 entries/)
})
