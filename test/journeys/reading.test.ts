import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { type Company, startCompany } from '../support/company.ts'
import { runCommand } from '../support/process.ts'
import { openSession, type SignedIn } from '../support/session.ts'

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
  for (const kind of ['read-notice', 'outcome', 'intent', 'key-created', 'sign-in'])
    assert.ok(kinds.includes(kind), kind)
})

test('the readings stand in the log, which verifies, and in no file in clear but the store', async () => {
  const kinds = ['read-request', 'read-approval', 'read-ended', 'read-notice'] as const
  const found = await company.sallyport.audit.search({ kinds, limit: 10 })
  assert.deepEqual(new Set(found.map(({ kind }) => kind)), new Set(kinds))
  const { code, stdout } = await runCommand(['audit', 'verify', '--open'], environment)
  assert.equal(code, 0, stdout)
  const files = await readdir(join(company.dataFolder, 'audit'), { recursive: true, withFileTypes: true })
  for (const file of files.filter((each) => each.isFile())) {
    const bytes = await readFile(join(file.parentPath, file.name))
    assert.ok(!bytes.includes(reason), `${file.name} holds the reason in clear`)
    assert.ok(!bytes.includes(words), `${file.name} holds what was entered in clear`)
  }
})
