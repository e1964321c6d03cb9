import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import type { AccessUse, PersonAccess, Reach, RequestView } from '#/identity/access/api.ts'
import { findChromium, newPage, noChromium, openBrowser, signIn } from '../support/browser.ts'
import { type Company, startCompany } from '../support/company.ts'
import { runCommand } from '../support/process.ts'
import { offeringText, policyText, recordsText, useCaseText } from '../support/records.ts'
import {
  groupUrn,
  makeTokens,
  openDirectory,
  patchUrn,
  type TestDirectory,
  userUrn,
} from '../support/scim.ts'
import { openSession, type SignedIn } from '../support/session.ts'

/**
 * Who may use what: marketing may generate content and does not reach what finance uses. Groups of the directory decide,
 * grants end by themselves, a denial wins over everything.
 */

const dayMs = 86_400_000
let ahead = 0
const clock = { now: () => Date.now() + ahead, monotonic: () => performance.now() + ahead }

const people = ['olga', 'mia', 'finn', 'frida'] as const
const records = recordsText([
  offeringText({ id: 'sim-echo', connection: 'simulator-openai' }),
  offeringText({ id: 'sim-fast', connection: 'simulator-openai' }),
  useCaseText('general-assistant', ['sim-echo']),
  useCaseText('content', ['sim-echo']).replace('roles: [employee], people: []', 'roles: [product]'),
  useCaseText('financial-data', ['sim-fast'])
    .replace('roles: [employee], people: []', "groups: ['staff:g-finance'], isListed: true")
    .replace('owner@example.com', 'frida@example.com'),
  policyText(),
])

let company: Company
let environment: NodeJS.ProcessEnv
let directory: TestDirectory
let miasId: string
let marketing: string
let finance: string
let olga: SignedIn
let mia: SignedIn
let frida: SignedIn
let miasKey: string
let finnsKey: string

before(async () => {
  const token = await makeTokens(['staff'])
  after(() => token.remove())
  company = await startCompany({
    records,
    clock,
    settings: `identity:
  kind: embedded
  owners: [olga@example.com]
  scim: [{ id: staff, token: "${token.reference('staff')}" }]
  groups:
    - { group: 'staff:g-marketing', name: Marketing, roles: [product] }
  accounts:
${people.map((name) => `    - { email: ${name}@example.com, name: ${name} }`).join('\n')}`,
  })
  directory = openDirectory(company.sallyport.url, token.tokens.staff)
  miasId = await tell('mia@example.com')
  marketing = await tellGroup('g-marketing', miasId)
  finance = await tellGroup('g-finance', await tell('finn@example.com'))
  environment = {
    ...process.env,
    SALLYPORT_DATA: company.dataFolder,
    SALLYPORT_SETTINGS: join(company.folder, 'sallyport.yaml'),
  }
  await signInAll()
  await openSession(company, 'finn@example.com')
  miasKey = (await company.createKey({ email: 'mia@example.com', expiresInDays: 300 })).key
  finnsKey = (await company.createKey({ email: 'finn@example.com', expiresInDays: 300 })).key
})
after(() => company.end())

/** The directory tells of a person, and of a group; each gives the id it has from then on. */
async function tell(email: string): Promise<string> {
  const emails = [{ value: email, primary: true }]
  const user = { schemas: [userUrn], userName: email, emails, active: true }
  const { status, json } = await directory.send('POST', '/Users', user)
  assert.equal(status, 201, JSON.stringify(json))
  return json.id
}

async function tellGroup(externalId: string, member: string): Promise<string> {
  const group = { schemas: [groupUrn], externalId, displayName: externalId, members: [{ value: member }] }
  const { status, json } = await directory.send('POST', '/Groups', group)
  assert.equal(status, 201, JSON.stringify(json))
  return json.id
}

async function changeMember(op: 'add' | 'remove', group: string, member: string): Promise<void> {
  const path = op === 'add' ? 'members' : `members[value eq "${member}"]`
  const operation = { op, path, ...(op === 'add' ? { value: [{ value: member }] } : {}) }
  const { status } = await directory.send('PATCH', `/Groups/${group}`, {
    schemas: [patchUrn],
    Operations: [operation],
  })
  assert.ok(status === 200 || status === 204, String(status))
}

async function signInAll(): Promise<void> {
  olga = await openSession(company, 'olga@example.com')
  mia = await openSession(company, 'mia@example.com')
  frida = await openSession(company, 'frida@example.com')
}

/** Sessions end before grants do. */
async function waitDays(days: number): Promise<void> {
  ahead += days * dayMs
  await signInAll()
}

interface Said {
  readonly status: number
  readonly code: string | undefined
  readonly text: string
}

async function exchange(key: string, useCase: string | undefined, model = 'auto'): Promise<Said> {
  const response = await fetch(`${company.sallyport.url}/v1/chat/completions`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${key}`,
      ...(useCase === undefined ? {} : { 'x-sallyport-use-case': useCase }),
    },
    body: JSON.stringify({ model, messages: [{ role: 'user', content: 'A slogan for the fair.' }] }),
  })
  const text = await response.text()
  const code = response.ok ? undefined : (JSON.parse(text) as { error: { code: string } }).error.code
  return { status: response.status, code, text }
}

test('marketing generates content and does not reach what finance uses, under no name and with no key', async () => {
  await company.simulator.clear()
  assert.equal((await exchange(miasKey, 'content')).status, 200)
  const seenBefore = (await company.simulator.seen()).length
  assert.equal(seenBefore, 1)
  const refused = await exchange(miasKey, 'financial-data')
  assert.deepEqual([refused.status, refused.code], [403, 'use-case-unknown'])
  assert.match(refused.text, /#access/)
  // The offering itself, through a use case of hers; and a key that is bound to what she may not use.
  assert.equal((await exchange(miasKey, 'content', 'sim-fast')).code, 'model-unknown')
  const bound = await company.createKey({ email: 'mia@example.com', useCase: 'financial-data' })
  assert.equal((await exchange(bound.key, undefined)).code, 'use-case-unknown')
  assert.equal((await company.simulator.seen()).length, seenBefore, 'nothing reached the provider')
  const models = await fetch(`${company.sallyport.url}/v1/models`, {
    headers: { authorization: `Bearer ${miasKey}` },
  })
  assert.doesNotMatch(await models.text(), /sim-fast/)
  // Finance does, and does not write marketing's content.
  assert.equal((await exchange(finnsKey, 'financial-data')).status, 200)
  assert.equal((await exchange(finnsKey, 'content')).code, 'use-case-unknown')
})

test('who changes teams changes access at once, both ways', async () => {
  await changeMember('add', finance, miasId)
  await changeMember('remove', marketing, miasId)
  assert.equal((await exchange(miasKey, 'financial-data')).status, 200)
  assert.equal((await exchange(miasKey, 'content')).code, 'use-case-unknown')
  await changeMember('add', marketing, miasId)
  await changeMember('remove', finance, miasId)
  assert.equal((await exchange(miasKey, 'financial-data')).code, 'use-case-unknown')
  assert.equal((await exchange(miasKey, 'content')).status, 200)
})

test('access is asked for with a reason, given by the owner of the use case, and ends by itself', async () => {
  const mine = (await mia.get('/api/access')).json
  assert.deepEqual(
    mine.useCases.map(({ id, isOpen }: PersonAccess['useCases'][number]) => [id, isOpen]),
    [
      ['content', true],
      ['financial-data', false],
      ['general-assistant', true],
    ],
  )
  assert.deepEqual(
    mine.listed.map(({ id }: { readonly id: string }) => id),
    ['financial-data'],
  )
  const asked = await mia.post('/api/access/requests', {
    useCase: 'financial-data',
    reason: 'Figures for the annual report',
    days: 10,
  })
  assert.equal(asked.status, 201, JSON.stringify(asked.json))
  const path = `/api/access/requests/${asked.json.id}/decision`
  const decision = { verdict: 'approve', reason: 'for the report only', days: 2 }
  assert.equal((await mia.post(path, decision)).json.error.code, 'own-grant')
  const waiting = (await frida.get('/api/access')).json.requests as readonly RequestView[]
  assert.deepEqual(
    waiting.map(({ person, mayDecide, reason }) => [person, mayDecide, reason]),
    [['mia@example.com', true, 'Figures for the annual report']],
  )
  assert.equal((await frida.post(path, decision)).status, 201)
  assert.equal((await exchange(miasKey, 'financial-data')).status, 200)
  await waitDays(2)
  assert.equal((await exchange(miasKey, 'financial-data')).code, 'use-case-unknown')
  assert.equal((await exchange(miasKey, 'content')).status, 200)
  const { audit } = company.sallyport
  const kinds = await audit.search({ limit: 10, kinds: ['access-request', 'access-decision'] })
  assert.ok(
    kinds.some(
      ({ facts }) => facts.decision === 'use-case granted: financial-data' && facts.untilMs !== undefined,
    ),
  )
  assert.ok(!JSON.stringify(kinds.map(({ facts }) => facts)).includes('annual report'))
})

test('a denial wins at once over group and role, and the provider sees nothing', async () => {
  await company.simulator.clear()
  const denied = await olga.post('/api/access/denials', {
    email: 'mia@example.com',
    what: 'use-case',
    target: 'content',
    reason: 'until the review is over',
  })
  assert.equal(denied.status, 201, JSON.stringify(denied.json))
  assert.equal((await exchange(miasKey, 'content')).code, 'use-case-unknown')
  assert.deepEqual(await company.simulator.seen(), [])
  const ended = await olga.post(`/api/access/grants/${denied.json.id}/end`, { reason: 'the review is over' })
  assert.equal(ended.status, 200)
  assert.equal((await exchange(miasKey, 'content')).status, 200)
  const offering = await olga.post('/api/access/denials', {
    group: 'staff:g-finance',
    what: 'offering',
    target: 'sim-fast',
    reason: 'until the contract is signed',
  })
  assert.equal((await exchange(finnsKey, 'financial-data')).code, 'no-offering')
  assert.equal((await exchange(finnsKey, 'financial-data', 'sim-fast')).code, 'model-unknown')
  await olga.post(`/api/access/grants/${offering.json.id}/end`, { reason: 'the contract is signed' })
})

test('roles are given by an owner until a day, and nobody gives one to themselves', async () => {
  const asked = { email: 'mia@example.com', role: 'security', days: 1, reason: 'stands in for Sofia' }
  assert.equal((await mia.post('/api/roles', asked)).status, 403)
  assert.equal(
    (await olga.post('/api/roles', { ...asked, email: 'olga@example.com' })).json.error.code,
    'own-grant',
  )
  assert.equal((await mia.get('/api/access/grants')).status, 403)
  assert.equal((await olga.post('/api/roles', asked)).status, 201)
  assert.equal((await mia.get('/api/access/grants')).status, 200)
  await waitDays(1)
  assert.equal((await mia.get('/api/access/grants')).status, 403)
})

test('who reaches what, and why, is told to those who may ask', async () => {
  const reach = (await olga.get('/api/access/explain?offering=sim-fast')).json as Reach
  assert.deepEqual(
    reach.people.map(({ email }) => email),
    ['finn@example.com'],
  )
  assert.deepEqual(
    reach.people[0]?.ways[0]?.map(({ what, name }) => `${what} ${name}`),
    [
      'person finn@example.com',
      'group staff:g-finance',
      'use-case financial-data',
      'offering Simulated sim-fast',
    ],
  )
  assert.equal((await mia.get('/api/access/explain?person=finn@example.com')).status, 403)
  assert.equal((await mia.get('/api/access/explain?offering=sim-fast')).status, 403)
  const own = (await mia.get('/api/access/explain?person=mia@example.com')).json as PersonAccess
  assert.equal(own.person.email, 'mia@example.com')
  assert.equal((await olga.get('/api/access/explain?offering=sim-fast&person=x')).status, 400)
  assert.equal((await olga.get('/api/access/explain?useCase=nothing')).status, 404)
})

test('the command line explains in a running Sallyport, and what was not used for 60 days is shown', async () => {
  const explained = await runCommand(['access', 'explain', '--person', 'mia@example.com'], environment)
  assert.equal(explained.code, 0, explained.stderr)
  assert.match(explained.stdout, /mia@example\.com -> group Marketing -> role product -> use-case content/)
  assert.match(explained.stdout, /closed {2}financial-data\n {2}Nothing lets this person in/)
  await waitDays(60)
  await olga.get('/api/access/grants')
  const { uses } = (await olga.get('/api/access/use?unusedDays=60')).json as {
    readonly uses: readonly AccessUse[]
  }
  assert.deepEqual(
    uses.map(({ email, target, count }) => [email, target, count > 0]),
    [
      ['finn@example.com', 'financial-data', true],
      ['mia@example.com', 'product', true],
    ],
  )
})

const chromium = findChromium()

describe('on the page', { skip: chromium === undefined && noChromium }, () => {
  let browser: Browser
  const complaints: string[] = []
  before(async () => {
    browser = await openBrowser(chromium ?? '')
  })
  after(() => browser?.close())

  test('somebody sees what they reach and why, asks for more, and an owner gives it for a shorter time', async () => {
    const enter = async (name: string): Promise<Page> => {
      const page = await newPage(browser, complaints)
      await signIn(page, company.sallyport.url, `${name}@example.com`, company.dataFolder)
      await page.getByRole('link', { name: 'Access' }).click()
      return page
    }
    const asker = await enter('finn')
    const reached = asker.getByRole('region', { name: 'What you reach' })
    await reached.getByRole('row', { name: /financial-data.*group staff:g-finance/ }).waitFor()
    const form = asker.getByRole('form', { name: 'Ask for access' })
    await form.getByLabel('Id of the use case').fill('content')
    await form.getByLabel(/^Reason/).fill('Captions for the charts')
    await form.getByRole('button', { name: 'Ask' }).click()
    await asker.getByText('waits for a decision').waitFor()
    assert.equal(await asker.getByRole('button', { name: 'Approve' }).count(), 0)

    const owner = await enter('olga')
    const waits = owner.getByRole('region', { name: 'Waits for you' })
    await waits.getByText('Captions for the charts').waitFor()
    assert.ok(await waits.getByRole('button', { name: 'Approve' }).isDisabled())
    await waits.getByLabel('Days it is given for').fill('3')
    await waits.getByLabel('Why you approve or decline').fill('fits the report')
    await waits.getByRole('button', { name: 'Approve' }).click()
    await waits.waitFor({ state: 'detached' })

    const explain = owner.getByRole('form', { name: 'Explain access' })
    await explain.getByLabel('Id').fill('echo')
    await explain.locator('option[value="sim-echo"]').last().waitFor({ state: 'attached' })
    await explain.getByLabel('Id').fill('sim-echo')
    await explain.getByRole('button', { name: 'Explain' }).click()
    await owner
      .getByText(
        /^finn@example\.com → grant grant_\w+ until .* → use case content → offering Simulated sim-echo$/,
      )
      .waitFor()
    assert.equal(await asker.getByRole('form', { name: 'Explain access' }).count(), 0)

    await asker.reload()
    await reached.getByRole('row', { name: /content.*given to you until 20\d\d-/ }).waitFor()
    assert.deepEqual(complaints, [])
  })
})
