import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { makeAuthority } from '#/core/test-certificates.ts'
import type { SplunkSinkSettings } from '#/settings/api.ts'
import { type Sink, SinkFailure } from '../../api.ts'
import { until } from '../../test-log.ts'
import { formatted, surroundings } from '../test-around.ts'
import { readRetryAfter } from './collector.ts'
import { splunkSink } from './splunk-hec.ts'
import { TestCollector } from './test-collector.ts'

// Put together from parts, so that scanners stay quiet.
const token = ['11111111', '2222', '3333', '4444', '555555555555'].join('-')
const around = surroundings('ocsf', { token })

async function begin(context: TestContext, more: Partial<SplunkSinkSettings> = {}, name = 'ocsf') {
  const collector = new TestCollector()
  await collector.listen(context)
  return { collector, sink: open(context, collector.url, more, name) }
}

function open(
  context: TestContext,
  url: string,
  more: Partial<SplunkSinkSettings> = {},
  name = 'ocsf',
  ca?: string,
): Sink {
  const sink = splunkSink.open(
    {
      ...{ kind: 'splunk-hec', id: 'splunk', format: 'ocsf', from: 'beginning', people: false },
      ...{ url, token: 'env:TOKEN', ca: undefined, index: undefined, gzip: true, acknowledge: false },
      ...more,
    },
    surroundings(name, { token, ca }),
  )
  context.after(() => sink.close())
  return sink
}

test('events arrive with time, source and the id as a field, packed and unpacked', async (context) => {
  for (const gzip of [true, false]) {
    const { collector, sink } = await begin(context, { gzip, index: 'ai_audit' })
    await sink.send(formatted(0, 3, around))
    await sink.settle()
    const { event, ...envelope } = collector.events[2] ?? assert.fail()
    assert.deepEqual(envelope, {
      time: Date.UTC(2026, 10, 23) / 1_000 + 0.002,
      host: 'gate.example.com',
      source: 'log.example.com/test',
      sourcetype: 'sallyport:ocsf',
      index: 'ai_audit',
      fields: { id: 'log.example.com/test#2', format: 'ocsf-1.8.0', kind: 'intent' },
    })
    assert.equal((event as { class_uid: number }).class_uid, 6003)
    assert.equal(collector.requests[0]?.path, '/services/collector/event')
    assert.equal(collector.requests[0]?.headers.authorization, `Splunk ${token}`)
    assert.equal(collector.requests[0]?.headers['content-encoding'], gzip ? 'gzip' : undefined)
  }
})

test('a format that is no JSON arrives as a text', async (context) => {
  const { collector, sink } = await begin(context, {}, 'cef')
  const cef = surroundings('cef')
  await sink.send(formatted(0, 1, cef))
  assert.match(collector.events[0]?.event as string, /^CEF:0\|Sallyport/)
})

test('many events go out in requests of a bounded size', async (context) => {
  const { collector, sink } = await begin(context)
  await sink.send(formatted(0, 1_000, around, 'x'.repeat(2_000)))
  assert.equal(collector.events.length, 1_000)
  assert.ok(collector.requests.length > 4, String(collector.requests.length))
})

test('an error counts as one, also behind the status 200', async (context) => {
  for (const [answer, problem] of [
    [
      { status: 200, body: { text: 'Server is busy', code: 9 } },
      /answered 200 with an error \(code 9 Server is busy\)/,
    ],
    [{ status: 200, body: '<html>Welcome to the proxy</html>' }, /no answer of a collector/],
    [{ status: 200, body: {} }, /no answer of a collector/],
    [{ status: 403, body: { text: 'Invalid token', code: 4 } }, /answered 403 \(code 4 Invalid token\)/],
    [{ status: 500, body: '' }, /answered 500/],
    [
      { status: 400, body: { text: 'Incorrect index', code: 7, 'invalid-event-number': 0 } },
      /answered 400 \(code 7 Incorrect index\)/,
    ],
    [{ isCut: true }, /closed|terminated|socket/i],
    [{ status: 302, headers: { location: 'https://elsewhere.example.com/' }, body: '' }, /answered 302/],
    [{ status: 200, body: 'x'.repeat(100_000) }, /answered with more than 65536 bytes/],
  ] as const) {
    const { collector, sink } = await begin(context)
    collector.misbehave = () => answer
    await assert.rejects(sink.send(formatted(0, 2, around)), (error) => {
      assert.ok(error instanceof SinkFailure)
      assert.match(error.message, problem)
      return true
    })
  }
})

test('how long to wait is taken from 429 and 503, and never more than five minutes', async (context) => {
  for (const [header, expected] of [
    ['7', 7_000],
    ['1000000000', 300_000],
  ] as const) {
    const { collector, sink } = await begin(context)
    collector.misbehave = () => ({ status: 429, headers: { 'retry-after': header }, body: '' })
    await assert.rejects(
      sink.send(formatted(0, 1, around)),
      (error) => error instanceof SinkFailure && error.retryAfterMs === expected,
    )
  }
  const now = Date.UTC(2026, 10, 23)
  assert.equal(readRetryAfter('Mon, 23 Nov 2026 00:00:30 GMT', now), 30_000)
  assert.equal(readRetryAfter('Sun, 22 Nov 2026 00:00:30 GMT', now), 0)
  assert.equal(readRetryAfter('soon', now), undefined)
  assert.equal(readRetryAfter('-5', now), undefined)
})

test('an event that is not wanted is told by its id, and all others arrive', async (context) => {
  const { collector, sink } = await begin(context)
  collector.misbehave = (events) => {
    const at = events.findIndex(({ fields }) => /#[37]$/.test(fields.id))
    if (at < 0) return undefined
    return {
      status: 400,
      body: { text: 'Invalid data format', code: 6, 'invalid-event-number': at },
      isDropped: true,
    }
  }
  const { refused } = await sink.send(formatted(0, 10, around))
  assert.deepEqual(
    refused.map(({ id }) => id),
    ['log.example.com/test#3', 'log.example.com/test#7'],
  )
  assert.match(refused[0]?.why ?? '', /code 6 Invalid data format/)
  assert.equal(collector.events.length, 8)
})

test('a refusal of an event that was not sent is a failure, not a success', async (context) => {
  const { collector, sink } = await begin(context)
  collector.misbehave = () => ({
    status: 400,
    body: { text: 'Invalid', code: 6, 'invalid-event-number': 99 },
    isDropped: true,
  })
  await assert.rejects(sink.send(formatted(0, 2, around)), SinkFailure)
})

test('with acknowledgement nothing counts before the indexer says so', async (context) => {
  const { collector, sink } = await begin(context, { acknowledge: true })
  collector.acknowledges = true
  await sink.send(formatted(0, 2, around))
  let isSettled = false
  const settling = sink.settle().then(() => {
    isSettled = true
  })
  await until(
    () => collector.requests.filter(({ path }) => path.includes('/ack')).length >= 2,
    'it has asked twice',
  )
  assert.equal(isSettled, false)
  collector.acknowledged.add(0)
  await settling
  const channels = new Set(collector.requests.map(({ headers }) => headers['x-splunk-request-channel']))
  assert.equal(channels.size, 1)
  assert.match([...channels][0] as string, /^[0-9a-f-]{36}$/)
})

test('a token without acknowledgement is told, when the settings want it', async (context) => {
  const { sink } = await begin(context, { acknowledge: true })
  await assert.rejects(
    sink.send(formatted(0, 1, around)),
    /does not acknowledge: switch it on for this token/,
  )
})

test('the token stands in no error, whatever comes back', async (context) => {
  const { collector, sink } = await begin(context)
  collector.misbehave = () => ({
    status: 403,
    body: { text: `Invalid token ${token}\u001b[2J\nforged`, code: 4 },
  })
  const error = await sink.send(formatted(0, 1, around)).catch((caught: unknown) => caught)
  assert.ok(error instanceof SinkFailure)
  assert.match(error.message, /Invalid token \[the token\]\\u\{1b\}\[2J\\nforged/)
  collector.close()
  const gone = await sink.send(formatted(0, 1, around)).catch((caught: unknown) => caught)
  const dump = `${JSON.stringify(gone)} ${String(gone)} ${String((gone as Error).cause)}`
  assert.ok(!dump.includes(token), dump)
})

test('https trusts the authority of the settings and no other', async (context) => {
  const authority = makeAuthority()
  const collector = new TestCollector()
  await collector.listen(context, authority.issue('splunk.example.com', true))
  await open(context, collector.url, {}, 'ocsf', authority.certificate).send(formatted(0, 1, around))
  assert.equal(collector.events.length, 1)
  await assert.rejects(open(context, collector.url).send(formatted(1, 1, around)), SinkFailure)
  assert.equal(collector.requests.length, 1, 'nothing, and no token, went to a stranger')
})
