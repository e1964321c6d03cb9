import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import type { FirstRunView } from '#/register/first-run/api.ts'
import { findChromium, newPage, noChromium, openBrowser, signIn } from '../support/browser.ts'
import { type Company, startCompany } from '../support/company.ts'
import { runCommand } from '../support/process.ts'
import { openSession, type SignedIn } from '../support/session.ts'

/**
 * A Sallyport as it begins: an owner answers three questions, connects two providers, and writes proposals. Somebody else
 * approves them; then exchanges go where the answers said.
 */

const firstRecords = readFileSync(new URL('../../src/register/first-records.yaml', import.meta.url), 'utf8')

const answers = `owner: sam@example.com
home: aws
classes: { scheme: four, examples: [{ term: Project Kestrel, class: restricted }] }
direct: internal
providers:
  - { offering: openai-api, connection: simulator-openai, model: sim-echo }
  - { offering: bedrock-none-private, connection: simulator-openai, model: sim-echo }
`

let company: Company
let sam: SignedIn
let mia: SignedIn
let environment: NodeJS.ProcessEnv
let file: string

before(async () => {
  company = await startCompany({
    records: firstRecords,
    settings: `identity:
  kind: embedded
  owners: [sam@example.com, mia@example.com]
  accounts:
${['sam', 'mia', 'eva'].map((name) => `    - { email: ${name}@example.com, name: ${name} }`).join('\n')}`,
  })
  sam = await openSession(company, 'sam@example.com')
  mia = await openSession(company, 'mia@example.com')
  file = join(company.folder, 'answers.yaml')
  await writeFile(file, answers)
  environment = {
    ...process.env,
    SALLYPORT_DATA: company.dataFolder,
    SALLYPORT_SETTINGS: join(company.folder, 'sallyport.yaml'),
  }
})
after(() => company.end())

test('only the owner has a first run, and the log has nothing of one that was only looked at', async () => {
  const eva = await openSession(company, 'eva@example.com')
  assert.equal((await eva.get('/api/first-run')).status, 403)
  const { isOpen, connections, approvers } = (await sam.get('/api/first-run')).json as FirstRunView
  assert.equal(isOpen, true)
  assert.deepEqual(approvers.people, ['mia@example.com'])
  assert.ok(connections.some(({ id }) => id === 'simulator-openai'))
  const size = company.sallyport.audit.size()
  const dry = await runCommand(['first-run', '--answers', file, '--dry-run'], environment)
  assert.equal(dry.code, 0, dry.stderr)
  assert.match(dry.stdout, /new {6}use-case summarise/)
  assert.match(dry.stdout, /bedrock-none-private carries at most restricted/)
  assert.equal(company.sallyport.audit.size(), size)
})

test('the command line writes a file that apply takes', async () => {
  const out = join(company.folder, 'first.yaml')
  const written = await runCommand(['first-run', '--answers', file, '--out', out], environment)
  assert.equal(written.code, 0, written.stderr)
  const applied = await runCommand(['apply', out, '--dry-run'], environment)
  assert.equal(applied.code, 0, applied.stderr)
  assert.match(applied.stdout, /policy company-rules, version 2/)
})

const chromium = findChromium()

const addProvider = async (page: Page, offering: string, connection: string): Promise<void> => {
  const form = page.getByRole('form', { name: 'Add a provider' })
  await form.getByLabel('Offering of the catalogue').selectOption(offering)
  await form.getByLabel('Name of the connection').fill(connection)
  await form.getByLabel('Model, as the provider calls it').fill('sim-echo')
}

test('the owner answers, connects and proposes; nothing is lost at a reload', {
  skip: chromium === undefined && noChromium,
}, async () => {
  const browser = await openBrowser(chromium ?? '')
  try {
    const complaints: string[] = []
    const page = await newPage(browser, complaints)
    await signIn(page, company.sallyport.url, 'sam@example.com', company.dataFolder)
    await page.goto(`${company.sallyport.url}/#register`)
    await page.getByRole('link', { name: 'First run' }).click()
    const next = page.getByRole('button', { name: 'Next' })
    await page.getByRole('radio', { name: 'Amazon Web Services' }).check()
    const plan = page.getByRole('region', { name: 'What will be written' })
    await plan.getByText('No provider is connected').waitFor()
    await next.click()
    await page.getByRole('textbox', { name: /^Restricted/ }).fill('Project Kestrel')
    await next.click()
    await page.getByRole('radio', { name: 'Up to internal' }).check()
    await next.click()

    const write = page.getByRole('button', { name: 'Write these proposals' })
    const form = page.getByRole('form', { name: 'Add a provider' })
    await addProvider(page, 'claude-api', 'claude')
    await form.getByText('credential: env:ANTHROPIC_KEY').waitFor()
    await form.getByText('is not in the settings yet').waitFor()
    await form.getByRole('button', { name: 'Add this provider' }).click()
    await plan.getByText('The connection claude is not in the settings').waitFor()
    assert.equal(await write.isDisabled(), true)
    await page.getByRole('button', { name: 'Take claude-api out' }).click()

    await addProvider(page, 'openai-api', 'simulator-openai')
    await form.getByText('The connection simulator-openai is in the settings').waitFor()
    await form.getByRole('button', { name: 'Add this provider' }).click()
    await page.reload()
    const providers = page.getByRole('list', { name: 'Providers' })
    await providers.getByText('openai-api', { exact: true }).waitFor()
    await addProvider(page, 'bedrock-none-private', 'simulator-openai')
    await form.getByRole('button', { name: 'Add this provider' }).click()
    const second = providers.getByRole('listitem').filter({ hasText: 'bedrock-none-private' })
    await second.getByRole('button', { name: 'Try it' }).click()
    await second.getByRole('status').waitFor()

    await plan.getByText('use case summarise, new, version 1').waitFor()
    await plan.getByText('mia@example.com').waitFor()
    await write.click()
    const written = page.getByRole('region', { name: 'Written' })
    await written.getByText('7 records are written. They wait.').waitFor()
    await written.getByText('mia@example.com').waitFor()
    await page.reload()
    await page.getByRole('region', { name: 'It is over' }).waitFor()
    assert.deepEqual(complaints, [])
  } finally {
    await browser.close()
  }
})

test('nobody approves their own; once somebody else did, the answers decide', {
  skip: chromium === undefined && noChromium,
}, async () => {
  const { written } = (await mia.get('/api/first-run')).json as FirstRunView
  assert.equal(written.length, 7)
  for (const { kind, id } of written) {
    const version = ['general-assistant', 'company-rules'].includes(id) ? 2 : 1
    const asked = { kind, id, version, verdict: 'approve', reason: 'As answered.' }
    const own = await sam.post('/api/decisions', asked)
    assert.equal(own.json.error.code, 'own-proposal')
    assert.equal((await mia.post('/api/decisions', asked)).status, 201)
  }
  const { key } = await company.createKey({ email: 'eva@example.com', useCase: 'general-assistant' })
  const send = async (dataClass: string, model: string) => {
    const response = await fetch(`${company.sallyport.url}/v1/chat/completions`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${key}`,
        'content-type': 'application/json',
        'x-sallyport-class': dataClass,
      },
      body: JSON.stringify({ model, messages: [{ role: 'user', content: 'Where is Project Kestrel?' }] }),
    })
    const { error } = (await response.json()) as { readonly error?: { readonly code: string } }
    const index = Number(response.headers.get('x-sallyport-receipt')?.split('#')[1])
    const { facts } = (await company.sallyport.audit.open(index)) ?? assert.fail('no entry')
    return [error?.code ?? 'allowed', facts.offering]
  }
  assert.deepEqual(await send('public', 'auto'), ['allowed', 'openai-api'])
  assert.deepEqual(await send('confidential', 'auto'), ['allowed', 'bedrock-none-private'])
  assert.equal((await send('confidential', 'openai-api'))[0], 'rule-blocked')
  assert.equal((await send('restricted', 'bedrock-none-private'))[0], 'justification-needed')
})

test('then it is over, on the command line as well', async () => {
  const { code, stderr } = await runCommand(['first-run', '--answers', file, '--yes'], environment)
  assert.equal(code, 1)
  assert.match(stderr, /the first run is over/)
})
