import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { appendExchange } from '#/audit/log-for-tests.ts'
import type { ReadingView } from '#/audit/reading/api.ts'
import { readingHandlers } from '#/audit/reading/control.ts'
import { emil, lea, openReadingTest, type ReadingTest, sam, yes } from '#/audit/reading/reading-for-tests.ts'
import type { Local } from './command.ts'
import { type Ran, run } from './test-world.ts'

interface Opened extends ReadingTest {
  readonly call: (...words: string[]) => Promise<Ran>
}

async function openCli(context: TestContext): Promise<Opened> {
  const opened = await openReadingTest(context)
  const handlers = readingHandlers(opened.readings) as Local['handlers']
  const environment = { SALLYPORT_DATA: opened.folder }
  return {
    ...opened,
    call: (...words) => run(['audit', 'read', ...words], { environment, handlers, now: opened.clock.nowMs }),
  }
}

const why = ['--reason', 'A customer complained about case 17.']

async function ask(call: Opened['call'], ...words: string[]): Promise<ReadingView> {
  const { exitCode, out, err } = await call('request', ...why, ...words, '--json')
  assert.equal(exitCode, 0, err)
  return JSON.parse(out) as ReadingView
}

test('it is asked for here, approved by two signed-in people, and opened here', async (context) => {
  const { call, log, readings } = await openCli(context)
  const index = await appendExchange(log, emil.id, 'the heron flies')
  const { id, by, approvalsNeeded } = await ask(call, '--receipt', `${log.origin}#${index}`)
  assert.match(by, /^command-line:/)
  assert.equal(approvalsNeeded, 2)
  const early = await call('open', id, String(index))
  assert.equal(early.exitCode, 1)
  assert.match(early.err, /waiting.*Ask another person/)
  await readings.decide(id, yes, sam)
  await readings.decide(id, yes, lea)
  assert.match((await call('list')).out, /open {2}until 2026-11-26T12:00:00.000Z {2}approved by 2 of 2/)
  assert.match((await call('entries', id)).out, new RegExp(`^1 exchanges\\n.*intent.*#${index} `))
  const { out, exitCode } = await call('open', id, `${log.origin}#${index}`)
  assert.equal(exitCode, 0)
  assert.match(out, /^entered: .*the heron flies/m)
  assert.match(out, /^answer: "The answer\."/m)
  assert.equal((await readings.noticesOf(emil.id)).length, 1)
  assert.match((await call('end', id)).out, /ended by command-line:/)
  assert.equal((await call('open', id, String(index))).exitCode, 1)
})

test('everything a person entered in a span can be asked for', async (context) => {
  const { call } = await openCli(context)
  const { covers, until } = await ask(call, '--person', 'emil@example.com', '--since', '2d', '--hours', '3')
  assert.deepEqual(covers, {
    what: 'person',
    person: 'emil@example.com',
    since: '2026-11-23T12:00:00.000Z',
    until: '2026-11-25T12:00:00.000Z',
  })
  assert.equal(until, '2026-11-25T15:00:00.000Z')
})

test('what a question finds can be asked for', async (context) => {
  const { call, log } = await openCli(context)
  await appendExchange(log, emil.id, 'text', 'case-17')
  const { covers } = await ask(call, '--query', 'case-17')
  assert.deepEqual(covers, { what: 'query', query: 'case-17', exchanges: 1 })
  assert.match((await call('list')).out, /covers 1 exchanges found by case-17/)
})

test('nothing that was entered or given as a reason can do anything to the terminal', async (context) => {
  const { call, log, readings } = await openCli(context)
  const index = await appendExchange(log, emil.id, 'one\u001b[2J\u202etwo\u009b31m')
  const asked = await call('request', '--reason', 'Because \u001b[2J of that', '--receipt', String(index))
  assert.match(asked.out, /Because \\u\{1b\}\[2J of that/)
  const id = /reading_\w+/.exec(asked.out)?.[0] ?? ''
  await readings.decide(id, yes, sam)
  await readings.decide(id, yes, lea)
  const { out } = await call('open', id, String(index))
  assert.doesNotMatch(out, /[\u001b\u009b\u202e]/)
  assert.match(out, /one\\u001b\[2J\\u202etwo\\u009b31m/)
})

test('what is missing is said before anything is asked', async (context) => {
  const { call, log } = await openCli(context)
  const before = log.size()
  const wrong: readonly (readonly [words: readonly string[], says: RegExp])[] = [
    [['request', '--receipt', '1'], /--reason is missing/],
    [['request', ...why], /one of --receipt, --person and --query/],
    [['request', ...why, '--receipt', '1', '--person', 'emil@example.com'], /one of --receipt/],
    [['request', ...why, '--person', 'emil@example.com'], /--since is missing/],
    [['request', ...why, '--receipt', '1', '--hours', '169'], /1 to 168/],
    [['open', 'reading_x', 'nothing'], /must be a receipt/],
  ]
  for (const [words, says] of wrong) {
    const { exitCode, err } = await call(...words)
    assert.equal(exitCode, 2, words.join(' '))
    assert.match(err, says)
  }
  assert.equal((await call('open', 'reading_x', '1')).exitCode, 1)
  assert.equal(log.size(), before)
})

test('the handlers take no name of a person', async (context) => {
  const { readings } = await openReadingTest(context)
  const handlers = readingHandlers(readings)
  await assert.rejects(
    async () => handlers['audit.reading.list']({ by: 'person_sam' }),
    /must be an account of the machine/,
  )
})
