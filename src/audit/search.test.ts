import assert from 'node:assert/strict'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import type { AuditLog } from './api.ts'
import { appendExchange, folderOf, newFolder, openIn } from './log-for-tests.ts'
import { searchByPerson } from './person-search.ts'
import { enteredText, searchEntries } from './search.ts'

const operator = { name: 'command-line:operator' }
const hour = 3_600_000

async function filledLog(
  context: TestContext,
): Promise<{ readonly log: AuditLog; readonly folder: string; readonly startMs: number }> {
  const folder = await newFolder(context)
  const startMs = Date.UTC(2026, 10, 30, 20)
  let now = startMs
  const { log } = await openIn(folder, { clock: { now: () => now, monotonic: () => now - startMs } })
  for (let at = 0; at < 8; at++) {
    now = startMs + at * hour
    await appendExchange(log, at % 2 === 0 ? 'person-even' : 'person-odd', `text ${at}`, `req_${at}`)
  }
  return { log, folder, startMs }
}

test('a search tells who entered what, when, newest first, over the turn of a month', async (context) => {
  const { log, startMs } = await filledLog(context)
  const found = await searchEntries(
    log,
    { personIds: ['person-even'], kinds: ['intent'], limit: 10 },
    operator,
  )
  assert.deepEqual(
    found.map(({ text, atMs, personId }) => ({ text, hour: (atMs - startMs) / hour, personId })),
    [6, 4, 2, 0].map((at) => ({ text: `text ${at}`, hour: at, personId: 'person-even' })),
  )
  assert.equal(found[0]?.outcome?.status, 200)
  assert.equal(found[0]?.facts.class, 'internal')
  assert.match(found[0]?.receipt ?? '', /#13$/)
})

test('time is from since up to, not including, until; kinds and limit hold', async (context) => {
  const { log, startMs } = await filledLog(context)
  const times = { sinceMs: startMs + 2 * hour, untilMs: startMs + 5 * hour }
  const texts = async (query: Parameters<AuditLog['search']>[0]): Promise<unknown[]> =>
    (await searchEntries(log, query, operator)).map((entry) => entry.text)
  assert.deepEqual(await texts({ ...times, kinds: ['intent'], limit: 10 }), ['text 4', 'text 3', 'text 2'])
  assert.deepEqual(await texts({ ...times, kinds: ['intent'], limit: 1 }), ['text 4'])
  assert.deepEqual(await texts({ ...times, kinds: ['refusal'], limit: 10 }), [])
  assert.equal((await log.search({ ...times, limit: 10 })).length, 6)
  assert.deepEqual(await texts({ personIds: ['nobody'], limit: 10 }), [])
  assert.deepEqual(await texts({ personIds: [], limit: 10 }), [])
})

test('reading is logged before anything is given out, with the question sealed and the reader known', async (context) => {
  const { log } = await filledLog(context)
  await searchEntries(
    log,
    { personIds: ['person-odd'], limit: 3 },
    { name: 'Auditor', personId: 'person-auditor' },
  )
  const [read] = await log.search({ kinds: ['read'], limit: 1 })
  assert.equal(read?.subject, 'person-auditor')
  const payload = (await log.open(read?.index ?? -1))?.payload
  assert.match(Buffer.from(payload ?? []).toString(), /person-odd.*Auditor/)
})

test('a log that cannot be written gives nothing out', async (context) => {
  const folder = await newFolder(context)
  const { log, close } = await openIn(folder)
  await appendExchange(log, 'person-1', 'text')
  await close()
  await assert.rejects(searchEntries(log, { limit: 10 }, operator), /log cannot be written/)
})

test('a payload that was changed is named and hides no other', async (context) => {
  const { log, folder } = await filledLog(context)
  const pay = join(folderOf(folder), 'pay')
  const [month] = readdirSync(pay).sort()
  const path = join(pay, month as string, readdirSync(join(pay, month as string))[0] as string)
  const bytes = readFileSync(path)
  bytes[20] = (bytes[20] as number) ^ 1
  writeFileSync(path, bytes)
  const found = await searchEntries(
    log,
    { personIds: ['person-even'], kinds: ['intent'], limit: 10 },
    operator,
  )
  assert.deepEqual(
    found.map((entry) => entry.text),
    ['text 6', 'text 4', 'text 2', undefined],
  )
  assert.match(found[3]?.problem ?? '', /not what its header commits to/)
})

test('an e-mail address leads to everybody it fits', async (context) => {
  const { log } = await filledLog(context)
  const question = {
    email: 'ada@example.com',
    sinceMs: 0,
    untilMs: Number.MAX_SAFE_INTEGER,
    kinds: ['intent'],
    limit: 50,
    by: 'operator',
  }
  const person = (id: string) => ({ id, email: 'ada@example.com', name: 'Ada' })
  const answer = await searchByPerson(question, {
    log,
    findPeople: async () => [person('person-even'), { ...person('person-odd'), roles: ['owner'] }],
  })
  assert.equal(answer.entries.length, 8)
  assert.deepEqual(answer.people, [person('person-even'), person('person-odd')])
  const none = await searchByPerson(question, { log, findPeople: async () => [] })
  assert.deepEqual(none, { people: [], entries: [] })
})

test('a question that is none is refused by field', async (context) => {
  const { log } = await filledLog(context)
  const services = { log, findPeople: async () => [] }
  const question = {
    email: 'ada@example.com',
    sinceMs: 0,
    untilMs: 1,
    kinds: ['intent'],
    limit: 50,
    by: 'operator',
  }
  await assert.rejects(searchByPerson({ ...question, limit: 5_000 }, services), /"limit" is wrong/)
  await assert.rejects(searchByPerson({ ...question, kinds: ['all'] }, services), /"kinds\.0" is wrong/)
  await assert.rejects(searchByPerson(undefined, services), /is wrong/)
})

const typed = (body: unknown): string | undefined => enteredText(Buffer.from(JSON.stringify({ typed: body })))

test('what was entered is the text of the last message, in every dialect', () => {
  const earlier = { role: 'user', content: 'earlier' }
  assert.equal(typed({ messages: [earlier, { role: 'user', content: 'last' }] }), 'last')
  assert.equal(
    typed({
      messages: [
        earlier,
        {
          role: 'user',
          content: [
            { type: 'text', text: 'one' },
            { type: 'text', text: 'two' },
          ],
        },
      ],
    }),
    'one\ntwo',
  )
  assert.equal(
    typed({
      messages: [
        {
          role: 'user',
          content: [{ type: 'tool_result', tool_use_id: 'id', content: [{ type: 'text', text: 'result' }] }],
        },
      ],
    }),
    'result',
  )
  assert.equal(
    typed({
      messages: [
        {
          role: 'user',
          content: [
            { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } },
            { type: 'text', text: 'see' },
          ],
        },
      ],
    }),
    'see',
  )
  assert.equal(typed({ input: 'plain' }), 'plain')
  assert.equal(typed('not even JSON'), 'not even JSON')
})

test('what is not by the convention shows nothing, and long text is cut between characters', () => {
  assert.equal(enteredText(Buffer.from('not JSON')), undefined)
  assert.equal(enteredText(Buffer.from('{"answer":"x"}')), undefined)
  assert.equal(typed({ messages: [] }), '')
  assert.equal(typed({ messages: [{ content: 'x'.repeat(501) }] }), `${'x'.repeat(500)}…`)
  assert.equal(typed({ messages: [{ content: `${'x'.repeat(499)}🙂🙂` }] }), `${'x'.repeat(499)}…`)
  let deep: unknown = 'bottom'
  for (let at = 0; at < 1_000; at++) deep = [deep]
  assert.equal(typed({ messages: [{ content: deep }] }), '')
})
