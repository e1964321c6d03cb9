import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { promisify } from 'node:util'
import { readTarFiles } from '#/audit/evidence/tar-for-tests.ts'
import { type Company, startCompany } from '../support/company.ts'
import { runCommand } from '../support/process.ts'
import { openSession, type SignedIn } from '../support/session.ts'
import { standaloneFile } from '../support/standalone-verifier.ts'

/** What people entered, read by others: two of them, with a reason, for a time, and the person is told. */

let company: Company
let environment: NodeJS.ProcessEnv
let olga: SignedIn
let sofia: SignedIn
let emil: SignedIn
let receipt: string
const words = 'the heron flies at midnight'
const reason = 'A customer complained about case 17.'

before(async () => {
  company = await startCompany({
    settings: `identity:
  kind: embedded
  owners: [olga@example.com, sofia@example.com]
  accounts:
    - { email: olga@example.com, name: Olga }
    - { email: sofia@example.com, name: Sofia }
    - { email: emil@example.com, name: Emil }`,
  })
  environment = {
    ...process.env,
    SALLYPORT_DATA: company.dataFolder,
    SALLYPORT_SETTINGS: join(company.folder, 'sallyport.yaml'),
  }
  olga = await openSession(company, 'olga@example.com')
  emil = await openSession(company, 'emil@example.com')
  const { key } = await company.createKey({ email: 'emil@example.com' })
  const answer = await fetch(`${company.sallyport.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}` },
    body: JSON.stringify({ model: 'sim-echo', messages: [{ role: 'user', content: words }] }),
  })
  assert.equal(answer.status, 200, await answer.text())
  receipt = answer.headers.get('x-sallyport-receipt') ?? ''
})
after(() => company.end())

const index = (): string => receipt.split('#')[1] ?? ''

test('an employee is not let in, and a person alone is told what is missing', async () => {
  const employee = await emil.post('/api/log/readings', { reason, receipts: [receipt] })
  assert.equal(employee.status, 403)
  const alone = await olga.post('/api/log/readings', { reason, receipts: [receipt] })
  assert.equal(alone.status, 409)
  assert.equal(alone.json.error.code, 'no-second-person')
  assert.match(JSON.stringify(alone.json.error.remedies), /identity\.owners/)
})

test('asked, approved by another person, opened, told, and ended', async () => {
  sofia = await openSession(company, 'sofia@example.com')
  const asked = await olga.post('/api/log/readings', { reason, receipts: [receipt] })
  assert.equal(asked.status, 201, JSON.stringify(asked.json))
  const at = `/api/log/readings/${asked.json.id}`
  const early = await olga.get(`${at}/entries/${index()}`)
  assert.equal(early.json.error.code, 'reading-not-open')
  const own = await olga.post(`${at}/decision`, { verdict: 'approve', reason: 'I may.' })
  assert.equal(own.json.error.code, 'own-reading')
  const waiting = (await sofia.get('/api/log/readings')).json.readings[0]
  assert.deepEqual([waiting.id, waiting.state, waiting.mayDecide], [asked.json.id, 'waiting', true])
  const approved = await sofia.post(`${at}/decision`, { verdict: 'approve', reason: 'Case 17 is known.' })
  assert.deepEqual([approved.status, approved.json.state], [201, 'open'])
  assert.deepEqual((await emil.get('/api/log/notices')).json.notices, [])
  const content = await olga.get(`${at}/entries/${index()}`)
  assert.equal(content.status, 200, JSON.stringify(content.json))
  assert.match(JSON.stringify(content.json.typed), new RegExp(words))
  assert.equal((await sofia.get(`${at}/entries/${index()}`)).status, 404)
  const [notice] = (await emil.get('/api/log/notices')).json.notices
  assert.equal(notice.by, 'olga@example.com')
  assert.deepEqual(notice.approvedBy, ['sofia@example.com'])
  const mine = await emil.get(notice.entries[0].content)
  assert.match(JSON.stringify(mine.json.typed), new RegExp(words))
  assert.equal((await olga.get(notice.entries[0].content)).status, 404, 'it is not hers')
  assert.equal((await sofia.post(`${at}/end`)).json.state, 'ended')
  assert.equal((await olga.get(`${at}/entries/${index()}`)).json.error.code, 'reading-not-open')
})

test('a person lists what the log holds of them', async () => {
  const { entries } = (await emil.get('/api/log/mine')).json
  const kinds = entries.map((entry: { kind: string }) => entry.kind)
  for (const kind of ['read-notice', 'intent', 'key-created', 'sign-in'])
    assert.ok(kinds.includes(kind), kind)
  const exchange = entries.find((entry: { kind: string }) => entry.kind === 'intent')
  assert.equal(exchange.outcome.facts.decision, 'answered')
  assert.match(exchange.text, new RegExp(words))
})

test('the readings stand in the log, which verifies, and in no file in clear but the store', async () => {
  const kinds = ['read-request', 'read-approval', 'read-ended', 'read-notice'] as const
  const found = await company.sallyport.audit.search({ kinds, limit: 10 })
  assert.deepEqual(new Set(found.map(({ kind }) => kind)), new Set(kinds))
  const { code, stdout } = await runCommand(['audit', 'verify', '--open'], environment)
  assert.equal(code, 0, stdout)
  const files = await readdir(join(company.dataFolder, 'audit'), { recursive: true, withFileTypes: true })
  for (const file of files.filter(({ name }) => /\.(seg|pay)$/.test(name))) {
    const bytes = await readFile(join(file.parentPath, file.name))
    assert.ok(!bytes.includes(reason), `${file.name} holds the reason in clear`)
    assert.ok(!bytes.includes(words), `${file.name} holds what was entered in clear`)
  }
})

test('evidence of an exchange: one command, checked by the single file and any Node', async () => {
  const out = join(company.folder, 'evidence.tar')
  const asked = ['audit', 'bundle', receipt, '--out', out, '--reason', 'The auditor asked for it.']
  const made = await runCommand(asked, environment)
  assert.equal(made.code, 0, made.stderr)
  const vkey = (await readFile(join(await logFolder(), 'log.vkey'), 'utf8')).trim()
  const check = (...more: string[]) =>
    promisify(execFile)(process.execPath, [standaloneFile, 'bundle', out, '--key', vkey, ...more])
  const { stdout } = await check('--json')
  const verified = JSON.parse(stdout) as { ok: boolean; entries: number; contents: number }
  assert.deepEqual([verified.ok, verified.contents], [true, 0], stdout)
  const bytes = await readFile(out)
  assert.ok(!bytes.includes(words), 'no content without a reading')
  const files = readTarFiles(bytes)
  const { records, decisions } = JSON.parse(files.get('grounds.json')?.toString() ?? '') as {
    records: { kind: string; id: string }[]
    decisions: { receipt: string }[]
  }
  assert.deepEqual(new Set(records.map(({ kind }) => kind)), new Set(['use-case', 'offering', 'policy']))
  assert.ok(decisions.length >= records.length)
  for (const each of decisions)
    assert.ok(files.has(`entries/${each.receipt.split('#')[1]}.json`), each.receipt)
  assert.equal((await runCommand(asked, environment)).code, 1, 'nothing is written over')
  const middle = Math.floor(bytes.length / 2)
  bytes[middle] = (bytes[middle] ?? 0) ^ 1
  await writeFile(out, bytes)
  await assert.rejects(check(), { code: 1 })
})

test('evidence with contents: asked for at the command line, approved by two, and the person is told', async () => {
  const asked = await runCommand(
    ['audit', 'read', 'request', '--receipt', receipt, '--reason', 'The auditor asked for it.', '--json'],
    environment,
  )
  assert.equal(asked.code, 0, asked.stderr)
  const { id } = JSON.parse(asked.stdout) as { id: string }
  const out = join(company.folder, 'contents.tar')
  const bundle = [
    'audit',
    'bundle',
    receipt,
    '--out',
    out,
    '--reason',
    'The auditor asked for it.',
    '--reading',
    id,
  ]
  const early = await runCommand(bundle, environment)
  assert.match(early.stderr, /This reading is waiting/)
  assert.equal(early.code, 1)
  for (const person of [olga, sofia]) {
    const said = { verdict: 'approve', reason: 'Fine.' }
    assert.equal((await person.post(`/api/log/readings/${id}/decision`, said)).status, 201)
  }
  const made = await runCommand(bundle, environment)
  assert.equal(made.code, 0, made.stderr)
  const files = readTarFiles(await readFile(out))
  assert.match(files.get(`contents/${index()}.json`)?.toString() ?? '', new RegExp(words))
  assert.equal((await emil.get('/api/log/notices')).json.notices.length, 2)
})

const logFolder = async (): Promise<string> => {
  const audit = join(company.dataFolder, 'audit')
  // In no order: what keeps room on the disk lies beside the log.
  const [log] = (await readdir(audit, { withFileTypes: true })).filter((each) => each.isDirectory())
  return join(audit, log?.name ?? '')
}
