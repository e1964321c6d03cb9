import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Refusal, type RefusalCode } from '#/core/refusal.ts'
import { appendExchange } from '../log-for-tests.ts'
import type { AskedReading } from './asked.ts'
import {
  ada,
  askedFor,
  dayMs,
  emil,
  hourMs,
  lea,
  newDatabase,
  no,
  openReadingTest,
  personOf,
  sam,
  yes,
} from './reading-for-tests.ts'

const refuses = (work: Promise<unknown>, code: RefusalCode): Promise<void> =>
  assert.rejects(work, (error: unknown) => {
    assert.ok(error instanceof Refusal, String(error))
    assert.equal(error.code, code)
    assert.ok(error.remedies.length > 0)
    return true
  })

test('content is opened after one person asked and another approved, and the person concerned is told', async (context) => {
  const { readings, log } = await openReadingTest(context)
  const index = await appendExchange(log, emil.id, 'the heron flies at midnight')
  const asked = await readings.request(askedFor([index]), ada)
  assert.equal(asked.state, 'waiting')
  assert.deepEqual(asked.covers, { what: 'receipts', receipts: [`${log.origin}#${index}`] })
  await refuses(readings.open(asked.id, index, ada), 'reading-not-open')
  assert.equal((await readings.decide(asked.id, yes, sam)).state, 'open')
  assert.deepEqual(await readings.noticesOf(emil.id), [], 'nothing was read yet')
  const content = await readings.open(asked.id, index, ada)
  assert.match(JSON.stringify(content.typed), /heron flies/)
  assert.deepEqual(content.sent, content.typed, 'it left as it was entered')
  assert.equal(content.answer, 'The answer.')
  assert.equal(content.outcome?.finish, 'stop')
  const [notice, ...others] = await readings.noticesOf(emil.id)
  assert.deepEqual(others, [])
  assert.equal(notice?.by, 'ada@example.com')
  assert.deepEqual(notice?.approvedBy, ['sam@example.com'])
  assert.equal(notice?.reason, 'A customer complained about case 17.')
  assert.deepEqual(
    notice?.entries.map(({ receipt, content: where }) => [receipt, where]),
    [[`${log.origin}#${index}`, `/api/log/mine/${index}`]],
  )
})

test('each opening is in the log before it is shown, and its header says neither whose nor which', async (context) => {
  const { readings, log } = await openReadingTest(context)
  const index = await appendExchange(log, emil.id, 'text')
  const { id } = await readings.request(askedFor([index]), ada)
  await readings.decide(id, yes, sam)
  const before = log.size()
  await readings.open(id, index, ada)
  await readings.open(id, index, ada)
  const added = await log.search({ limit: log.size() - before })
  assert.deepEqual(
    added.map(({ kind }) => kind),
    ['read', 'read-notice', 'read'],
  )
  const first = await log.open(before)
  assert.deepEqual(first?.facts, { about: id, reason: 'reading' })
  assert.equal(first?.subject, ada.id)
  assert.match(Buffer.from(first?.payload ?? []).toString(), new RegExp(`"index":${index}\\b`))
  assert.equal((await readings.noticesOf(emil.id)).length, 1, 'told once for each reading')
})

test('when the log cannot be written nothing is shown', async (context) => {
  const { readings, log } = await openReadingTest(context)
  const index = await appendExchange(log, emil.id, 'text')
  const { id } = await readings.request(askedFor([index]), ada)
  await readings.decide(id, yes, sam)
  await log.close()
  await refuses(readings.open(id, index, ada), 'log-unavailable')
})

test('abuse case 49: one curious person with every role reads nothing', async (context) => {
  const owner = personOf('owner', ['owner', 'auditor', 'security', 'legal'])
  const { readings, log, people } = await openReadingTest(context, [owner, emil])
  const index = await appendExchange(log, emil.id, 'text')
  await refuses(readings.request(askedFor([index]), owner), 'no-second-person')
  people.push(sam)
  const { id } = await readings.request(askedFor([index]), owner)
  await refuses(readings.decide(id, yes, owner), 'own-reading')
  // The same human over another provider, and under an id of its own.
  const elsewhere = personOf('owner2', ['owner'], { issuer: 'https://other.example.com', email: owner.email })
  await refuses(readings.decide(id, yes, elsewhere), 'own-reading')
  const sameSubject = personOf('owner3', ['owner'], { issuer: owner.issuer, subject: owner.subject })
  await refuses(readings.decide(id, yes, sameSubject), 'own-reading')
  await refuses(readings.open(id, index, owner), 'reading-not-open')
  await readings.decide(id, yes, sam)
  // Who approves does not read, and nobody else either.
  await refuses(readings.open(id, index, sam), 'not-found')
  assert.ok(await readings.open(id, index, owner))
})

test('an account of the machine may be the person who approves, so two people approve what it asks for', async (context) => {
  const { readings, log, people } = await openReadingTest(context, [sam, emil])
  const index = await appendExchange(log, emil.id, 'text')
  await refuses(readings.request(askedFor([index]), 'command-line:sam'), 'no-second-person')
  people.push(lea)
  const { id, approvalsNeeded } = await readings.request(askedFor([index]), 'command-line:sam')
  assert.equal(approvalsNeeded, 2)
  assert.equal((await readings.decide(id, yes, sam)).state, 'waiting')
  await refuses(readings.decide(id, yes, sam), 'reading-decided')
  await refuses(readings.open(id, index, 'command-line:sam'), 'reading-not-open')
  assert.equal((await readings.decide(id, yes, lea)).state, 'open')
  await refuses(readings.open(id, index, 'command-line:other'), 'not-found')
  assert.ok(await readings.open(id, index, 'command-line:sam'))
})

test('only some roles ask, and only some approve', async (context) => {
  const { readings, log } = await openReadingTest(context)
  const index = await appendExchange(log, emil.id, 'text')
  await refuses(readings.request(askedFor([index]), emil), 'role-missing')
  const { id } = await readings.request(askedFor([index]), sam)
  await refuses(readings.decide(id, yes, ada), 'role-missing')
  await refuses(readings.decide(id, yes, personOf('op', ['operator', 'reviewer'])), 'role-missing')
})

test('whoever lost the role reads no more', async (context) => {
  const { readings, log } = await openReadingTest(context)
  const index = await appendExchange(log, emil.id, 'text')
  const { id } = await readings.request(askedFor([index]), ada)
  await readings.decide(id, yes, sam)
  await refuses(readings.open(id, index, { ...ada, roles: ['employee'] }), 'role-missing')
})

test('a reading ends by the clock, and a clock set back does not open it again (abuse case 39)', async (context) => {
  const { readings, log, clock } = await openReadingTest(context)
  const index = await appendExchange(log, emil.id, 'text')
  const { id } = await readings.request(askedFor([index], { hours: 2 }), ada)
  await readings.decide(id, yes, sam)
  clock.nowMs += 2 * hourMs - 1
  assert.ok(await readings.open(id, index, ada))
  clock.nowMs += 1
  await refuses(readings.open(id, index, ada), 'reading-not-open')
  assert.equal((await readings.find(id, ada)).state, 'expired')
  clock.nowMs -= hourMs
  await refuses(readings.open(id, index, ada), 'reading-not-open')
  await refuses(readings.entries(id, ada), 'reading-not-open')
})

test('nobody approves what has expired, was declined or was ended', async (context) => {
  const { readings, log, clock } = await openReadingTest(context)
  const index = await appendExchange(log, emil.id, 'text')
  const declined = await readings.request(askedFor([index]), ada)
  assert.equal((await readings.decide(declined.id, no, sam)).state, 'declined')
  await refuses(readings.decide(declined.id, yes, lea), 'reading-decided')
  await refuses(readings.open(declined.id, index, ada), 'reading-not-open')
  const ended = await readings.request(askedFor([index]), ada)
  await readings.decide(ended.id, yes, sam)
  assert.equal((await readings.end(ended.id, ada)).state, 'ended')
  await refuses(readings.end(ended.id, ada), 'reading-decided')
  await refuses(readings.open(ended.id, index, ada), 'reading-not-open')
  const late = await readings.request(askedFor([index]), ada)
  clock.nowMs += 25 * hourMs
  await refuses(readings.decide(late.id, yes, sam), 'reading-decided')
})

test('an approver and the machine end a reading early; a person without a part does not', async (context) => {
  const { readings, log } = await openReadingTest(context)
  const index = await appendExchange(log, emil.id, 'text')
  const one = await readings.request(askedFor([index]), ada)
  await refuses(readings.end(one.id, emil), 'role-missing')
  assert.equal((await readings.end(one.id, lea)).ended?.by, 'lea@example.com')
  const other = await readings.request(askedFor([index]), ada)
  assert.equal((await readings.end(other.id, 'command-line:root')).state, 'ended')
})

test('a reading of receipts opens these and nothing else', async (context) => {
  const { readings, log } = await openReadingTest(context)
  const index = await appendExchange(log, emil.id, 'covered')
  const other = await appendExchange(log, emil.id, 'not covered')
  const { id } = await readings.request(askedFor([index]), ada)
  await readings.decide(id, yes, sam)
  await refuses(readings.open(id, other, ada), 'outside-reading')
  // The outcome is read with its intent; by itself it is no exchange.
  await refuses(readings.open(id, index + 1, ada), 'outside-reading')
  await refuses(readings.open(id, 999_999, ada), 'outside-reading')
  assert.deepEqual(
    (await readings.entries(id, ada)).map(({ receipt }) => receipt),
    [`${log.origin}#${index}`],
  )
})

test('a reading of a person opens what that person entered in the span, the start included and the end not', async (context) => {
  const { readings, log, clock } = await openReadingTest(context)
  const startMs = clock.nowMs
  const first = await appendExchange(log, emil.id, 'first')
  const others = await appendExchange(log, lea.id, 'of somebody else')
  clock.nowMs = startMs + hourMs
  const after = await appendExchange(log, emil.id, 'after')
  const person = { email: emil.email, sinceMs: startMs, untilMs: startMs + hourMs }
  const { id, covers } = await readings.request({ reason: 'Looked at with HR.', hours: 24, person }, ada)
  assert.deepEqual(covers, {
    what: 'person',
    person: 'emil@example.com',
    since: '2026-11-25T12:00:00.000Z',
    until: '2026-11-25T13:00:00.000Z',
  })
  await readings.decide(id, yes, sam)
  assert.deepEqual(
    (await readings.entries(id, ada)).map(({ index }) => index),
    [first],
  )
  assert.ok(await readings.open(id, first, ada))
  await refuses(readings.open(id, others, ada), 'outside-reading')
  await refuses(readings.open(id, after, ada), 'outside-reading')
})

test('a reading of a question covers what it found when it was asked, and nothing that fits it later', async (context) => {
  const { readings, log } = await openReadingTest(context)
  const first = await appendExchange(log, emil.id, 'first', 'case-17')
  const other = await appendExchange(log, emil.id, 'other', 'case-18')
  const asked = { reason: 'A customer complained about case 17.', hours: 24, query: 'case-17' }
  const { id, covers } = await readings.request(asked, ada)
  assert.deepEqual(covers, { what: 'query', query: 'case-17', exchanges: 1 })
  const later = await appendExchange(log, emil.id, 'later', 'case-17')
  await readings.decide(id, yes, sam)
  assert.deepEqual(
    (await readings.entries(id, ada)).map(({ index }) => index),
    [first],
  )
  assert.ok(await readings.open(id, first, ada))
  for (const each of [other, later]) await refuses(readings.open(id, each, ada), 'outside-reading')
  await refuses(readings.request({ ...asked, query: 'nothing' }, ada), 'request-invalid')
})

test('listing what a reading covers is logged as well', async (context) => {
  const { readings, log } = await openReadingTest(context)
  const { id } = await readings.request(askedFor([await appendExchange(log, emil.id, 'text')]), ada)
  await readings.decide(id, yes, sam)
  await readings.entries(id, ada)
  const last = await log.open(log.size() - 1)
  assert.equal(last?.kind, 'read')
  assert.deepEqual(last?.facts, { reason: 'search', about: id })
})

test('words are looked for in what a reading covers and nowhere else; what holds them is opened, and told', async (context) => {
  const { readings, log, clock } = await openReadingTest(context)
  const sinceMs = clock.nowMs
  const found = await appendExchange(log, emil.id, 'The HERON flies at midnight')
  await appendExchange(log, emil.id, 'the crane sleeps')
  await appendExchange(log, lea.id, 'the heron of somebody else')
  clock.nowMs += hourMs
  const person = { email: emil.email, sinceMs, untilMs: clock.nowMs }
  const { id } = await readings.request(askedFor([], { receipts: undefined, person }), ada)
  await refuses(readings.search(id, { words: 'heron' }, ada), 'reading-not-open')
  await readings.decide(id, yes, sam)
  await refuses(readings.search(id, { words: 'a' }, ada), 'request-invalid')
  await refuses(readings.search(id, { words: 'heron' }, sam), 'not-found')
  const nothing = await readings.search(id, { words: 'ostrich' }, ada)
  assert.deepEqual([nothing.entries.length, nothing.scanned, nothing.isCut], [0, 2, false])
  assert.deepEqual(await readings.noticesOf(emil.id), [])
  const { entries } = await readings.search(id, { words: 'midnight heron' }, ada)
  assert.deepEqual(
    entries.map(({ receipt }) => receipt),
    [`${log.origin}#${found}`],
  )
  const [notice] = await readings.noticesOf(emil.id)
  assert.equal(notice?.entries[0]?.receipt, `${log.origin}#${found}`)
  const searches = await log.search({ kinds: ['read'], limit: 10 })
  const sealed = await Promise.all(searches.map(async ({ index }) => (await log.open(index))?.payload))
  assert.ok(sealed.some((payload) => /midnight heron/.test(Buffer.from(payload ?? []).toString())))
})

test('what is asked for must be there and be bounded', async (context) => {
  const { readings, log, clock } = await openReadingTest(context)
  await appendExchange(log, emil.id, 'text')
  const ask = (more: object): Promise<unknown> =>
    readings.request({ reason: 'A reason that is long.', hours: 24, ...more } as AskedReading, ada)
  const { nowMs } = clock
  const span = (sinceMs: number, untilMs: number, email = emil.email) =>
    ask({ person: { email, sinceMs, untilMs } })
  await refuses(ask({ receipts: ['another.example.com/log#1'] }), 'request-invalid')
  await refuses(ask({ receipts: ['one'] }), 'request-invalid')
  await refuses(ask({ receipts: ['0'] }), 'request-invalid')
  await refuses(ask({ receipts: ['999999'] }), 'request-invalid')
  await refuses(span(nowMs - dayMs, nowMs + 1), 'request-invalid')
  await refuses(span(nowMs, nowMs), 'request-invalid')
  await refuses(span(nowMs - 93 * dayMs, nowMs), 'request-invalid')
  await refuses(span(nowMs - dayMs, nowMs, 'nobody@example.com'), 'request-invalid')
})

test('while a legal hold covers the person nobody tells, and afterwards the notice is given', async (context) => {
  const { readings, log, held } = await openReadingTest(context)
  const index = await appendExchange(log, emil.id, 'text')
  held.add(emil.id)
  const { id } = await readings.request(askedFor([index]), ada)
  await readings.decide(id, yes, sam)
  await readings.open(id, index, ada)
  assert.equal(await readings.tellDue(), 0)
  assert.deepEqual(await readings.noticesOf(emil.id), [])
  assert.deepEqual(await log.search({ kinds: ['read-notice'], limit: 10 }), [])
  held.clear()
  assert.equal(await readings.tellDue(), 1)
  assert.equal(await readings.tellDue(), 0)
  assert.equal((await readings.noticesOf(emil.id))[0]?.entries.length, 1)
  assert.equal((await log.search({ kinds: ['read-notice'], limit: 10 }))[0]?.subject, emil.id)
})

test('a hold that comes after the notice keeps back what is opened since', async (context) => {
  const { readings, log, held, clock } = await openReadingTest(context)
  const first = await appendExchange(log, emil.id, 'text')
  const second = await appendExchange(log, emil.id, 'more')
  const { id } = await readings.request(askedFor([first, second]), ada)
  await readings.decide(id, yes, sam)
  await readings.open(id, first, ada)
  held.add(emil.id)
  clock.nowMs += 1_000
  await readings.open(id, second, ada)
  assert.equal((await readings.noticesOf(emil.id))[0]?.entries.length, 1)
  held.clear()
  assert.equal((await readings.noticesOf(emil.id))[0]?.entries.length, 2)
})

test('a held person with a role sees nothing of the reading that concerns them', async (context) => {
  const { readings, log, held } = await openReadingTest(context)
  const index = await appendExchange(log, sam.id, 'text')
  held.add(sam.id)
  const { id } = await readings.request(askedFor([index]), ada)
  assert.deepEqual(await readings.list(sam), [])
  await refuses(readings.find(id, sam), 'not-found')
  await refuses(readings.decide(id, no, sam), 'not-found')
  await refuses(readings.end(id, sam), 'not-found')
  assert.equal((await readings.list(lea)).length, 1)
  held.clear()
  assert.equal((await readings.list(sam)).length, 1)
})

test('a start takes over what reached the log and not the store', async (context) => {
  const { readings, log, again, people } = await openReadingTest(context)
  const index = await appendExchange(log, emil.id, 'text')
  const { id } = await readings.request(askedFor([index]), ada)
  await readings.decide(id, yes, sam)
  await readings.open(id, index, ada)
  const other = await readings.request(askedFor([index]), ada)
  await readings.end(other.id, ada)
  // A search in between is not an opening.
  await readings.entries(id, ada)
  const empty = await newDatabase(context)
  const afterwards = await again(empty)
  assert.deepEqual(await afterwards.list(ada), await readings.list(ada))
  assert.deepEqual(await afterwards.noticesOf(emil.id), await readings.noticesOf(emil.id))
  assert.equal(await afterwards.tellDue(), 0, 'nobody is told twice')
  assert.equal(people.length, 4)
  const third = await again(empty)
  assert.deepEqual(await third.list(ada), await readings.list(ada), 'a second start adds nothing')
})

test('an opening whose notice was cut off by a crash is told of at the next start', async (context) => {
  const { readings, log, again, held } = await openReadingTest(context)
  const index = await appendExchange(log, emil.id, 'text')
  const { id } = await readings.request(askedFor([index]), ada)
  await readings.decide(id, yes, sam)
  // As a crash between the two entries leaves it: opened, not told.
  held.add(emil.id)
  await readings.open(id, index, ada)
  held.clear()
  const afterwards = await again(await newDatabase(context))
  assert.equal(await afterwards.tellDue(), 1)
  assert.equal((await afterwards.noticesOf(emil.id)).length, 1)
})

test('two decisions at the same moment: one of them is taken', async (context) => {
  const { readings, log } = await openReadingTest(context)
  const { id } = await readings.request(askedFor([await appendExchange(log, emil.id, 'text')]), ada)
  const results = await Promise.allSettled([readings.decide(id, yes, sam), readings.decide(id, no, lea)])
  assert.deepEqual(
    results.map(({ status }) => status),
    ['fulfilled', 'rejected'],
  )
})
