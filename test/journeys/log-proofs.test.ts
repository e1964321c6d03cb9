import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { promisify } from 'node:util'
import { logFolder } from '#/audit/layout.ts'
import { type Company, startCompany } from '../support/company.ts'
import { runCommand } from '../support/process.ts'

/** Proofs from outside: a caller checks a receipt, an auditor checks the log, both with the single file alone. */

const verifier = join(import.meta.dirname, '..', '..', 'bin', 'sallyport-verify.mjs')

let company: Company
let key: string
let environment: NodeJS.ProcessEnv
let log: string
let vkey: string

before(async () => {
  company = await startCompany()
  key = (await company.createKey({ email: 'ada@example.com' })).key
  environment = {
    ...process.env,
    SALLYPORT_DATA: company.dataFolder,
    SALLYPORT_SETTINGS: join(company.folder, 'sallyport.yaml'),
  }
  log = logFolder(join(company.dataFolder, 'audit'), company.sallyport.audit.origin)
  vkey = (await readFile(join(log, 'log.vkey'), 'utf8')).trim()
})
after(() => company.end())

const get = (path: string, bearer = key): Promise<Response> =>
  fetch(`${company.sallyport.url}${path}`, { headers: { authorization: `Bearer ${bearer}` } })

async function exchange(): Promise<string> {
  const response = await fetch(`${company.sallyport.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}` },
    body: JSON.stringify({ model: 'sim-echo', messages: [{ role: 'user', content: 'What is a log?' }] }),
  })
  await response.text()
  return response.headers.get('x-sallyport-receipt') ?? assert.fail('the answer has no receipt')
}

async function verify(...words: string[]): Promise<{ code: number; out: string }> {
  const ran = promisify(execFile)(process.execPath, [verifier, ...words])
  return ran.then(
    ({ stdout }) => ({ code: 0, out: stdout }),
    (error: { code: number; stdout: string; stderr: string }) => ({
      code: error.code,
      out: error.stdout + error.stderr,
    }),
  )
}

test('a caller fetches the proof of a receipt within two seconds, and checks it offline', async () => {
  const receipt = await exchange()
  const startedAt = performance.now()
  const response = await get(`/api/log/proofs/${receipt.split('#')[1]}`)
  const proof = await response.text()
  const tookMs = performance.now() - startedAt
  assert.equal(response.status, 200, proof)
  assert.ok(tookMs < 2_000, `${tookMs} ms`)
  const file = join(company.folder, 'receipt.tlog-proof')
  await writeFile(file, proof)
  const { code, out } = await verify('proof', file, '--key', vkey)
  assert.equal(code, 0, out)
  assert.ok(out.includes(receipt), out)
  assert.match(out, /"kind":"intent"/)
  await writeFile(file, proof.replace('"', "'").replace(/^index \d+/m, 'index 0'))
  assert.equal((await verify('proof', file, '--key', vkey)).code, 1)
})

test("another caller's key gets no proof, and nobody gets one without a key", async () => {
  const index = (await exchange()).split('#')[1]
  const other = (await company.createKey({ email: 'bob@example.com' })).key
  assert.equal((await get(`/api/log/proofs/${index}`, other)).status, 404)
  assert.equal((await get(`/api/log/proofs/${index}`, 'nonsense')).status, 401)
  assert.equal((await fetch(`${company.sallyport.url}/api/log/proofs/${index}`)).status, 401)
})

test('the command line gives the same proof, while the server runs', async () => {
  const receipt = await exchange()
  const file = join(company.folder, 'from-command.tlog-proof')
  const { code, stderr } = await runCommand(['audit', 'proof', receipt, '--out', file], environment)
  assert.equal(code, 0, stderr)
  assert.equal((await verify('proof', file, '--key', vkey)).code, 0)
  const wrong = await runCommand(['audit', 'proof', 'other.example.com#1'], environment)
  assert.equal(wrong.code, 1)
  assert.match(wrong.stderr, /another log/)
  assert.equal((await runCommand(['audit', 'proof', receipt.replace(/\d+$/, '999999')], environment)).code, 1)
})

test('an auditor checks the log with the single file, also while it grows, and that it goes on from an old checkpoint', async () => {
  await exchange()
  const old = join(company.folder, 'old-checkpoint')
  await writeFile(old, await (await get('/api/log/checkpoint')).text())
  const proved = await get(`/api/log/proofs/${(await exchange()).split('#')[1]}`)
  assert.equal(proved.status, 200)
  const whole = await verify('log', log, '--key', vkey, '--since', old)
  assert.equal(whole.code, 0, whole.out)
  const newer = join(company.folder, 'new-checkpoint')
  await writeFile(newer, await (await get('/api/log/checkpoint')).text())
  const consistent = await verify('consistency', old, newer, log, '--key', vkey)
  assert.equal(consistent.code, 0, consistent.out)
  assert.notEqual((await verify('consistency', newer, old, log)).code, 0)
  const ours = await runCommand(['audit', 'verify', '--since', old, '--json'], environment)
  assert.equal(ours.code, 0, ours.stdout)
})

test('tiles are served, made anew by command while the server runs, and health says how checkpoints are', async () => {
  await get('/api/log/proofs/0')
  const size = Number((await (await get('/api/log/checkpoint')).text()).split('\n')[1])
  const tile = await get(`/api/log/tile/0/000.p/${size}`)
  assert.equal(tile.status, 200)
  assert.equal((await tile.arrayBuffer()).byteLength, size * 32)
  assert.equal(
    (await get(`/api/log/tile/entries/000.p/${size}`)).status,
    403,
    'headers are not for every caller',
  )
  const rebuilt = await runCommand(['audit', 'rebuild-tiles', '--json'], environment)
  assert.equal(rebuilt.code, 0, rebuilt.stderr)
  assert.equal((await get(`/api/log/tile/0/000.p/${size}`)).status, 200)
  const health = await (await fetch(`${company.sallyport.url}/health/ready`)).json()
  assert.deepEqual(health, { ready: true, log: 'alive', checkpoints: 'current', checkpointCopies: 'none' })
})
