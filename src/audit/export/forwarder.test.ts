import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import type { LogLine } from '#/core/log-line.ts'
import type { SinkSettings } from '#/settings/api.ts'
import { newFolder } from '../log-for-tests.ts'
import { type FormattedEvent, type Sink, SinkFailure } from './api.ts'
import { readCursor } from './cursor.ts'
import { formatNamed } from './formats/index.ts'
import { Forwarder, type ForwarderServices } from './forwarder.ts'
import { growingLog, origin, until, waitingClock } from './test-log.ts'

const settings: SinkSettings = {
  ...{ kind: 'file', id: 'siem', format: 'sallyport', from: 'beginning', people: false },
  ...{ path: '/nowhere', maxBytes: 1, keep: 1 },
}

/** A receiver that keeps what it was given once it was settled, and can be told to fail. */
class Receiver {
  readonly arrived: FormattedEvent[] = []
  readonly handed: FormattedEvent[] = []
  opened = 0
  failing: Error | undefined
  /** Everything of a batch arrives, and then the connection is gone. */
  isCutAfterwards = false
  refuses: (id: string) => boolean = () => false

  readonly open = (): Sink => {
    this.opened++
    let waiting: FormattedEvent[] = []
    return {
      send: async (events) => {
        if (this.failing !== undefined) throw this.failing
        const refused = events.filter(({ event }) => this.refuses(event.id) && !isNote(event))
        const taken = events.filter((each) => !refused.includes(each))
        this.handed.push(...taken)
        waiting.push(...taken)
        if (this.isCutAfterwards) {
          this.arrived.push(...waiting)
          throw new SinkFailure('cut')
        }
        return { refused: refused.map(({ event }) => ({ id: event.id, why: 'not wanted' })) }
      },
      settle: async () => {
        this.arrived.push(...waiting)
        waiting = []
      },
      close: async () => undefined,
    }
  }

  get ids(): readonly string[] {
    return this.arrived.map(({ event }) => event.id)
  }
}

const isNote = (event: FormattedEvent['event']): boolean =>
  event.is === 'entry' && event.head.facts.reason !== undefined

interface Around {
  readonly log: ReturnType<typeof growingLog>
  readonly receiver: Receiver
  readonly lines: LogLine[]
  readonly path: string
  readonly begin: (more?: Partial<ForwarderServices>) => Promise<Forwarder>
}

async function around(context: TestContext): Promise<Around> {
  const log = growingLog()
  const receiver = new Receiver()
  const lines: LogLine[] = []
  const path = join(await newFolder(context), 'export', 'siem.cursor')
  const format = formatNamed('sallyport', { version: '0.0.0' })
  assert.ok(format !== undefined)
  const begin = async (more: Partial<ForwarderServices> = {}): Promise<Forwarder> => {
    const forwarder = new Forwarder({
      ...{ settings, cursorPath: path, log: log.log, format, openSink: receiver.open, settleEveryMs: 0 },
      ...{ findPerson: async () => ({ email: 'ada@example.com', name: 'Ada' }), ...waitingClock() },
      ...{ random: () => 1, writeLine: (line) => lines.push(line) },
      ...more,
    })
    context.after(() => forwarder.close())
    await forwarder.prepare()
    return forwarder
  }
  return { log, receiver, lines, path, begin }
}

/** Sleeps for ever, as far as the test goes. */
const untilStopped = (_: number, signal: AbortSignal) =>
  new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))

const idsTo = (size: number, from = 0): readonly string[] =>
  Array.from({ length: size - from }, (_, at) => `${origin}#${from + at}`)

test('every entry arrives in order, with its id, and the cursor says so', async (context) => {
  const { log, receiver, path, begin } = await around(context)
  log.grow(450)
  const forwarder = await begin()
  assert.equal(forwarder.status().state, 'waiting')
  forwarder.start()
  await until(() => receiver.arrived.length === 450, 'all have arrived')
  log.grow(1)
  await until(() => receiver.arrived.length === 451, 'the one after has arrived')
  await forwarder.close()
  assert.deepEqual(receiver.ids, idsTo(451))
  assert.deepEqual(await readCursor(path), { next: 451, checkpoint: -1 })
  assert.deepEqual([forwarder.status().state, forwarder.status().lag], ['current', 0])
  assert.doesNotMatch(receiver.arrived[0]?.line ?? '', /person-ada|ada@example\.com/)
})

test('each checkpoint goes out once, with its note', async (context) => {
  const { log, receiver, begin } = await around(context)
  const forwarder = await begin()
  forwarder.start()
  for (const size of [3, 5]) {
    log.grow(size - log.log.size())
    log.sign()
    await until(
      () => receiver.ids.includes(`${origin}#checkpoint-${size}`),
      `the checkpoint ${size} has arrived`,
    )
  }
  await forwarder.close()
  const checkpoints = receiver.arrived.filter(({ event }) => event.is === 'checkpoint')
  assert.equal(checkpoints.length, 2)
  assert.match(
    (JSON.parse(checkpoints[1]?.line ?? '') as { checkpoint: string }).checkpoint,
    /^log\.example\.com\/test\n5\n/,
  )
})

test('a new sink that starts now is sent nothing older, also when it is down at first', async (context) => {
  const { log, receiver, begin } = await around(context)
  log.grow(10)
  await begin({ settings: { ...settings, from: 'now' } })
  log.grow(5)
  const forwarder = await begin({ settings: { ...settings, from: 'now' } })
  forwarder.start()
  await until(() => receiver.arrived.length === 5, 'the five have arrived')
  assert.deepEqual(receiver.ids, idsTo(15, 10))
})

test('names go out only where the settings say so', async (context) => {
  const { log, receiver, begin } = await around(context)
  log.grow(1)
  const known = { email: 'ada@example.com', name: 'Ada', id: 'person-ada', roles: ['owner'] }
  const forwarder = await begin({ settings: { ...settings, people: true }, findPerson: async () => known })
  forwarder.start()
  await until(() => receiver.arrived.length === 1, 'it has arrived')
  assert.match(receiver.arrived[0]?.line ?? '', /"person":\{"email":"ada@example\.com","name":"Ada"\}/)
  assert.doesNotMatch(receiver.arrived[0]?.line ?? '', /person-ada|owner/)
})

test('what was cut off after it arrived is sent again: twice by the same id, never missing', async (context) => {
  const { log, receiver, lines, begin } = await around(context)
  log.grow(300)
  receiver.isCutAfterwards = true
  const forwarder = await begin()
  forwarder.start()
  await until(() => receiver.arrived.length >= 400, 'the same batch has arrived twice')
  assert.equal(forwarder.status().state, 'failing')
  receiver.isCutAfterwards = false
  await until(() => forwarder.status().state === 'current', 'it is current')
  assert.ok(receiver.arrived.length > 300)
  assert.deepEqual([...new Set(receiver.ids)], idsTo(300))
  assert.deepEqual(
    lines.map(({ level, what }) => [level, what]),
    [
      ['warning', 'a sink of the log takes no events; it is tried again'],
      ['info', 'a sink of the log takes events again'],
    ],
  )
})

test('a killed process goes on from what has arrived; at most what was not made sure of comes twice', async (context) => {
  const { log, receiver, path, begin } = await around(context)
  log.grow(1_000)
  // Nothing is settled within an hour, so that the kill falls between sending and making sure.
  const killed = await begin({ settleEveryMs: 3_600_000, pause: untilStopped })
  killed.start()
  await until(() => receiver.handed.length === 1_000, 'all are handed over')
  assert.deepEqual(await readCursor(path), { next: 0, checkpoint: -1 })
  const next = await begin()
  next.start()
  await until(() => receiver.arrived.length === 1_000, 'all have arrived')
  assert.deepEqual(receiver.ids, idsTo(1_000))
})

test('however long nothing is made sure of, after 5,000 entries it is', async (context) => {
  const { log, receiver, path, begin } = await around(context)
  log.grow(5_200)
  const forwarder = await begin({ settleEveryMs: 3_600_000, pause: untilStopped })
  forwarder.start()
  await until(() => receiver.handed.length === 5_200, 'all are handed over')
  assert.equal((await readCursor(path))?.next, 5_000)
  assert.equal(forwarder.status().lag, 200)
})

test('an event the sink does not want is replaced by a note, and what follows goes on', async (context) => {
  const { log, receiver, lines, begin } = await around(context)
  log.grow(20)
  receiver.refuses = (id) => id === `${origin}#7`
  const forwarder = await begin()
  forwarder.start()
  await until(() => forwarder.status().state === 'current', 'it is current')
  assert.deepEqual(new Set(receiver.ids), new Set(idsTo(20)))
  const note = receiver.arrived.find(({ event }) => event.id === `${origin}#7`)
  assert.match(note?.line ?? '', /refusedBySink/)
  assert.equal(forwarder.status().refused, 1)
  assert.match(lines[0]?.problem ?? '', /siem: 1 events were refused; the first is .*#7: not wanted/)
})

test('the time between two tries doubles up to a minute, and what the sink asks for is kept', async (context) => {
  const { log, receiver, lines, begin } = await around(context)
  log.grow(1)
  const waits: number[] = []
  receiver.failing = new SinkFailure('down')
  const { pause } = waitingClock()
  const forwarder = await begin({
    pause: (ms, signal) => {
      waits.push(ms)
      if (waits.length === 9) receiver.failing = new SinkFailure('busy', { retryAfterMs: 90_000 })
      return pause(ms, signal)
    },
  })
  forwarder.start()
  await until(() => waits.length >= 10, 'ten tries')
  assert.deepEqual(
    waits.slice(0, 10),
    [1, 2, 4, 8, 16, 32, 60, 60, 60, 90].map((seconds) => seconds * 1_000),
  )
  assert.equal(lines.length, 1, 'an outage is told once')
})

test('a log put back from an older copy than its cursor stops the sink, and says what to do', async (context) => {
  const { log, receiver, lines, path, begin } = await around(context)
  log.grow(3)
  await begin()
  for (const position of [
    { next: 9, checkpoint: -1 },
    { next: 2, checkpoint: 9 },
  ]) {
    await writeFile(path, JSON.stringify({ v: 1, ...position }))
    const forwarder = await begin()
    forwarder.start()
    assert.equal(forwarder.status().state, 'stopped')
    assert.match(
      forwarder.status().lastError ?? '',
      /knows 9 entries and the log has 3.*Remove .*siem\.cursor/,
    )
    assert.equal(lines[0]?.level, 'error')
    assert.equal(receiver.opened, 0)
    assert.match(await readFile(path, 'utf8'), /:9/)
  }
})

test('a cursor that is none stops the sink', async (context) => {
  const { lines, path, begin } = await around(context)
  await begin()
  await writeFile(path, '{"v":1,"next":-4}')
  assert.equal((await begin()).status().state, 'stopped')
  assert.match(lines[0]?.problem ?? '', /is no cursor: remove it/)
})

test('a sink that never answers does not keep Sallyport from stopping', async (context) => {
  const { log, begin } = await around(context)
  log.grow(1)
  let cut: (error: Error) => void = () => undefined
  const openSink = (): Sink => ({
    send: () =>
      new Promise((_, reject) => {
        cut = reject
      }),
    settle: async () => undefined,
    close: async () => cut(new Error('closed')),
  })
  const forwarder = await begin({ openSink })
  forwarder.start()
  await until(() => forwarder.status().state === 'behind', 'it waits for the sink')
  const startedAt = performance.now()
  await forwarder.close()
  assert.ok(performance.now() - startedAt < 5_000)
})

test('entries that ended before the sink took them are said and counted, and what is left arrives', async (context) => {
  const { log, receiver, lines, begin } = await around(context)
  log.grow(50)
  const forwarder = await begin()
  receiver.failing = new SinkFailure('down')
  log.endBefore(30)
  receiver.failing = undefined
  forwarder.start()
  await until(() => receiver.arrived.length === 20, 'the rest has arrived')
  await forwarder.close()
  assert.deepEqual(receiver.ids, idsTo(50, 30))
  assert.equal(forwarder.status().missed, 30)
  assert.match(
    lines.map(({ problem }) => problem).join(),
    /30 entries from 0 on had ended before this sink took them/,
  )
})
