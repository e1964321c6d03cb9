import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { AuditLog } from '#/audit/api.ts'
import { newFolder, openIn } from '#/audit/log-for-tests.ts'
import { searchByPerson } from '#/audit/person-search.ts'
import { type Ran, run } from './test-world.ts'

const nowMs = Date.UTC(2026, 10, 23, 12)
const ada = { id: 'person-ada', email: 'ada@example.com', name: 'Ada' }

async function search(context: TestContext, log: AuditLog, ...words: string[]): Promise<Ran> {
  const environment = { SALLYPORT_DATA: await newFolder(context) }
  const findPeople = async (email: string) => (email === ada.email ? [ada] : [])
  const handlers = { 'audit.search': (question: unknown) => searchByPerson(question, { log, findPeople }) }
  return run(['audit', 'search', ...words], { environment, now: nowMs, handlers })
}

async function filledLog(context: TestContext): Promise<AuditLog> {
  const startMs = nowMs - 3 * 86_400_000
  let now = startMs
  const { log } = await openIn(await newFolder(context), {
    clock: { now: () => now, monotonic: () => now - startMs },
  })
  const payload = (text: string) => JSON.stringify({ typed: { messages: [{ role: 'user', content: text }] } })
  await log.append({
    kind: 'refusal',
    subject: ada.id,
    facts: { code: 'finding-blocked' },
    payload: payload('too old'),
  })
  now = nowMs - 3_600_000
  const findings = [{ type: 'email', channel: 'user', action: 'pseudonymise', count: 2 }]
  const facts = {
    useCase: 'general-assistant',
    class: 'internal',
    offering: 'demo',
    decision: 'transform',
    findings,
  } as const
  const { index } = await log.append({
    kind: 'intent',
    subject: ada.id,
    facts,
    payload: payload('one\u001b[2J\ntwo'),
  })
  await log.append({ kind: 'outcome', subject: ada.id, facts: { intent: index, status: 200 } })
  await log.append({ kind: 'intent', subject: 'person-other', facts, payload: payload('of somebody else') })
  return log
}

test('it tells time, person, use case, class, offering, decision, findings and the text, harmless to a terminal', async (context) => {
  const log = await filledLog(context)
  const { exitCode, out } = await search(context, log, '--person', 'ada@example.com', '--since', '2d')
  assert.equal(exitCode, 0)
  assert.deepEqual(out.trimEnd().split('\n'), [
    '1 entries, newest first',
    '2026-11-23T11:00:00.000Z  ada@example.com  intent  log.example.com/test#2',
    '  use case general-assistant  class internal  offering demo  decision transform  status 200',
    '  found: email x2 pseudonymise',
    '  entered: one\\u{1b}[2J\\ntwo',
  ])
  assert.equal((await log.search({ kinds: ['read'], limit: 9 })).length, 1, 'the reading is logged')
})

test('without a time everything is told, and --json gives the same as values', async (context) => {
  const log = await filledLog(context)
  const { out } = await search(context, log, '--person', 'ada@example.com', '--json')
  const { people, entries } = JSON.parse(out) as {
    people: unknown[]
    entries: { kind: string; at: string; text: string }[]
  }
  assert.deepEqual(people, [ada])
  assert.deepEqual(
    entries.map((entry) => [entry.kind, entry.at, entry.text]),
    [
      ['intent', '2026-11-23T11:00:00.000Z', 'one\u001b[2J\ntwo'],
      ['refusal', '2026-11-20T12:00:00.000Z', 'too old'],
    ],
  )
})

test('kinds, limit and the end of the time are taken', async (context) => {
  const log = await filledLog(context)
  const person = ['--person', 'ada@example.com'] as const
  assert.match(
    (await search(context, log, ...person, '--kind', 'outcome')).out,
    /^1 entries.* {2}outcome {2}/s,
  )
  assert.match((await search(context, log, ...person, '--limit', '1')).out, /^1 entries/)
  assert.match(
    (await search(context, log, ...person, '--until', '2d')).out,
    /^1 entries.*decision finding-blocked/s,
  )
})

test('a wrong call is said before anything is read', async (context) => {
  const log = await filledLog(context)
  for (const [words, problem] of [
    [[], /--person is missing/],
    [['--person', 'ada@example.com', '--kind', 'all'], /--kind must be/],
    [['--person', 'ada@example.com', '--limit', '0'], /--limit goes from 1 to 1000/],
    [['--person', 'ada@example.com', '--since', 'yesterday'], /--since must be/],
  ] as const) {
    const { exitCode, err } = await search(context, log, ...words)
    assert.equal(exitCode, 2)
    assert.match(err, problem)
  }
  assert.equal((await log.search({ kinds: ['read'], limit: 9 })).length, 0)
})

test('an address nobody has is said, and that somebody asked is logged', async (context) => {
  const log = await filledLog(context)
  const { exitCode, err } = await search(context, log, '--person', 'nobody@example.com')
  assert.notEqual(exitCode, 0)
  assert.match(err, /nobody here has the address nobody@example\.com/)
  const [read] = await log.search({ kinds: ['read'], limit: 1 })
  const payload = (await log.open(read?.index ?? -1))?.payload
  assert.match(Buffer.from(payload ?? []).toString(), /command-line:.*nobody@example\.com/)
})
