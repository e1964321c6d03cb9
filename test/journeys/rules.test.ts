import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { findChromium, messageBox, newPage, noChromium, openBrowser, signIn } from '../support/browser.ts'
import { type Company, startCompany } from '../support/company.ts'
import { runCommand } from '../support/process.ts'
import { offeringText, recordsText, useCaseText } from '../support/records.ts'

/** Rules by class and tier with real exchanges: what asks a reason or a notice of the caller. What holds, with the other gates: `gates.test.ts`. */

const iban = 'DE89 3704 0044 0532 0130 00'
const email = 'maria.huber@example.org'
const owner = 'owner: security@example.com'
const policy = `
  - kind: policy
    id: company-rules
    title: Company rules
    ${owner}
    classNames: { confidential: Sensitive, restricted: Sensitive }
    rules:
      - { id: why, title: Bank accounts need a reason, types: [iban], tiers: [commercial], action: justify, mayMask: true, ${owner} }
      - { id: read, title: Contacts after the notice, types: [email], action: acknowledge, notice: Only with consent., rememberedDays: 7, ${owner} }
      - { id: wait, title: Restricted waits at vendors, classes: [restricted], tiers: [commercial], action: hold, ${owner} }`

let company: Company
let key: string

before(async () => {
  company = await startCompany({
    records: recordsText([
      offeringText({ id: 'west', connection: 'simulator-openai', model: 'sim-echo', tier: 'commercial' }),
      offeringText({ id: 'own', connection: 'simulator-openai', model: 'sim-echo' }),
      useCaseText('general-assistant', ['west', 'own']),
      policy,
    ]),
  })
  key = (await company.createKey()).key
})
after(() => company.end())

async function ask(content: string, model = 'west', headers: Readonly<Record<string, string>> = {}) {
  await company.simulator.clear()
  const response = await fetch(`${company.sallyport.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, ...headers },
    body: JSON.stringify({ model, messages: [{ role: 'user', content }] }),
  })
  const { error } = (await response.json()) as { error?: { code: string; message: string } }
  const seen = JSON.stringify(await company.simulator.seen())
  const index = Number(response.headers.get('x-sallyport-receipt')?.split('#')[1])
  const entry = await company.sallyport.audit.open(index)
  return {
    code: error?.code,
    message: error?.message ?? '',
    offering: response.headers.get('x-sallyport-offering'),
    seen,
    entry,
  }
}

test('a vendor gets a bank account with a reason only, which is sealed and never sent', async () => {
  const text = `Check ${iban} please`
  const refused = await ask(text)
  assert.equal(refused.code, 'justification-needed')
  assert.match(
    refused.message,
    /“Bank accounts need a reason” asks for a reason before this goes to Simulated west/,
  )
  assert.match(refused.message, /x-sallyport-remedy: mask/)
  assert.match(refused.message, /Use the model "auto"/)
  assert.equal(refused.seen, '[]')
  assert.deepEqual(refused.entry?.facts.rules, ['why'])
  const reason = 'Für die Rückzahlung, Ticket 4711'
  const told = await ask(text, 'west', { 'x-sallyport-justification': encodeURIComponent(reason) })
  assert.equal(told.code, undefined, told.message)
  assert.ok(told.seen.includes(iban) && !told.seen.includes('4711'), told.seen)
  assert.deepEqual(told.entry?.facts.rules, ['why'])
  assert.deepEqual(told.entry?.facts.findings, [
    { type: 'iban', channel: 'user', action: 'justify', count: 1 },
  ])
  assert.ok(
    !JSON.stringify(told.entry?.facts).includes('4711'),
    'the header of an entry holds no text of anybody',
  )
  assert.equal(told.entry?.facts.asked?.reason, true)
  const sealed = JSON.parse(Buffer.from(told.entry?.payload ?? []).toString()) as { justification: string }
  assert.equal(sealed.justification, reason)
})

test('auto takes the own machines, where nobody is asked for anything', async () => {
  const told = await ask(`Check ${iban} please`, 'auto')
  assert.equal(told.code, undefined, told.message)
  assert.equal(told.offering, 'own')
  assert.ok(told.seen.includes(iban))
})

test('masked, nothing is asked either', async () => {
  const told = await ask(`Check ${iban} please`, 'west', { 'x-sallyport-remedy': 'mask' })
  assert.equal(told.code, undefined, told.message)
  assert.ok(told.seen.includes('[IBAN]'), told.seen)
})

test('a notice is read once, and the log says with which exchange', async () => {
  const refused = await ask(`Write to ${email}`)
  assert.equal(refused.code, 'acknowledgement-needed')
  assert.match(refused.message, /“Only with consent\.”/)
  const other = await ask(`Write to ${email}`, 'west', { 'x-sallyport-acknowledge': 'another' })
  assert.equal(other.code, 'acknowledgement-needed')
  const told = await ask(`Write to ${email}`, 'west', { 'x-sallyport-acknowledge': 'read' })
  assert.equal(told.code, undefined, told.message)
  const sealed = JSON.parse(Buffer.from(told.entry?.payload ?? []).toString()) as {
    acknowledged: { rule: string; notice: string }[]
  }
  assert.deepEqual(
    sealed.acknowledged.map(({ rule, notice }) => [rule, notice]),
    [['read', 'Only with consent.']],
  )
  const again = await ask(`Write to ${email} once more`)
  assert.equal(again.code, undefined, again.message)
  assert.deepEqual(again.entry?.facts.asked?.notices, ['read'])
  assert.equal(other.entry?.facts.asked?.notices, undefined, 'a name of no rule is not written')
})

test('a header that cannot be read is refused, and says how it would be', async () => {
  const told = await ask('Hello', 'west', { 'x-sallyport-justification': 'because' })
  assert.equal(told.code, 'header-invalid')
  assert.match(told.message, /10 to 500 characters/)
})

test('the command line shows what serves as a table, with the classes as the company calls them', async () => {
  const environment = {
    ...process.env,
    SALLYPORT_DATA: company.dataFolder,
    SALLYPORT_SETTINGS: join(company.folder, 'sallyport.yaml'),
  }
  const { stdout } = await runCommand(['rules'], environment)
  assert.match(stdout, /any +commercial +iban +justify +why +security@example\.com/)
  assert.match(stdout, /Sensitive +commercial +the whole exchange +hold +wait/)
  assert.match(stdout, /notice: Only with consent\./)
})

const chromium = findChromium()

describe('the page', { skip: chromium === undefined && noChromium }, () => {
  test('a refusal that asks has the notice and the button; then it goes, and the register shows the table', async () => {
    const browser = await openBrowser(chromium ?? '')
    try {
      // A refusal is an answer with a status, of which a browser complains.
      const page = await newPage(browser, [])
      await signIn(page, company.sallyport.url, 'owner@example.com', company.dataFolder)
      await messageBox(page).fill(`Please write to ${email}`)
      await page.keyboard.press('Enter')
      await page.getByText('Only with consent.', { exact: true }).waitFor()
      assert.match(await page.getByRole('alert').innerText(), /Nothing left the company/)
      // The form stands below what it answers: beside it, it left the sentence one letter a line.
      const told = await page.getByText('Read the notice').boundingBox()
      const notice = await page.getByText('Only with consent.', { exact: true }).boundingBox()
      assert.ok(told !== null && notice !== null && notice.y >= told.y + told.height)
      await company.simulator.clear()
      await page.getByRole('button', { name: 'I have read this, send it' }).click()
      await page.getByRole('button', { name: 'Ask again' }).waitFor()
      assert.ok(JSON.stringify(await company.simulator.seen()).includes(email))
      await page.goto(`${company.sallyport.url}/#register/policy/company-rules`)
      const row = page.getByRole('row', { name: /Restricted waits at vendors/ })
      assert.match(await row.innerText(), /Sensitive\s+commercial\s+the whole exchange\s+hold/)
    } finally {
      await browser.close()
    }
  })
})
