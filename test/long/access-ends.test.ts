import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { type Sallyport, startSallyport } from '#/main.ts'
import type { SwitchView } from '#/snapshot/switches/api.ts'
import { type Simulator, startSimulator } from '../simulator/start.ts'
import { settingsText } from '../support/company.ts'
import { offeringText, policyText, recordsText, useCaseText } from '../support/records.ts'

/**
 * A thousand answers under way, and access ends: by an act (the account is ended) and by the clock (the last day of a
 * key passes), or everything is stopped. Each is cut within a second and says why; those of others go on.
 */

const streams = 1_000
const others = 50
/** A pool holds 512 sockets: more answers need another connection. */
const lines = [1, 2, 3]
const dayMs = 86_400_000

let folder: string
let simulator: Simulator
let sallyport: Sallyport
let aheadMs = 0

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sallyport-access-'))
  simulator = await startSimulator()
  const connections = lines
    .map(
      (line) =>
        `  slow-${line}: { kind: compatible, url: "http://127.0.0.1:${simulator.port}/v1", silenceLimitMs: 600000 }`,
    )
    .join('\n')
  const limits = 'limits: { requestsPerMinute: 100000, openPerCaller: 5000, openAltogether: 10000 }'
  await writeFile(join(folder, 'sallyport.yaml'), settingsText(simulator.port, limits, connections))
  const records = [
    ...lines.map((line) =>
      offeringText({ id: `stall-${line}`, connection: `slow-${line}`, model: 'sim-stall' }),
    ),
    useCaseText(
      'general-assistant',
      lines.map((line) => `stall-${line}`),
    ),
    policyText(),
  ]
  await writeFile(join(folder, 'records.yaml'), recordsText(records))
  sallyport = await startSallyport({
    environment: {
      PORT: '0',
      SALLYPORT_DATA: join(folder, 'data'),
      SALLYPORT_SETTINGS: join(folder, 'sallyport.yaml'),
    },
    clock: { now: () => Date.now() + aheadMs, monotonic: () => performance.now() },
    print: () => undefined,
    writeLine: () => undefined,
  })
})
after(async () => {
  agent.destroy()
  await sallyport.stop(0)
  await simulator.stop()
  await rm(folder, { recursive: true, force: true })
})

const agent = new Agent({ keepAlive: false, maxSockets: Number.POSITIVE_INFINITY })

interface Stream {
  text: string
  endedAt: number | undefined
}

/** Resolves once the first words have come. */
const openStream = (key: string, number: number): Promise<Stream> =>
  new Promise((resolve, reject) => {
    const stream: Stream = { text: '', endedAt: undefined }
    const asked = request(`${sallyport.url}/v1/chat/completions`, {
      agent,
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    })
    asked.on('error', reject)
    asked.on('response', (response) => {
      response.setEncoding('utf8')
      response.on('data', (piece: string) => {
        stream.text += piece
        if (stream.text.includes('Once')) resolve(stream)
      })
      response.on('end', () => {
        stream.endedAt = performance.now()
        if (!stream.text.includes('Once')) reject(new Error(stream.text))
      })
    })
    asked.end(
      JSON.stringify({
        model: `stall-${lines[number % lines.length]}`,
        stream: true,
        messages: [{ role: 'user', content: 'Tell me a story.' }],
      }),
    )
  })

async function openMany(key: string, count: number): Promise<readonly Stream[]> {
  const opened: Stream[] = []
  // In small groups, so that what is measured is the end and not a full accept queue.
  for (let at = 0; at < count; at += 50) {
    const group = Array.from({ length: Math.min(50, count - at) }, (_, index) => openStream(key, at + index))
    opened.push(...(await Promise.all(group)))
  }
  return opened
}

const control = (name: string, input: object) => sallyport.control[name]!(input as never)

const createKey = async (email: string, expiresInDays: number): Promise<string> => {
  const made = (await control('key.create', {
    ...{ email, useCase: undefined, expiresInDays, label: undefined, by: 'test' },
  })) as { key: string }
  return made.key
}

/** How long after `from` each was cut; waits three seconds at most. */
async function cutAfterMs(cut: readonly Stream[], from: number): Promise<number[]> {
  const until = performance.now() + 3_000
  while (cut.some(({ endedAt }) => endedAt === undefined) && performance.now() < until) await pause(5)
  return cut
    .map(({ endedAt }) => (endedAt ?? Number.POSITIVE_INFINITY) - from)
    .sort((one, other) => one - other)
}

const told = (what: string, took: readonly number[]): string =>
  `${what}: ${took.length} streams, cut after ${Math.round(took[Math.floor(took.length / 2)] ?? 0)} ms (median), ${Math.round(took.at(-1) ?? 0)} ms (last)`

/** The last event of a stream is the refusal, in the dialect of whoever asked. */
function assertTold({ text }: Stream, why: string, code = 'access-ended'): void {
  const last = text.trimEnd().split('\n').at(-1)?.replace('data: ', '') ?? ''
  const { error } = JSON.parse(last) as { error: { code: string; message: string } }
  assert.equal(error.code, code)
  assert.ok(error.message.includes(why), error.message)
}

test('a thousand open answers cost next to nothing to look at again', async (context) => {
  const streaming = await openMany(await createKey('first@example.com', 30), streams)
  await pause(1_000)
  const before = process.cpuUsage()
  await pause(5_000)
  const { user, system } = process.cpuUsage(before)
  const share = (user + system) / 5_000_000
  context.diagnostic(`${streams} open streams, nothing else: ${(share * 100).toFixed(1)} % of one core`)
  assert.equal(streaming.filter(({ endedAt }) => endedAt === undefined).length, streams)
  assert.ok(share < 0.1, String(share))
  await control('person.end', { who: 'first@example.com', by: 'command-line:test', reason: 'left' })
  await cutAfterMs(streaming, 0)
})

test('the account is ended: all its answers are cut within a second, and others go on', async (context) => {
  const leaving = await openMany(await createKey('leaver@example.com', 30), streams)
  const staying = await openMany(await createKey('other@example.com', 30), others)
  const from = performance.now()
  await control('person.end', { who: 'leaver@example.com', by: 'command-line:test', reason: 'left' })
  const took = await cutAfterMs(leaving, from)
  context.diagnostic(told('account ended', took))
  assert.ok((took.at(-1) ?? 0) < 1_000, told('account ended', took))
  for (const stream of leaving) assertTold(stream, 'the account was ended')
  await pause(600)
  assert.equal(staying.filter(({ endedAt }) => endedAt === undefined).length, others)
  await control('person.end', { who: 'other@example.com', by: 'command-line:test', reason: 'left' })
  await cutAfterMs(staying, 0)
})

test('the last day of a key passes: all its answers are cut within a second, and others go on', async (context) => {
  const expiring = await openMany(await createKey('short@example.com', 1), streams)
  const staying = await openMany(await createKey('long@example.com', 30), others)
  const from = performance.now()
  aheadMs += dayMs
  const took = await cutAfterMs(expiring, from)
  context.diagnostic(told('key expired', took))
  assert.ok((took.at(-1) ?? 0) < 1_000, told('key expired', took))
  for (const stream of expiring) assertTold(stream, 'the key ended')
  await pause(600)
  assert.equal(staying.filter(({ endedAt }) => endedAt === undefined).length, others)
})

test('everything is stopped: all answers are cut within a second, and a drill before it cuts none', async (context) => {
  const open = await openMany(await createKey('stopped@example.com', 30), streams)
  const asked = { scope: 'all', reason: 'For a test.' }
  const drill = { by: 'command-line:test', asked: { ...asked, drill: true, minutes: 5 } }
  const { report } = (await control('switch.pull', drill)) as SwitchView
  context.diagnostic(
    `a drill: ${report?.cut} would be cut, the last had the word after ${report?.slowestMs} ms`,
  )
  await pause(600)
  assert.equal(open.filter(({ endedAt }) => endedAt === undefined).length, streams)
  assert.ok((report?.cut ?? 0) >= streams)
  const from = performance.now()
  await control('switch.pull', { by: 'command-line:test', asked })
  const took = await cutAfterMs(open, from)
  context.diagnostic(told('everything stopped', took))
  assert.ok((took.at(-1) ?? 0) < 1_000, told('everything stopped', took))
  for (const stream of open) assertTold(stream, 'stopped by a switch', 'stopped-by-switch')
})
