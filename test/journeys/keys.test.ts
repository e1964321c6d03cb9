import assert from 'node:assert/strict'
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { startSallyport } from '#/main.ts'
import { startTestVault } from '#/sealing/guards/test-vault.ts'
import { type Company, startCompany } from '../support/company.ts'
import { runCommand } from '../support/process.ts'

/** The key of keys, as the people see it who run Sallyport. */

let company: Company
let key: string
let environment: NodeJS.ProcessEnv

before(async () => {
  company = await startCompany()
  key = (await company.createKey({ email: 'ada@example.com' })).key
  environment = {
    ...process.env,
    SALLYPORT_DATA: company.dataFolder,
    SALLYPORT_SETTINGS: join(company.folder, 'sallyport.yaml'),
  }
})
after(() => company.end())

const ask = async (content: string): Promise<number> => {
  const response = await fetch(`${company.sallyport.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}` },
    body: JSON.stringify({ model: 'sim-echo', messages: [{ role: 'user', content }] }),
  })
  await response.text()
  return response.status
}

test('rotating while exchanges go on loses none of them, and everything before it is still readable', async () => {
  assert.equal(await ask('before the rotation'), 200)
  let isDone = false
  const statuses: number[] = []
  const load = (async () => {
    while (!isDone) statuses.push(await ask('during the rotation'))
  })()
  const { code, stdout, stderr } = await runCommand(['keys', 'rotate', '--json'], environment)
  isDone = true
  await load
  assert.equal(code, 0, stderr)
  assert.equal((JSON.parse(stdout) as { version: number }).version, 2)
  assert.ok(statuses.length > 0 && statuses.every((status) => status === 200))
  const verified = await runCommand(['audit', 'verify', '--open'], environment)
  assert.equal(verified.code, 0, verified.stdout)
  const [, payloads, opened] = /payloads (\d+), opened (\d+)/.exec(verified.stdout) ?? assert.fail()
  assert.equal(payloads, opened)
  const { audit } = company.sallyport
  const kinds = (await audit.search({ limit: 1_000, kinds: ['key-rotated', 'key-destroyed'] })).map(
    ({ kind }) => kind,
  )
  assert.deepEqual(kinds, ['key-destroyed', 'key-rotated'])
})

test('the status says version, age, living keys, and until when what was erased can come back', async () => {
  const { code, stdout } = await runCommand(['keys', 'status'], environment)
  assert.equal(code, 0, stdout)
  assert.match(stdout, /version +2, made \d{4}-\d\d-\d\d, 0 days old/)
  assert.match(stdout, /lies unsealed in keys\/kek/)
  assert.match(stdout, /until the next rotation, at most 30 days/)
  assert.match(stdout, /\d{4}-\d\d +\d+ keys of 1 people/)
  const explained = await runCommand(['settings', 'explain'], environment)
  assert.match(explained.stdout, /keys.passphrase .*keys\/kek lies unsealed/)
})

test('a passphrase that is turned on seals the key, and without it nothing starts', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sallyport-keys-'))
  const settings = join(folder, 'sallyport.yaml')
  await writeFile(settings, 'keys: { passphrase: "env:PASSPHRASE" }\n')
  const lines: string[] = []
  const start = (more: Record<string, string>) =>
    startSallyport({
      environment: { PORT: '0', SALLYPORT_DATA: join(folder, 'data'), ...more },
      print: (line) => void lines.push(line),
      writeLine: () => undefined,
    })
  try {
    await (await start({})).stop()
    assert.ok(lines.some((line) => /lies unsealed in keys\/kek/.test(line)))
    lines.length = 0
    const right = { SALLYPORT_SETTINGS: settings, PASSPHRASE: 'correct horse battery' }
    await (await start(right)).stop()
    assert.ok(!lines.some((line) => /unsealed/.test(line)))
    await assert.rejects(start({}), /sealed with a passphrase: name it with keys.passphrase/)
    await assert.rejects(start({ ...right, PASSPHRASE: 'wrong horse battery' }), /does not open keys\/kek/)
    await assert.rejects(
      start({ SALLYPORT_SETTINGS: settings }),
      /environment variable PASSPHRASE, which is not set/,
    )
    // The verifier opens payloads with the same settings.
    const verified = await runCommand(['audit', 'verify', '--open'], {
      ...process.env,
      ...right,
      SALLYPORT_DATA: join(folder, 'data'),
    })
    assert.equal(verified.code, 0, verified.stdout + verified.stderr)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})

test('with Vault as the source it serves and rotates, and does not start while Vault or its token is away', async (context) => {
  const vault = await startTestVault()
  context.after(() => vault.stop())
  const folder = await mkdtemp(join(tmpdir(), 'sallyport-keys-'))
  context.after(() => rm(folder, { recursive: true, force: true }))
  await writeFile(
    join(folder, 'sallyport.yaml'),
    `keys:\n  source: vault\n  vault: { url: "${vault.url}", key: sallyport, token: "file:${join(folder, 'token')}", limitMs: 300 }\n`,
  )
  await writeFile(join(folder, 'token'), `${vault.token}\n`)
  const start = () =>
    startSallyport({
      environment: {
        PORT: '0',
        SALLYPORT_DATA: join(folder, 'data'),
        SALLYPORT_SETTINGS: join(folder, 'sallyport.yaml'),
      },
      print: () => undefined,
      writeLine: () => undefined,
    })
  const sallyport = await start()
  try {
    const ready = await fetch(`${sallyport.url}/health/ready`)
    assert.equal(ready.status, 200)
    assert.deepEqual(await ready.json(), {
      ready: true,
      log: 'alive',
      keys: 'open',
      checkpoints: 'current',
      checkpointCopies: 'none',
    })
    const rotated = (await sallyport.control['keys.rotate']?.({ by: 'test' } as never)) as { version: number }
    assert.equal(rotated.version, 2)
  } finally {
    await sallyport.stop()
  }
  const environment = {
    ...process.env,
    SALLYPORT_DATA: join(folder, 'data'),
    SALLYPORT_SETTINGS: join(folder, 'sallyport.yaml'),
  }
  const verified = await runCommand(['audit', 'verify', '--open'], environment)
  assert.equal(verified.code, 0, verified.stdout + verified.stderr)
  vault.fault = [503, { errors: ['Vault is sealed'] }]
  await assert.rejects(
    start(),
    /keys.vault refused transit\/decrypt\/sallyport with 503 \(Vault is sealed\); .*unseal it/,
  )
  vault.fault = undefined
  // A token that was renewed in its file is read without a new setting.
  vault.token = 'hvs.renewed'
  await assert.rejects(start(), /its token is wrong/)
  await writeFile(join(folder, 'token'), 'hvs.renewed')
  await (await start()).stop()
})

test('an older copy of data-keys.db beside the rotated key is refused at start, and says what to do', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sallyport-keys-'))
  const environment = { PORT: '0', SALLYPORT_DATA: join(folder, 'data') }
  const start = () => startSallyport({ environment, print: () => undefined, writeLine: () => undefined })
  const store = join(folder, 'data', 'keys', 'data-keys.db')
  try {
    const first = await start()
    await first.stop()
    await copyFile(store, join(folder, 'older.db'))
    const second = await start()
    await second.control['keys.rotate']?.({ by: 'test' } as never)
    await second.stop()
    await copyFile(join(folder, 'older.db'), store)
    await assert.rejects(start(), /one of the two is an older copy. Put back the newest of both/)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
