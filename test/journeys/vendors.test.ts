import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { RecordView } from '#/register/api.ts'
import type { ToolsPage } from '#/register/vendors/api.ts'
import { type Company, startCompany } from '../support/company.ts'
import { runCommand } from '../support/process.ts'
import { offeringText, policyText, recordsText, useCaseText } from '../support/records.ts'
import { openSession, type SignedIn } from '../support/session.ts'

/** A vendor is explained or it serves nothing and its domains are blocked; tools people use have a standing. */

const dayMs = 86_400_000
const dayIn = (days: number): string => new Date(Date.now() + days * dayMs).toISOString().slice(0, 10)

const commercial = { connection: 'demo', tier: 'commercial' } as const
const records = recordsText([
  offeringText({ id: 'demo', connection: 'demo' }),
  useCaseText('general-assistant', ['demo', 'kestrel']),
  policyText(),
  `${offeringText({ id: 'kestrel', ...commercial })}\n`,
])

const fact = (is: unknown, more: object = {}) => ({
  ...{ is, source: 'contract 17', asOf: '2026-11-01', by: 'contract' },
  ...more,
})
const { exit, ...unfinished } = {
  dataFlow: fact('Prompts go to one cluster and back.'),
  retentionDays: fact(30),
  isolation: fact('A key per customer.'),
  subprocessors: fact([]),
  incidentContact: fact('security@kestrel.example.com'),
  deletion: fact({ contact: 'dpo@kestrel.example.com', how: 'By mail.', proof: 'A signed letter.' }),
  trains: fact('never'),
  dpa: fact(true, { until: dayIn(5) }),
  region: fact('eu-central'),
  transferMechanism: fact('not-needed'),
  exit: fact('An export, then deletion within 30 days.'),
}
const vendor = {
  title: 'Kestrel Cloud',
  owner: 'olga@example.com',
  processor: 'Kestrel Cloud',
  domains: ['kestrel.example.com'],
  facts: { ...unfinished, exit },
}
const tool = {
  title: 'Kestrel Chat',
  owner: 'olga@example.com',
  vendor: 'kestrel',
  form: 'chat',
  domains: ['chat.kestrel.example.com'],
  standing: 'tolerated',
  toleratedUntil: dayIn(20),
  why: 'Two teams move off it.',
  instead: 'the chat of Sallyport',
  roles: ['product'],
}

/** How far the clock of the gate is ahead. */
let aheadMs = 0
let company: Company
let olga: SignedIn
let sam: SignedIn
let mia: SignedIn
let key: string
let environment: NodeJS.ProcessEnv

before(async () => {
  company = await startCompany({
    records,
    clock: { now: () => Date.now() + aheadMs, monotonic: () => performance.now() },
    settings: `trustedProxies: [127.0.0.1]
feeds: { networks: [10.9.0.0/16] }
identity:
  kind: embedded
  owners: [olga@example.com, sam@example.com]
  accounts:
    - { email: olga@example.com, name: Olga }
    - { email: sam@example.com, name: Sam }
    - { email: mia@example.com, name: Mia }`,
  })
  await signIn()
  key = (await company.createKey({ email: 'mia@example.com', expiresInDays: 90 })).key
  environment = {
    ...process.env,
    SALLYPORT_DATA: company.dataFolder,
    SALLYPORT_SETTINGS: join(company.folder, 'sallyport.yaml'),
  }
})
after(() => company.end())

async function signIn(): Promise<void> {
  olga = await openSession(company, 'olga@example.com')
  sam = await openSession(company, 'sam@example.com')
  mia = await openSession(company, 'mia@example.com')
}
/** Decisions want a fresh sign-in. */
async function later(days: number): Promise<void> {
  aheadMs = days * dayMs
  await signIn()
}

const view = async (kind: string, id: string): Promise<RecordView> =>
  (await olga.get(`/api/records/${kind}/${id}`)).json

async function write(kind: string, id: string, body: object): Promise<void> {
  const { status, json } = await olga.put(`/api/records/${kind}/${id}`, body)
  assert.equal(status, 200, JSON.stringify(json))
}
const decide = async (kind: string, id: string, by = sam) =>
  by.post('/api/decisions', {
    ...{ kind, id, verdict: 'approve', reason: 'Looked at.' },
    version: (await view(kind, id)).total,
  })
async function approved(kind: string, id: string, body: object): Promise<void> {
  await write(kind, id, body)
  const { status, json } = await decide(kind, id)
  assert.equal(status, 201, JSON.stringify(json))
}

/** The status of an exchange with the vendor's offering. */
async function ask(): Promise<number> {
  const response = await fetch(`${company.sallyport.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'kestrel', messages: [{ role: 'user', content: 'Good morning.' }] }),
  })
  await response.text()
  return response.status
}

const feed = (name: string, headers: Readonly<Record<string, string>> = {}) =>
  fetch(`${company.sallyport.url}/feeds/${name}`, { headers })
const fromFilter = { 'x-forwarded-for': '10.9.1.2' }
const blocked = async (): Promise<readonly string[]> =>
  (await (await feed('blocklist.txt', fromFilter)).text())
    .split('\n')
    .filter((each) => each !== '' && !each.startsWith('#'))

describe('vendors and tools', { concurrency: false }, () => {
  test('an offering that names a vendor nobody has explained does not serve, and the vendor is blocked', async () => {
    assert.equal(await ask(), 200)
    await write('vendor', 'kestrel', { ...vendor, facts: unfinished })
    const { status, json } = await decide('vendor', 'kestrel')
    assert.deepEqual([status, json.error.code], [409, 'record-incomplete'])
    assert.match(json.error.message, /facts\.exit is not answered \(it takes a text: how data comes back/)
    const [newest] = (await view('offering', 'kestrel')).versions
    await approved('offering', 'kestrel', { ...newest?.body, vendor: 'kestrel' })
    assert.equal(await ask(), 404)
    assert.deepEqual(await blocked(), ['kestrel.example.com'])
  })

  test('once it is explained and approved its offering serves, and its domains are open', async () => {
    await approved('vendor', 'kestrel', vendor)
    assert.equal(await ask(), 200)
    assert.deepEqual(await blocked(), [])
  })

  test('a feed is given to a key, a session and the networks of the settings, and to nobody else', async () => {
    const statuses = await Promise.all([
      feed('blocklist.txt'),
      feed('blocklist.txt', { 'x-forwarded-for': '10.8.1.2' }),
      feed('blocklist.txt', fromFilter),
      feed('tools.json', { authorization: `Bearer ${key}` }),
      feed('nothing.txt', fromFilter),
    ])
    assert.deepEqual(
      statuses.map(({ status }) => status),
      [401, 401, 200, 200, 404],
    )
    assert.equal((await mia.get('/feeds/tools.json')).status, 200)
  })

  test('when a fact of its vendor has ended, the offering serves no longer and the feed is another one', async () => {
    const first = await feed('blocklist.txt', fromFilter)
    const tag = first.headers.get('etag') ?? ''
    assert.equal((await feed('blocklist.txt', { ...fromFilter, 'if-none-match': tag })).status, 304)
    await later(6)
    assert.equal(await ask(), 404)
    const then = await feed('blocklist.txt', { ...fromFilter, 'if-none-match': tag })
    assert.equal(then.status, 200)
    assert.deepEqual(await blocked(), ['kestrel.example.com'])
  })

  test('a tolerated tool keeps its vendor open until its last day, and everybody sees what to use instead', async () => {
    await approved('tool', 'kestrel-chat', tool)
    assert.deepEqual(await blocked(), [])
    const page: ToolsPage = (await mia.get('/api/tools')).json
    const shown = page.tools.map(({ id, standing, until, instead, isForYou }) => ({
      id,
      standing,
      until,
      instead,
      isForYou,
    }))
    const { toleratedUntil: until, instead } = tool
    assert.deepEqual(shown, [{ id: 'kestrel-chat', standing: 'tolerated', until, instead, isForYou: false }])
    assert.equal(await ask(), 404)
    await later(21)
    assert.deepEqual(await blocked(), ['chat.kestrel.example.com', 'kestrel.example.com'])
  })

  test('the command line lists and writes the same, and makes a record of a tool of the catalogue', async () => {
    const sallyport = (...words: string[]) => runCommand(words, environment)
    const listed = await sallyport('tools', 'list')
    assert.match(
      listed.stdout,
      /kestrel-chat +unsanctioned: It was tolerated until [\s\S]*otter +meeting +Otter/,
    )
    const written = await sallyport('tools', 'feed', '--format', 'squid')
    assert.equal(written.stdout, await (await feed('blocklist.squid', fromFilter)).text())
    assert.match(written.stdout, /\n\.kestrel\.example\.com\n$/)
    const said = ['--owner', 'olga@example.com', '--why', 'No contract.', '--instead', 'the chat here']
    const drafted = await sallyport('tools', 'draft', 'otter', '--standing', 'unsanctioned', ...said)
    const file = join(company.folder, 'otter.yaml')
    await writeFile(file, drafted.stdout)
    assert.equal((await sallyport('apply', file, '--yes')).code, 0)
    assert.deepEqual(await blocked(), ['chat.kestrel.example.com', 'kestrel.example.com'])
    // What came in a file takes two people.
    for (const person of [olga, sam]) assert.equal((await decide('tool', 'otter', person)).status, 201)
    assert.deepEqual(await blocked(), ['chat.kestrel.example.com', 'kestrel.example.com', 'otter.ai'])
    const wrong = await sallyport('tools', 'draft', 'otter', '--standing', 'tolerated', ...said)
    assert.deepEqual([wrong.code === 0, /toleratedUntil/.test(wrong.stderr)], [false, true])
  })
})
