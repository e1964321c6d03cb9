import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import type { LogLine } from '#/core/log-line.ts'
import type { SplunkSinkSettings } from '#/settings/api.ts'
import { newFolder } from '../log-for-tests.ts'
import { formatNamed } from './formats/index.ts'
import { Forwarder } from './forwarder.ts'
import { splunkSink } from './sinks/splunk-hec/splunk-hec.ts'
import { type Answer, TestCollector } from './sinks/splunk-hec/test-collector.ts'
import { surroundings } from './sinks/test-around.ts'
import { growingLog, origin, until, waitingClock } from './test-log.ts'

const hourMs = 3_600_000
const entriesPerSecond = 2

/**
 * Down for an hour while the log grows, then back with one trouble after the other: busy, an error behind 200,
 * connections cut after everything was taken, and an event it does not want.
 */
test('after an hour of outage nothing is missing, and what came twice has the same id', async (context) => {
  const collector = new TestCollector()
  await collector.listen(context)
  const growing = growingLog()
  const startMs = Date.UTC(2026, 10, 23)
  let largestRequest = 0
  let troubles: Answer[] = []
  const { clock, pause } = waitingClock((nowMs) => {
    const due = Math.min(
      Math.floor(((nowMs - startMs) / 1_000) * entriesPerSecond),
      (hourMs / 1_000) * entriesPerSecond,
    )
    growing.grow(due - growing.log.size(), nowMs)
  })
  const nowMs = () => clock.now() - startMs
  let answered = 0
  collector.misbehave = (events) => {
    largestRequest = Math.max(largestRequest, events.length)
    if (nowMs() < hourMs) return { status: 503, body: '', isDropped: true }
    answered++
    const unwanted = events.findIndex(
      ({ fields, event }) => fields.id === `${origin}#4321` && !JSON.stringify(event).includes('refused'),
    )
    if (unwanted >= 0)
      return { status: 400, body: { text: 'no', code: 6, 'invalid-event-number': unwanted }, isDropped: true }
    return answered % 5 === 0 ? troubles.shift() : undefined
  }
  troubles = [
    { status: 429, headers: { 'retry-after': '20' }, body: '', isDropped: true },
    { status: 200, body: { text: 'Server is busy', code: 9 }, isDropped: true },
    { isCut: true },
    { status: 200, body: 'a page of a proxy', isDropped: true },
    { isCut: true },
    { status: 500, body: 'taken all the same' },
  ]
  const lines: LogLine[] = []
  const format = formatNamed('ocsf', { version: '0.0.0' })
  assert.ok(format !== undefined)
  const settings: SplunkSinkSettings = {
    ...{ kind: 'splunk-hec', id: 'splunk', format: 'ocsf', from: 'beginning', people: false },
    ...{
      url: collector.url,
      token: 'env:TOKEN',
      ca: undefined,
      index: undefined,
      gzip: false,
      acknowledge: false,
    },
  } as const
  const forwarder = new Forwarder({
    ...{ settings, log: growing.log, format, clock, pause, random: () => 0.5, settleEveryMs: 0 },
    cursorPath: join(await newFolder(context), 'splunk.cursor'),
    openSink: () => splunkSink.open(settings, surroundings('ocsf', { token: 'x' })),
    findPerson: async () => undefined,
    writeLine: (line) => lines.push(line),
  })
  context.after(() => forwarder.close())
  await forwarder.prepare()
  growing.grow(1)
  forwarder.start()
  const size = (hourMs / 1_000) * entriesPerSecond
  await until(
    () => nowMs() > hourMs && growing.log.size() === size && forwarder.status().lag === 0,
    'it has caught up',
    60_000,
  )
  await forwarder.close()

  const ids = collector.events.map(({ fields }) => fields.id)
  const distinct = new Set(ids)
  assert.equal(distinct.size, size, 'missing: 0')
  for (let index = 0; index < size; index++) assert.ok(distinct.has(`${origin}#${index}`), String(index))
  assert.ok(ids.length > size, 'something came twice')
  assert.equal(troubles.length, 0, 'every trouble was met')
  assert.equal(forwarder.status().refused, 1)
  assert.ok(largestRequest <= 201, `a batch is bounded: ${largestRequest}`)
  // Once for the hour, once for each trouble after it: never once for each try.
  const outages = lines.filter(({ what }) => what.includes('takes no events'))
  assert.ok(outages.length <= 7, String(outages.length))
})
