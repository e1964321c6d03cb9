import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { type Sallyport, startSallyport } from '#/main.ts'
import type { PublicationPage } from '#/snapshot/publications/api.ts'
import { findChromium, newPage, noChromium, openBrowser, signIn } from '../support/browser.ts'
import { type Company, startCompany } from '../support/company.ts'
import { runCommand } from '../support/process.ts'
import { offeringText, policyText, recordsText, useCaseText } from '../support/records.ts'
import { openSession, type SignedIn } from '../support/session.ts'

/**
 * What was approved serves by a publication: tested first, swapped under load without a lost request, taken one step back
 * at once, and there after a start.
 */

const settings = `identity:
  kind: embedded
  owners: [olga@example.com, sam@example.com]
  accounts:
${['olga', 'sam', 'mia'].map((name) => `    - { email: ${name}@example.com, name: ${name} }`).join('\n')}`

let company: Company
let olga: SignedIn
let sam: SignedIn
let key: string
let running: Sallyport

before(async () => {
  company = await startCompany({
    records: recordsText([
      offeringText({ id: 'sim-echo', connection: 'simulator-openai' }),
      offeringText({ id: 'sim-fast', connection: 'simulator-openai' }),
      useCaseText('general-assistant', ['sim-echo', 'sim-fast']),
      policyText(),
    ]),
    settings,
  })
  running = company.sallyport
  await signInBoth()
  key = (await company.createKey({ email: 'mia@example.com' })).key
})
after(async () => {
  await running.stop()
  await company.end()
})

async function signInBoth(): Promise<void> {
  const there = { sallyport: running, dataFolder: company.dataFolder }
  olga = await openSession(there, 'olga@example.com')
  sam = await openSession(there, 'sam@example.com')
}

/** Stops it and starts it again on the same folder. */
async function restart(): Promise<void> {
  await running.stop()
  running = await startSallyport({
    environment: environment(),
    print: () => undefined,
    writeLine: () => undefined,
  })
  await signInBoth()
}

const environment = () => ({
  PORT: '0',
  SALLYPORT_DATA: company.dataFolder,
  SALLYPORT_SETTINGS: join(company.folder, 'sallyport.yaml'),
})

const ask = (content: string, model = 'sim-echo'): Promise<Response> =>
  fetch(`${running.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model, messages: [{ role: 'user', content }] }),
  })

// The example of ISO 13616, put together from parts.
const iban = ['DE89', '3704', '0044', '0532', '0130', '00'].join(' ')
const statusOf = async (model?: string): Promise<number> => {
  const response = await ask(`Pay to ${iban}.`, model)
  await response.arrayBuffer()
  return response.status
}

const page = async (): Promise<PublicationPage> => (await olga.get('/api/publications')).json

/** A new version of a record, proposed by one owner and approved by the other. */
async function decide(kind: string, id: string, body: object | undefined, verdict = 'approve') {
  const put = body === undefined ? undefined : await sam.put(`/api/records/${kind}/${id}`, body)
  assert.ok(put === undefined || put.status === 200, JSON.stringify(put?.json))
  const { versions } = (await olga.get(`/api/records/${kind}/${id}`)).json
  const asked = { kind, id, version: versions[0].version, verdict, reason: 'For a test.' }
  const { status, json } = await olga.post('/api/decisions', asked)
  assert.equal(status, 201, JSON.stringify(json))
}

const bodyOf = async (kind: string, id: string) =>
  (await olga.get(`/api/records/${kind}/${id}`)).json.versions[0].body

/** The rules of the company with another action for bank accounts. */
async function accounts(action: string, tests: readonly object[] = []): Promise<object> {
  const body = await bodyOf('policy', 'company-rules')
  const rules = body.rules.map((each: { id: string }) =>
    each.id === 'ibans-replaced' ? { ...each, action } : each,
  )
  return { ...body, rules, tests }
}

test('twenty publications under a running load lose no exchange, and each exchange names what it went by', async () => {
  const first = (await page()).serving
  let isOver = false
  const statuses: number[] = []
  const load = Array.from({ length: 4 }, async () => {
    while (!isOver) {
      const response = await ask('Good morning.', 'sim-fast')
      await response.arrayBuffer()
      statuses.push(response.status)
    }
  })
  const body = await bodyOf('use-case', 'general-assistant')
  for (let round = 1; round <= 20; round++)
    await decide('use-case', 'general-assistant', { ...body, purpose: `Tests, round ${round}` })
  isOver = true
  await Promise.all(load)
  assert.ok(statuses.length > 20, `${statuses.length} exchanges went meanwhile`)
  assert.deepEqual([...new Set(statuses)], [200])
  assert.equal((await page()).serving, first + 20)
  const heads = await running.audit.search({ kinds: ['snapshot', 'intent'], limit: 10_000 })
  const versions = new Map(
    heads.filter(({ kind }) => kind === 'snapshot').map(({ facts }) => [facts.version, facts.about]),
  )
  const intents = heads.filter(({ kind }) => kind === 'intent')
  assert.ok(intents.length >= statuses.length)
  for (const { facts } of intents) assert.match(versions.get(facts.snapshot) ?? 'none', /^publication\/\d+$/)
})

test('a red rule test holds what was approved back: the rules before serve on, and it is said what came', async () => {
  assert.equal(await statusOf(), 200)
  const red = {
    id: 'accounts-go',
    title: 'Bank accounts are replaced',
    given: { text: [`Pay to ${iban.slice(0, 10)}`, iban.slice(10)] },
    expect: { action: 'pseudonymise' },
  }
  const { serving } = await page()
  await decide('policy', 'company-rules', await accounts('block', [red]))
  assert.equal(await statusOf(), 200)
  const { waiting, serving: still } = await page()
  assert.equal(still, serving)
  assert.deepEqual(waiting?.check.failures, [
    {
      ...{ policy: 'company-rules', id: 'accounts-go', title: 'Bank accounts are replaced' },
      ...{ expected: 'action pseudonymise', came: 'action block' },
    },
  ])
  const command = await runCommand(['publication', 'check'], { ...process.env, ...environment() })
  assert.equal(command.code, 1, command.stdout + command.stderr)
  assert.match(
    command.stdout,
    /red: test accounts-go of company-rules .*expected action pseudonymise, came action block/,
  )
  const green = { ...red, expect: { action: 'block' } }
  await decide('policy', 'company-rules', await accounts('block', [green]))
  assert.equal(await statusOf(), 400)
  assert.deepEqual((await page()).waiting, null)
})

test('one step back serves within a second, sticks over a start, and gives nothing back that was stopped', async () => {
  await decide('offering', 'sim-fast', undefined, 'stop')
  const startedAt = performance.now()
  const { status, json } = await sam.post('/api/publications/rollback', { reason: 'It blocks payments.' })
  const tookMs = performance.now() - startedAt
  assert.equal(status, 201, JSON.stringify(json))
  assert.ok(tookMs < 1_000, `${tookMs} ms`)
  assert.equal(await statusOf(), 200)
  assert.equal(await statusOf('sim-fast'), 404)
  const [entry] = await running.audit.search({ kinds: ['publication'], limit: 1 })
  assert.equal(entry?.facts.decision, 'rollback')
  assert.match(
    String(Buffer.from((await running.audit.open(entry?.index ?? -1))?.payload ?? [])),
    /blocks payments/,
  )
  await restart()
  assert.equal(await statusOf(), 200)
  const { isHeld, waiting } = await page()
  assert.deepEqual([isHeld, waiting?.difference.rules.map(({ id }) => id)], [true, ['ibans-replaced']])
  const published = await olga.post('/api/publications', { digest: waiting?.digest, reason: 'It was right.' })
  assert.equal(published.status, 201, JSON.stringify(published.json))
  assert.equal(await statusOf(), 400)
})

const chromium = findChromium()
describe('on the page', { skip: chromium === undefined && noChromium }, () => {
  test('somebody sees what waits, publishes it with a reason, and looks at what it changed', async () => {
    await sam.post('/api/publications/rollback', { reason: 'To see it on the page.' })
    const browser = await openBrowser(chromium ?? '')
    try {
      const complaints: string[] = []
      const tab = await newPage(browser, complaints)
      await signIn(tab, running.url, 'olga@example.com', company.dataFolder)
      await tab.goto(`${running.url}/#publications`)
      await tab.getByText('A step back was made').waitFor()
      const waiting = tab.getByRole('region', { name: 'What waits' })
      await waiting.getByText('Rule ibans-replaced of policy/company-rules: changed').waitFor()
      await waiting.getByLabel('Why it may serve').fill('It was right after all.')
      await waiting.getByRole('button', { name: 'Publish it' }).click()
      await tab.getByText('Nothing that is approved waits to be published.').waitFor()
      await tab.getByRole('cell', { name: /It was right after all/ }).waitFor()
      await tab.getByRole('button', { name: 'One step back' }).click()
      await tab.getByRole('button', { name: 'Make the step back' }).waitFor()
      const { serving } = await page()
      await tab.getByRole('link', { name: String(serving), exact: true }).click()
      await tab.getByRole('heading', { name: `Publication ${serving}` }).waitFor()
      await tab.getByText('It was right after all.').waitFor()
      assert.deepEqual(complaints, [])
    } finally {
      await browser.close()
    }
  })
})

test('by two people: what is approved waits, one asks, another agrees; a stop waits for nobody', async () => {
  const file = environment().SALLYPORT_SETTINGS
  await writeFile(
    file,
    `${await readFile(file, 'utf8')}\npublication: { mode: by-person, secondPerson: true }\n`,
  )
  await restart()
  await decide('policy', 'company-rules', await accounts('mask'))
  assert.equal(await statusOf(), 400)
  const { digest } = (await page()).waiting ?? assert.fail('nothing waits')
  const body = { digest, reason: 'Accounts may go masked.' }
  assert.equal((await sam.post('/api/publications', body)).status, 202)
  assert.equal((await sam.post('/api/publications', body)).json.error.code, 'own-publication')
  assert.equal(await statusOf(), 400)
  assert.equal((await olga.post('/api/publications', body)).status, 201)
  assert.equal(await statusOf(), 200)
  await decide('offering', 'sim-echo', undefined, 'stop')
  assert.equal(await statusOf(), 404)
})
