import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { KeyView } from '#/identity/keys/api.ts'
import type { Local } from './command.ts'
import { run } from './test-world.ts'

let folder: string
let environment: Record<string, string>
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sallyport-keys-'))
  environment = { SALLYPORT_DATA: folder }
})
after(() => rm(folder, { recursive: true }))

const now = Date.parse('2026-06-01T00:00:00Z')

function answering(answers: Readonly<Record<string, unknown>>) {
  const inputs: Record<string, unknown>[] = []
  const handlers = Object.fromEntries(
    Object.entries(answers).map(([name, answer]) => [
      name,
      async (input: Record<string, unknown>) => {
        inputs.push({ name, ...input })
        return answer
      },
    ]),
  ) as Local['handlers']
  return { inputs, handlers }
}

const view = (id: string, more: Partial<KeyView> = {}): KeyView => ({
  id,
  label: null,
  person: { id: 'person_1', email: 'ada@example.com' },
  service: null,
  bounds: {},
  parent: null,
  workload: null,
  createdBy: 'command-line:root',
  createdAt: '2026-01-01T00:00:00.000Z',
  expiresAt: '2026-12-01T00:00:00.000Z',
  state: 'works',
  endedWhy: null,
  isLeaked: false,
  replacedBy: null,
  lastUsedAt: null,
  uses: 0,
  machines: [],
  ...more,
})

const listed = [
  view('key_used', {
    lastUsedAt: '2026-05-30T00:00:00.000Z',
    uses: 12,
    machines: [{ address: '192.0.2.1', at: '2026-05-30T00:00:00.000Z' }],
    bounds: { useCase: 'support', highestClass: 'internal', networks: ['192.0.2.0/24'], tokensPerDay: 9 },
  }),
  view('key_old', { lastUsedAt: '2026-03-30T00:00:00.000Z' }),
  view('key_never', { createdAt: '2026-05-20T00:00:00.000Z' }),
  view('key_over', { state: 'revoked', endedWhy: 'seen in: user' }),
  view('key_builds', {
    service: { id: 'builds', label: 'Builds' },
    person: { id: 'person_2', email: 'emil@example.com' },
    state: 'replaced',
  }),
]

const list = async (...words: string[]) => {
  const { handlers } = answering({ 'key.list': { keys: listed } })
  const { out } = await run(['key', 'list', ...words, '--json'], { environment, handlers, now })
  return (JSON.parse(out) as { keys: KeyView[] }).keys.map(({ id }) => id)
}

test('keys that work are listed, and all of them when asked for', async () => {
  assert.deepEqual(await list(), ['key_used', 'key_old', 'key_never', 'key_builds'])
  assert.equal((await list('--all')).length, 5)
  assert.deepEqual(await list('--person', 'Emil@example.com'), ['key_builds'])
  assert.deepEqual(await list('--use-case', 'support'), ['key_used'])
  assert.deepEqual(await list('--service', 'builds'), ['key_builds'])
})

test('unused for sixty days is a key not used since, and one as old that never was', async () => {
  assert.deepEqual(await list('--unused', '60d'), ['key_old', 'key_builds'])
})

test('a list for people says what a key is bound to, when and from where it was used, and why it ended', async () => {
  const { handlers } = answering({ 'key.list': { keys: listed } })
  const { out } = await run(['key', 'list', '--all'], { environment, handlers, now })
  assert.match(
    out,
    /key_used {2}ada@example\.com\n {2}until 2026-12-01; used 2026-05-30, 12 times, 1 address;/,
  )
  assert.match(out, /use case support; up to internal; from 192\.0\.2\.0\/24; 9 tokens a day/)
  assert.match(out, /ended: seen in: user/)
  assert.match(out, /key_builds {2}builds \(emil@example\.com\)/)
})

test('a key is bound by options, and a number that is none is a wrong call', async () => {
  const made = { id: 'key_1', key: 'sp_example', expiresAtMs: now }
  const { inputs, handlers } = answering({ 'key.create': made })
  const argv = ['key', 'create', '--service', 'builds', '--class', 'internal', '--offerings', 'west, east']
  const more = ['--networks', '192.0.2.0/24', '--per-minute', '5', '--tokens-per-day', '1000']
  assert.equal((await run([...argv, ...more], { environment, handlers, now })).exitCode, 0)
  const { by: _, name: __, ...input } = inputs[0] ?? {}
  assert.deepEqual(input, {
    service: 'builds',
    bounds: {
      highestClass: 'internal',
      offerings: ['west', 'east'],
      networks: ['192.0.2.0/24'],
      requestsPerMinute: 5,
      tokensPerDay: 1000,
    },
  })
  for (const wrong of [
    ['--per-day', '0'],
    ['--per-day', 'ten'],
    ['--person', 'ada@example.com'],
  ])
    assert.equal(
      (await run([...argv, ...wrong], { environment, handlers, now })).exitCode,
      2,
      wrong.join(' '),
    )
  assert.equal((await run(['key', 'create'], { environment, handlers, now })).exitCode, 2)
})

test('a key is replaced with an overlap of a day unless another is said', async () => {
  const { inputs, handlers } = answering({ 'key.rotate': { id: 'key_2', key: 'sp_new', expiresAtMs: now } })
  const { out } = await run(['key', 'rotate', 'key_1'], { environment, handlers })
  assert.match(out, /^sp_new\n\nKey key_2 takes the place of key_1/)
  await run(['key', 'rotate', 'key_1', '--overlap', '0m'], { environment, handlers })
  assert.deepEqual(
    inputs.map(({ overlapMs }) => overlapMs),
    [86_400_000, 0],
  )
  assert.equal(
    (await run(['key', 'rotate', 'key_1', '--overlap', 'soon'], { environment, handlers })).exitCode,
    2,
  )
})

test('a service is made with its owner, and listed', async () => {
  const service = {
    id: 'builds',
    label: 'Builds',
    owner: { id: 'p', email: 'ada@example.com' },
    createdAt: '',
  }
  const { inputs, handlers } = answering({ 'service.save': service, 'service.list': { services: [service] } })
  assert.equal((await run(['service', 'set', 'builds'], { environment, handlers })).exitCode, 2)
  await run(['service', 'set', 'builds', '--owner', 'ada@example.com'], { environment, handlers })
  assert.deepEqual([inputs[0]?.['id'], inputs[0]?.['owner']], ['builds', 'ada@example.com'])
  assert.match(
    (await run(['service', 'list'], { environment, handlers })).out,
    /builds {2}ada@example\.com {2}Builds/,
  )
})

test('a key found by a scan is revoked, and nothing is opened where there is no key or no Sallyport', async () => {
  const key = `sp_${'k7q2m9xa3bcd4efg5hij6kmn7pqr8stu9vwx2yzab'.slice(0, 40)}`
  const { inputs, handlers } = answering({ 'key.leaked': { revoked: [{ keyId: 'key_1' }] } })
  const without = await run(['inspect'], { environment, handlers, input: `KEY=${key}` })
  assert.match(without.err, /POST \/api\/keys\/leaked/)
  assert.equal(inputs.length, 0)
  await writeFile(join(folder, 'store.db'), '')
  await run(['inspect'], { environment, handlers, input: 'nothing here' })
  assert.equal(inputs.length, 0)
  const { err, out } = await run(['inspect'], { environment, handlers, input: `KEY=${key}` })
  assert.deepEqual(inputs, [{ name: 'key.leaked', texts: [key], where: 'a scan' }])
  assert.match(err, /the key key_1 was found here, and is revoked/)
  assert.ok(!out.includes(key) && !err.includes(key))
  const lines = `${JSON.stringify({ id: 1, text: `use ${key}` })}\n`
  await run(['inspect', '--jsonl'], { environment, handlers, input: lines })
  assert.equal(inputs.length, 2)
})
