import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { RecordView } from '#/register/api.ts'
import type { ProbeAnswer } from '#/register/probes/api.ts'
import { findChromium, newPage, noChromium, openBrowser, signIn } from '../support/browser.ts'
import { type Company, startCompany } from '../support/company.ts'
import { runCommand } from '../support/process.ts'
import { offeringText, policyText, recordsText, useCaseText } from '../support/records.ts'
import { openSession, type SignedIn } from '../support/session.ts'

/** A probe overrules a document at once: what the account at the provider is set to decides what may leave. */

const adminKey = ['sk', 'admin', 'for', 'a', 'journey'].join('-')

let mode = 'zero_data_retention'
const asked: IncomingMessage[] = []
const provider: Server = createServer((request, response) => {
  asked.push(request)
  const answer = request.url?.endsWith('/data_retention')
    ? { object: 'project.data_retention', type: mode }
    : { object: 'list', data: [] }
  const message = { role: 'assistant', content: 'Good.', refusal: null }
  const completion = {
    ...{ id: 'c', object: 'chat.completion', created: 1, model: 'm' },
    choices: [{ index: 0, message, finish_reason: 'stop' }],
    usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
  }
  request.resume()
  request.on('end', () => {
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(JSON.stringify(request.method === 'POST' ? completion : answer))
  })
})

let folder: string
let company: Company
let olga: SignedIn
let emil: SignedIn
let key: string

before(async () => {
  provider.listen(0, '127.0.0.1')
  await once(provider, 'listening')
  const { port } = provider.address() as AddressInfo
  folder = await mkdtemp(join(tmpdir(), 'sallyport-probes-'))
  await writeFile(join(folder, 'admin-key'), adminKey, { mode: 0o600 })
  const retention = `{ kind: openai, project: proj_journey, credential: "file:${join(folder, 'admin-key')}" }`
  company = await startCompany({
    records: recordsText([
      offeringText({ id: 'measured', connection: 'vendor' }),
      offeringText({ id: 'demo', connection: 'demo' }),
      useCaseText('general-assistant', ['measured']),
      policyText(),
    ]),
    connections: `  vendor: { kind: compatible, url: "http://127.0.0.1:${port}/v1", retention: ${retention} }`,
    settings: `identity:
  kind: embedded
  owners: [olga@example.com]
  accounts:
    - { email: olga@example.com, name: Olga }
    - { email: emil@example.com, name: Emil }`,
  })
  olga = await openSession(company, 'olga@example.com')
  emil = await openSession(company, 'emil@example.com')
  key = (await company.createKey({ email: 'emil@example.com' })).key
})
after(async () => {
  await company.end()
  provider.close()
  provider.closeAllConnections()
  await rm(folder, { recursive: true, force: true })
})

async function exchange(): Promise<{ readonly status: number; readonly code: string | undefined }> {
  const response = await fetch(`${company.sallyport.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'x-sallyport-class': 'restricted' },
    body: JSON.stringify({ model: 'auto', messages: [{ role: 'user', content: 'Hello.' }] }),
  })
  const body = (await response.json()) as { readonly error?: { readonly code: string } }
  return { status: response.status, code: body.error?.code }
}

const probeOf = async (): Promise<RecordView['versions'][number]> =>
  ((await olga.get('/api/records/offering/measured')).json as RecordView).versions[0]!

test('by its document the offering carries restricted text', async () => {
  assert.deepEqual(await exchange(), { status: 200, code: undefined })
  assert.equal((await probeOf()).probe?.at, null)
})

test('a probe from the command line that finds it is kept lowers the ceiling, and the next exchange is refused', async () => {
  mode = 'none'
  asked.length = 0
  const said = await runCommand(['offering', 'probe', 'measured', '--json'], {
    ...process.env,
    SALLYPORT_DATA: company.dataFolder,
    SALLYPORT_SETTINGS: join(company.folder, 'sallyport.yaml'),
  })
  assert.equal(said.code, 0, said.stderr)
  const answer = JSON.parse(said.stdout) as ProbeAnswer
  assert.deepEqual(answer.changed, ['retentionDays', 'zeroRetention'])
  assert.equal(answer.ceiling.class, 'confidential')
  assert.deepEqual(
    asked.map(({ method, url, headers }) => [method, url, headers.authorization]),
    [
      ['GET', '/v1/models', undefined],
      ['GET', '/v1/organization/projects/proj_journey/data_retention', `Bearer ${adminKey}`],
    ],
  )
  const refused = await exchange()
  assert.deepEqual(refused, { status: 400, code: 'no-offering' })
  assert.equal(asked.length, 2, 'nothing of the exchange left')
})

test('the record shows what was measured, and that its document says something else', async () => {
  const { probe, contradictions, ceiling } = await probeOf()
  assert.deepEqual(probe?.retention, { kind: 'openai', mode: 'none' })
  assert.deepEqual(contradictions, [{ fact: 'retentionDays', said: 0, by: 'contract', measured: 30 }])
  assert.equal(ceiling?.class, 'confidential')
})

test('an offering that runs in this process shows nothing to measure', async () => {
  const { versions } = (await olga.get('/api/records/offering/demo')).json as RecordView
  assert.equal(versions[0]?.probe, undefined)
})

test('the change is in the log, and no key is', async () => {
  const [head] = await company.sallyport.audit.search({ kinds: ['probe'], limit: 10 })
  assert.deepEqual(
    [head?.facts.about, head?.facts.reason],
    ['connection/vendor', 'retentionDays, zeroRetention'],
  )
  const payload = (await company.sallyport.audit.open(head!.index))?.payload
  assert.doesNotMatch(new TextDecoder().decode(payload), new RegExp(adminKey))
})

test('probed again from the page once the account is set right, it serves again', async () => {
  mode = 'zero_data_retention'
  const { status, json } = await olga.post('/api/offerings/measured/probe', {})
  assert.equal(status, 200)
  assert.deepEqual((json as ProbeAnswer).changed, ['retentionDays', 'zeroRetention'])
  assert.equal((await exchange()).status, 200)
})

const chromium = findChromium()

test('on the page of the offering somebody probes, and reads what is measured and contradicted', {
  skip: chromium === undefined && noChromium,
}, async (context) => {
  mode = 'none'
  const complaints: string[] = []
  const browser = await openBrowser(chromium ?? '')
  context.after(() => browser.close())
  const page = await newPage(browser, complaints)
  await signIn(page, company.sallyport.url, 'olga@example.com', company.dataFolder)
  await page.goto(`${company.sallyport.url}/#register/offering/measured`)
  const box = page.getByRole('region', { name: 'Measured' })
  await box.getByRole('button', { name: 'Probe now' }).click()
  await box.getByText('Measured; changed: retentionDays, zeroRetention.').waitFor()
  await box.getByText('retentionDays: contract says 0, probe says 30. The probe counts.').waitFor()
  await box.getByText('none (openai)').waitFor()
  assert.deepEqual(complaints, [])
})

test('who does not take part in deciding causes no request, and what runs in this process has nothing to probe', async () => {
  asked.length = 0
  assert.equal((await emil.post('/api/offerings/measured/probe', {})).status, 403)
  assert.equal((await olga.post('/api/offerings/demo/probe', {})).status, 400)
  assert.equal((await olga.post('/api/offerings/nothing/probe', {})).status, 404)
  assert.equal(asked.length, 0)
})
