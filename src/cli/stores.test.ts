import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { controlSocketPath, serveControl } from '#/core/control-socket.ts'
import { DataFolderBusy } from '#/core/data-folder.ts'
import { Refusal } from '#/core/refusal.ts'
import { SettingsError } from '#/settings/problem.ts'
import type { Local } from './command.ts'
import { run } from './test-world.ts'

const folder = mkdtempSync(join(tmpdir(), 'sallyport-cli-'))
after(() => rmSync(folder, { recursive: true }))
const environment = { SALLYPORT_DATA: join(folder, 'nothing-runs-here') }
const now = Date.parse('2026-06-01T12:00:00Z')
const dayMs = 86_400_000

/** Handlers that keep what they were given. */
function recording(answer: unknown) {
  const inputs: Record<string, unknown>[] = []
  const handle = async (input: Record<string, unknown>) => {
    inputs.push(input)
    if (answer instanceof Error) throw answer
    return answer
  }
  const handlers = { 'key.create': handle, 'key.revoke': handle } as Local['handlers']
  return { inputs, handlers }
}

const newKey = { id: 'key_1', key: 'sp_example', expiresAtMs: Date.UTC(2026, 6, 1) }

test('a key is made for a person and shown once', async () => {
  const { inputs, handlers } = recording(newKey)
  const argv = ['key', 'create', '--person', 'ada@example.com', '--use-case', 'support', '--label', 'laptop']
  const { exitCode, out, err } = await run([...argv, '--expires', '30d'], { environment, handlers, now })
  assert.equal(exitCode, 0, err)
  const { by, ...input } = inputs[0] ?? {}
  assert.deepEqual(input, {
    email: 'ada@example.com',
    useCase: 'support',
    expiresInMs: 30 * dayMs,
    label: 'laptop',
  })
  assert.match(String(by), /^command-line:\S+$/)
  assert.match(out, /^sp_example\n\nKey key_1 of ada@example\.com, until 2026-07-01T00:00:00\.000Z\./)
})

test('for a program it is one line of JSON', async () => {
  const { handlers } = recording(newKey)
  const { out } = await run(['key', 'create', '--person', 'ada@example.com', '--json'], {
    environment,
    handlers,
    now,
  })
  assert.equal(out, '{"key":"sp_example","id":"key_1","expiresAt":"2026-07-01T00:00:00.000Z"}\n')
})

test('a key never lives longer than was asked for', async () => {
  for (const [expires, days] of [
    ['90m', 0.0625],
    ['36h', 1.5],
    ['2026-06-11', 9.5],
    ['90d', 90],
  ] as const) {
    const { inputs, handlers } = recording(newKey)
    await run(['key', 'create', '--person', 'ada@example.com', '--expires', expires], {
      environment,
      handlers,
      now,
    })
    assert.equal(inputs[0]?.['expiresInMs'], days * dayMs, expires)
  }
  for (const expires of ['0d', '30s', '2025-01-01', 'soon', '']) {
    const { inputs, handlers } = recording(newKey)
    const argv = ['key', 'create', '--person', 'ada@example.com', '--expires', expires]
    assert.equal((await run(argv, { environment, handlers, now })).exitCode, 2, expires)
    assert.equal(inputs.length, 0)
  }
})

test('a key is revoked by its id, with a reason', async () => {
  const { inputs, handlers } = recording(undefined)
  const { exitCode, out } = await run(['key', 'revoke', 'key_1', '--reason', 'laptop lost'], {
    environment,
    handlers,
  })
  assert.equal(exitCode, 0)
  assert.equal(inputs[0]?.['id'], 'key_1')
  assert.equal(inputs[0]?.['reason'], 'laptop lost')
  assert.equal(out, 'The key is revoked.\n')
})

test('a refusal is told with its remedy and ends with 1, a defect with 3', async () => {
  const argv = ['key', 'create', '--person', 'ada@example.com']
  const refused = await run(argv, {
    environment,
    now,
    handlers: recording(new Refusal('person-ambiguous')).handlers,
  })
  assert.equal(refused.exitCode, 1)
  assert.match(refused.err, /^There was no data folder .*: a new one was made\..*\nsallyport: \S/)
  const dead = await run([...argv, '--json'], {
    environment,
    now,
    handlers: recording(new Refusal('log-unavailable')).handlers,
  })
  assert.equal(dead.exitCode, 3)
  assert.equal(JSON.parse(dead.out).error.code, 'log-unavailable')
  const broken = await run(argv, {
    environment,
    now,
    handlers: recording(new TypeError('x of undefined')).handlers,
  })
  assert.equal(broken.exitCode, 3)
})

test('settings that name a secret that is not there are told, each with its line', async () => {
  const openLocal = async () => {
    throw new SettingsError([
      { key: 'keys.passphrase', place: 's.yaml:8', problem: 'the variable is not set' },
    ])
  }
  const ran = await run(['keys', 'status'], { environment, openLocal })
  assert.equal(ran.exitCode, 1)
  assert.match(ran.err, /^sallyport: The settings are wrong:\n.*keys\.passphrase.*the variable is not set/)
})

test('stores opened here are closed again, also after an error', async () => {
  for (const answer of [newKey, new Refusal('key-unknown')]) {
    let closed = 0
    const openLocal = async () => ({ handlers: recording(answer).handlers, close: async () => void closed++ })
    await run(['key', 'create', '--person', 'ada@example.com'], { environment, now, openLocal })
    assert.equal(closed, 1)
  }
})

test('a running server is asked over its socket, and no store is opened here', async () => {
  const dataFolder = mkdtempSync(join(folder, 'data-'))
  const { inputs, handlers } = recording(newKey)
  const server = await serveControl(controlSocketPath(dataFolder), handlers)
  try {
    const argv = ['key', 'create', '--person', 'ada@example.com', '--json']
    const { exitCode, out, err } = await run(argv, { environment: { SALLYPORT_DATA: dataFolder }, now })
    assert.equal(exitCode, 0, err)
    assert.equal(JSON.parse(out).key, 'sp_example')
    assert.equal(inputs[0]?.['email'], 'ada@example.com')
    assert.equal('useCase' in (inputs[0] ?? {}), false)
  } finally {
    await server.close()
  }
})

test('while a server starts, its socket is waited for', async () => {
  const dataFolder = mkdtempSync(join(folder, 'data-'))
  let server: { readonly close: () => Promise<void> } | undefined
  const openLocal = async () => {
    server ??= await serveControl(controlSocketPath(dataFolder), recording(newKey).handlers)
    throw new DataFolderBusy(dataFolder, 1)
  }
  const argv = ['key', 'create', '--person', 'ada@example.com']
  const { exitCode, err } = await run(argv, { environment: { SALLYPORT_DATA: dataFolder }, now, openLocal })
  await server?.close()
  assert.equal(exitCode, 0, err)
})

test('a folder that stays busy is told, with exit code 3', async () => {
  const openLocal = async () => {
    throw new DataFolderBusy('/data', 42)
  }
  const argv = ['key', 'revoke', 'key_1']
  const { exitCode, err } = await run(argv, { environment, openLocal })
  assert.equal(exitCode, 3)
  assert.match(err, /in use by process 42/)
})
