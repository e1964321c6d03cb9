import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import { createServer as createSecure } from 'node:https'
import type { AddressInfo } from 'node:net'
import { describe, type TestContext, test } from 'node:test'
import type { NewEntry } from '#/audit/api.ts'
import { migrate } from '#/core/database/migrate.ts'
import { openSqlite } from '#/core/database/sqlite.ts'
import { testEngines } from '#/core/database/test-engines.ts'
import type { LogLine } from '#/core/log-line.ts'
import { Refusal } from '#/core/refusal.ts'
import { makeAuthority } from '#/core/test-certificates.ts'
import type { Probed } from './api.ts'
import { unsafeBecause } from './merge.ts'
import { probeMigrations } from './migrations/index.ts'
import { openProbes, type ProbeServices } from './probes.ts'
import { createProbeStore, keptRuns } from './store.ts'

const nowMs = Date.parse('2026-11-26T12:00:00Z')
const authority = makeAuthority()
const secret = 'key-of-the-company'

async function provider(context: TestContext, isSecure: boolean, listener: RequestListener): Promise<string> {
  const { certificate: cert, privateKey: key } = authority.issue('models.example.com', true)
  const server = isSecure ? createSecure({ cert, key }, listener) : createServer(listener)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  context.after(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http${isSecure ? 's' : ''}://127.0.0.1:${(server.address() as AddressInfo).port}/v1`
}

const emptyLog = { search: async () => [], open: async () => undefined }

const answering: RequestListener = (_, response) => response.end('{"object":"list","data":[]}')

async function open(url: string, more: Partial<ProbeServices> = {}, database = openSqlite(':memory:')) {
  await migrate(database, probeMigrations)
  const entries: NewEntry[] = []
  const lines: LogLine[] = []
  const world = { addresses: ['10.0.0.1'] }
  const named = url.replace('127.0.0.1', 'localhost')
  const probes = await openProbes({
    store: createProbeStore(database),
    log: {
      ...emptyLog,
      append: async (entry) => ({ index: entries.push(entry) - 1, receipt: 'log#1' }),
    },
    resolve: async () => world.addresses.map((address) => ({ address })),
    clock: { now: () => nowMs, monotonic: () => performance.now() },
    writeLine: (line) => lines.push(line),
    limitMs: 2_000,
    factDays: 7,
    ca: authority.certificate,
    targets: new Map([['west', url]]),
    probeable: (id) => ({
      connection: { id, kind: 'compatible', url: named, region: undefined, silenceLimitMs: 1_000 },
      credential: async () => secret,
      retention: undefined,
    }),
    ...more,
  })
  return { probes, entries, lines, world, database }
}

test('a probe asks for the list of models, sends nothing else, and says what it saw', async (context) => {
  const seen: unknown[] = []
  const url = await provider(context, false, (request, response) => {
    const { host: _, ...headers } = request.headers
    seen.push([request.method, request.url, headers])
    answering(request, response)
  })
  const { probes, entries } = await open(url)
  assert.deepEqual(await probes.probe('west', 'person_1'), ['privateEndpoint'])
  assert.deepEqual(seen, [
    [
      'GET',
      '/v1/models',
      { accept: 'application/json', authorization: `Bearer ${secret}`, connection: 'close' },
    ],
  ])
  const view = probes.view('west')!
  assert.deepEqual([view.endpoint, view.availability?.probes, view.availability?.answered], ['private', 1, 1])
  assert.deepEqual(entries[0], {
    kind: 'probe',
    subject: 'person_1',
    facts: { about: 'connection/west', decision: 'measured', reason: 'privateEndpoint' },
    payload: entries[0]?.payload,
  })
  assert.ok(!JSON.stringify([view, entries]).includes(secret))
})

test('a probe that changes nothing has no entry, and one that does has one', async (context) => {
  const { probes, entries, world } = await open(await provider(context, false, answering))
  await probes.probe('west')
  await probes.probe('west')
  assert.equal(entries.length, 1)
  world.addresses = ['10.0.0.1', '192.0.2.1']
  assert.deepEqual(await probes.probe('west'), ['privateEndpoint'])
  assert.equal(entries.length, 2)
})

test('a certificate nobody vouches for: no credential is sent, and no exchange may go there', async (context) => {
  let asked = 0
  const url = (
    await provider(context, true, (request, response) => {
      asked++
      answering(request, response)
    })
  ).replace('127.0.0.1', 'localhost')
  // The certificate is for 127.0.0.1 and is asked for as localhost.
  const { probes, lines } = await open(url)
  await probes.probe('west')
  assert.match(unsafeBecause(probes.of('west')) ?? '', /ERR_TLS_CERT_ALTNAME_INVALID/)
  assert.equal(asked, 0)
  assert.equal(lines[0]?.what, 'no offering of the connection west serves')
})

test('over TLS the version and the certificate are kept, and the request goes', async (context) => {
  const url = await provider(context, true, answering)
  const connection = { id: 'west', kind: 'compatible', url, region: undefined, silenceLimitMs: 1_000 }
  const { probes } = await open(url, {
    probeable: () => ({ connection, credential: async () => secret, retention: undefined }),
  })
  assert.deepEqual(await probes.probe('west'), ['tls', 'certificate'])
  const { tls, availability, endpoint } = probes.view('west')!
  assert.deepEqual([tls?.protocol, tls?.problem, availability?.answered], ['TLSv1.3', null, 1])
  assert.equal(endpoint, 'this machine')
})

test('what is worse serves although the log cannot be written; what is better does not', async (context) => {
  const url = await provider(context, false, answering)
  const dead = { ...emptyLog, append: () => Promise.reject(new Refusal('log-unavailable', { why: 'dead' })) }
  const worse = await open(url, { log: dead, resolve: async () => [{ address: '192.0.2.1' }] })
  const told: (boolean | undefined)[] = []
  worse.probes.onChange(() => told.push(worse.probes.of('west')?.facts.privateEndpoint?.is))
  await assert.rejects(worse.probes.probe('west'), { code: 'log-unavailable' })
  assert.deepEqual(told, [false])
  const better = await open(url, { log: dead })
  await assert.rejects(better.probes.probe('west'), { code: 'log-unavailable' })
  assert.equal(better.probes.of('west')?.facts.privateEndpoint, undefined)
})

test('what the log did not take is written with the next probe', async (context) => {
  const entries: NewEntry[] = []
  const log = { isDead: true }
  const { probes } = await open(await provider(context, false, answering), {
    resolve: async () => [{ address: '192.0.2.1' }],
    log: {
      ...emptyLog,
      append: async (entry) => {
        if (log.isDead) throw new Refusal('log-unavailable', { why: 'full' })
        return { index: entries.push(entry) - 1, receipt: 'log#1' }
      },
    },
  })
  await assert.rejects(probes.probe('west'), { code: 'log-unavailable' })
  log.isDead = false
  assert.deepEqual(await probes.probe('west'), ['privateEndpoint'])
  assert.equal(entries.length, 1)
})

test('a probe that changes nothing lets nothing be compiled again', async (context) => {
  const { probes } = await open(await provider(context, false, answering))
  await probes.probe('west')
  let told = 0
  probes.onChange(() => told++)
  await probes.probe('west')
  assert.equal(told, 0)
})

test('one at a time: who asks while a probe is under way gets its result', async (context) => {
  let asked = 0
  const url = await provider(context, false, (request, response) => {
    asked++
    answering(request, response)
  })
  const { probes } = await open(url)
  const results = await Promise.all([probes.probe('west'), probes.probe('west'), probes.probe('west')])
  assert.equal(asked, 1)
  assert.equal(new Set(results).size, 1)
})

test('a provider that is down or slow is not available, and changes no fact', async (context) => {
  const slow = await open(await provider(context, false, () => undefined), { limitMs: 100 })
  await slow.probes.probe('west')
  assert.deepEqual(slow.probes.view('west')?.availability, {
    ...{ probes: 1, answered: 0, p50Ms: null, p95Ms: null },
  })
  assert.match(slow.probes.view('west')?.problems[0] ?? '', /did not answer within 100 ms/)
  const refusing = await open(await provider(context, false, (_, response) => response.writeHead(401).end()))
  await refusing.probes.probe('west')
  assert.match(refusing.probes.view('west')?.problems[0] ?? '', /answered the request with 401/)
  const lost = await open('https://models.example.com/v1', {
    resolve: () => Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' })),
  })
  assert.deepEqual(await lost.probes.probe('west'), [])
  assert.deepEqual(lost.probes.view('west')?.problems, ['The name does not resolve: ENOTFOUND'])
})

test('a connection that runs in this process has nothing to probe', async () => {
  const { probes } = await open('http://127.0.0.1:9/v1')
  await assert.rejects(probes.probe('demo'), { code: 'request-invalid' })
})

for (const engine of testEngines) {
  describe(`probes are kept on ${engine.name}`, { skip: engine.skip }, () => {
    test('a start knows what was measured; of another address it knows nothing', async (context) => {
      const { database, remove } = await engine.open()
      context.after(async () => {
        await database.close()
        await remove()
      })
      const url = await provider(context, false, answering)
      const first = await open(url, {}, database)
      await first.probes.probe('west')
      const again = await open(url, {}, database)
      assert.deepEqual(again.probes.of('west')?.facts, first.probes.of('west')?.facts)
      assert.equal(again.probes.view('west')?.availability?.probes, 1)
      const moved = await open('https://elsewhere.example.com/v1', {}, database)
      assert.equal(moved.probes.of('west'), undefined)
    })

    test('a start takes over what reached the log and not the store, once', async (context) => {
      const { database, remove } = await engine.open()
      context.after(async () => {
        await database.close()
        await remove()
      })
      const url = await provider(context, false, answering)
      const before = await open(url, { resolve: async () => [{ address: '192.0.2.1' }] })
      await before.probes.probe('west')
      const { kind, facts, payload } = before.entries[0]!
      let opened = 0
      const log = {
        append: () => assert.fail('nothing is measured'),
        search: async () => [{ index: 7, atMs: nowMs, kind, facts, subject: undefined }] as never,
        open: async () => {
          opened++
          return { payload: Buffer.from(payload as string) } as never
        },
      }
      const after = await open(url, { log }, database)
      assert.equal(after.probes.of('west')?.facts.privateEndpoint?.is, false)
      const again = await open(url, { log }, database)
      assert.equal(again.probes.of('west')?.facts.privateEndpoint?.is, false)
      assert.equal(opened, 1)
    })

    test('availability is told over the last hundred, and the store holds no more', async (context) => {
      const { database, remove } = await engine.open()
      context.after(async () => {
        await database.close()
        await remove()
      })
      await migrate(database, probeMigrations)
      const store = createProbeStore(database)
      const probed = {
        connection: 'west',
        target: 'x',
        atMs: nowMs,
        facts: {},
        problems: [],
      } as never as Probed
      for (let at = 0; at < keptRuns + 5; at++)
        await store.add({ probed, logIndex: -1 }, { isAvailable: at >= 5, latencyMs: at })
      const runs = (await store.readRuns()).get('west') ?? []
      assert.deepEqual([runs.length, runs[0]?.latencyMs, runs.at(-1)?.latencyMs], [100, 5, 104])
    })
  })
}
