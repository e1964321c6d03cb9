import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import type { PublicationPage } from '#/snapshot/publications/api.ts'
import type { SwitchPage } from '#/snapshot/switches/api.ts'
import type { FiringView, TriggerPage } from '#/snapshot/triggers/api.ts'
import { findChromium, newPage, noChromium, openBrowser, signIn } from '../support/browser.ts'
import { type Company, startCompany } from '../support/company.ts'
import { runCommand } from '../support/process.ts'
import { offeringText, policyText, recordsText, useCaseText } from '../support/records.ts'
import { openSession, type SignedIn } from '../support/session.ts'

/** What is watched for happens, and the gate acts by itself: it stops, steps back, tells, and asks for a look. */

const watched = `
    triggers:
      - id: secrets-again
        title: One key keeps sending secrets
        when: { what: refusals, rule: secrets-never-leave, per: key, times: 5, withinMinutes: 10 }
        action: stop
        owner: sam@example.com
      - id: provider-down
        title: A provider fails
        when: { what: provider-errors, percent: 75, last: 4, withinMinutes: 10 }
        action: stop
        owner: sam@example.com
      - id: card-seen
        title: Somebody entered a card number
        when: { what: findings, kind: payment-card, per: person }
        action: review
        owner: sam@example.com
      - id: iban-seen
        title: Bank accounts come in
        when: { what: findings, kind: iban, per: everybody }
        action: roll-back
        owner: sam@example.com
      - id: dear
        title: The budget goes
        when: { what: spend, useCase: small, percent: 1 }
        action: alert
        owner: sam@example.com`

let company: Company
let olga: SignedIn
let sam: SignedIn
let key: { id: string; key: string }

before(async () => {
  company = await startCompany({
    records: recordsText([
      offeringText({ id: 'sim-500', connection: 'simulator-openai' }),
      offeringText({ id: 'sim-echo', connection: 'simulator-openai' }),
      useCaseText('general-assistant', ['sim-500', 'sim-echo']),
      useCaseText('small', ['sim-echo'], '\n    budgetUsdPerMonth: 0.01'),
      policyText(watched),
    ]),
    settings: `identity:
  kind: embedded
  owners: [olga@example.com, sam@example.com]
  accounts:
${['olga', 'sam', 'mia'].map((name) => `    - { email: ${name}@example.com, name: ${name} }`).join('\n')}`,
  })
  olga = await openSession(company, 'olga@example.com')
  sam = await openSession(company, 'sam@example.com')
  await openSession(company, 'mia@example.com')
  key = await company.createKey({ email: 'mia@example.com' })
})
after(() => company.end())

async function ask(content: string, change: object = {}, headers: Record<string, string> = {}) {
  const response = await fetch(`${company.sallyport.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key.key}`, 'content-type': 'application/json', ...headers },
    body: JSON.stringify({
      model: 'sim-echo',
      max_tokens: 50,
      messages: [{ role: 'user', content }],
      ...change,
    }),
  })
  const json = (await response.json()) as { readonly error?: { readonly code: string } }
  return {
    status: response.status,
    code: json.error?.code,
    offering: response.headers.get('x-sallyport-offering'),
  }
}

/** What a trigger fired on, within a second. */
async function firingOf(trigger: string, target?: string): Promise<FiringView> {
  for (let tries = 0; tries < 100; tries++) {
    const { open, past } = (await sam.get('/api/triggers')).json as TriggerPage
    const found = [...open, ...past].find(
      (each) => each.trigger === trigger && (target === undefined || each.target === target),
    )
    if (found !== undefined) return found
    await pause(10)
  }
  return assert.fail(`${trigger} did not fire within a second`)
}

const standing = async () => ((await sam.get('/api/switches')).json as SwitchPage).standing

const card = `Pay with ${['4111 1111', '1111 1111'].join(' ')}`

const secret = `My password is ${['ghp', '_', 'a1B2c3D4e5F6g7H8i9J0', 'k1L2m3N4o5P6q7R8'].join('')}`

test('five refusals of the rule for secrets stop the key within a second; a release lets it go on', async () => {
  for (let count = 0; count < 5; count++) assert.equal((await ask(secret)).code, 'finding-blocked')
  const began = performance.now()
  const firing = await firingOf('secrets-again')
  assert.ok(performance.now() - began < 1_000)
  assert.deepEqual([firing.target, firing.action, firing.state], [key.id, 'stop', 'done'])
  assert.equal((await ask('Good morning.')).code, 'stopped-by-switch')
  const [stop] = await standing()
  assert.ok(stop !== undefined)
  assert.deepEqual([stop.scope, stop.target, stop.by], ['key', key.id, 'trigger:secrets-again'])
  const released = await sam.post(`/api/switches/${stop.id}/release`, { reason: 'They know now.' })
  assert.equal(released.status, 200, JSON.stringify(released.json))
  assert.equal((await ask('Good morning.')).status, 200)
})

test('a provider that fails is stopped, and auto goes elsewhere', async () => {
  for (let count = 0; count < 4; count++)
    assert.equal((await ask('Good morning.', { model: 'sim-500' })).code, 'provider-error')
  assert.equal((await firingOf('provider-down')).target, 'sim-500')
  assert.equal((await ask('Good morning.', { model: 'sim-500' })).code, 'stopped-by-switch')
  const other = await ask('Good morning.', { model: 'auto' })
  assert.deepEqual([other.status, other.offering], [200, 'sim-echo'])
})

const chromium = findChromium()

test('the page shows what waits, and closes it with a reason', {
  skip: chromium === undefined ? noChromium : false,
}, async () => {
  assert.equal((await ask(card)).status, 200)
  await firingOf('card-seen')
  const complaints: string[] = []
  const browser = await openBrowser(chromium as string)
  try {
    const page = await newPage(browser, complaints)
    await signIn(page, company.sallyport.url, 'sam@example.com', company.dataFolder)
    await page.getByRole('link', { name: 'Triggers' }).click()
    await page.getByText('One key keeps sending secrets').first().waitFor()
    const waiting = page.getByRole('article', { name: 'Somebody entered a card number' })
    await waiting.getByText('to look at', { exact: true }).waitFor()
    await waiting.getByText('mia@example.com').waitFor()
    await waiting.getByRole('button', { name: 'I have looked at it' }).click()
    await waiting.getByLabel('What came of it').fill('A test card.')
    await waiting.getByRole('button', { name: 'Close it' }).click()
    await waiting.getByText(/sam@example.com looked at it at .*: A test card\./).waitFor()
    await page.getByText('Nothing has to be looked at.').waitFor()
    assert.deepEqual(complaints, [])
  } finally {
    await browser.close()
  }
})

test('what is to be looked at waits for a person with the role, who says why it is done', async () => {
  const other = await company.createKey({ email: 'olga@example.com' })
  assert.equal((await ask(card, {}, { authorization: `Bearer ${other.key}` })).status, 200)
  const waiting = await firingOf('card-seen', 'olga@example.com')
  assert.equal(waiting.state, 'open')
  const path = `/api/triggers/firings/${waiting.id}/close`
  assert.equal((await olga.post(path, { reason: 'x' })).status, 400)
  const { status, json } = await olga.post(path, { reason: 'Talked to them.' })
  assert.equal(status, 200, JSON.stringify(json))
  assert.deepEqual((await firingOf('card-seen', 'olga@example.com')).closed?.reason, 'Talked to them.')
})

test('a step back is made by itself, and nothing more is published until somebody does', async () => {
  const body = {
    ...{ title: 'New', owner: 'olga@example.com', purpose: 'Tests', highestClass: 'public' },
    ...{ audience: { roles: ['employee'] }, offerings: ['sim-echo'] },
  }
  assert.equal((await olga.put('/api/records/use-case/newer', body)).status, 200)
  const verdict = { kind: 'use-case', id: 'newer', version: 1, verdict: 'approve', reason: 'Fits.' }
  const decided = await sam.post('/api/decisions', verdict)
  assert.equal(decided.status, 201, JSON.stringify(decided.json))
  const page = async () => (await sam.get('/api/publications')).json as PublicationPage
  assert.equal((await page()).serving, 2)
  assert.equal((await ask('Pay to DE89 3704 0044 0532 0130 00')).status, 200)
  await firingOf('iban-seen')
  const { serving, isHeld, publications } = await page()
  assert.deepEqual([serving, isHeld, publications[0]?.cause], [3, true, 'rollback'])
  assert.equal(publications[0]?.by, 'trigger:iban-seen')
})

test('a budget that goes is told before it is spent', async () => {
  const answer = await ask('Good morning. '.repeat(40), {}, { 'x-sallyport-use-case': 'small' })
  assert.equal(answer.status, 200)
  assert.equal((await firingOf('dear')).target, 'small')
})

test('each stands in the log as an alert, and the command line shows them', async () => {
  const alerts = await company.sallyport.audit.search({ kinds: ['alert'], limit: 100 })
  assert.deepEqual(alerts.map(({ facts }) => `${facts.about} ${facts.decision}`).toReversed(), [
    'trigger/secrets-again stop',
    'trigger/provider-down stop',
    ...(chromium === undefined ? [] : ['trigger/card-seen review']),
    'trigger/card-seen review',
    'trigger/iban-seen roll-back',
    'trigger/dear alert',
  ])
  const { code, stdout } = await runCommand(['triggers', '--json'], {
    ...process.env,
    SALLYPORT_DATA: company.dataFolder,
    SALLYPORT_SETTINGS: join(company.folder, 'sallyport.yaml'),
  })
  assert.equal(code, 0)
  const shown = JSON.parse(stdout) as TriggerPage
  assert.deepEqual([shown.triggers.length, shown.open.length, shown.past.length], [5, 0, alerts.length])
})
