import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Coverage, Guide, ReadableDocument } from '#/register/documents/api.ts'
import { namedSwitches } from '#/register/documents/document.ts'
import { switchScopes } from '#/snapshot/switches/api.ts'
import { findChromium, newPage, noChromium, openBrowser, signIn } from '../support/browser.ts'
import { type Company, startCompany } from '../support/company.ts'
import { openSession, type SignedIn } from '../support/session.ts'

/** A policy that people read: drafted, approved by somebody else, kept by rules, and counted. */

const names = ['olga', 'sam', 'mia'] as const
let company: Company
const people = {} as Record<(typeof names)[number], SignedIn>

before(async () => {
  company = await startCompany({
    settings: `identity:
  kind: embedded
  owners: [olga@example.com]
  accounts:
${names.map((name) => `    - { email: ${name}@example.com, name: ${name} }`).join('\n')}`,
  })
  for (const name of names) people[name] = await openSession(company, `${name}@example.com`)
  await company.sallyport.control['role.grant']?.({
    asked: { email: 'sam@example.com', role: 'security', reason: 'For a test' },
    by: 'command-line:test',
  } as never)
})
after(() => company.end())

const id = 'acceptable-use'

test('a policy is drafted from the template, approved by somebody else, read by everybody, and counted', async () => {
  const { olga, sam, mia } = people
  assert.deepEqual((await mia.get('/api/policy-documents')).json, { documents: [] })
  assert.equal((await mia.post(`/api/policy-documents/${id}`)).status, 403)
  assert.equal((await sam.post(`/api/policy-documents/${id}`)).status, 201)
  assert.deepEqual((await mia.get('/api/policy-documents')).json, { documents: [] })

  const [version] = (await olga.get(`/api/records/policy/${id}`)).json.versions
  const decision = { kind: 'policy', id, version: version.version, verdict: 'approve', reason: 'Read.' }
  assert.equal((await sam.post('/api/decisions', decision)).status, 403)
  assert.equal((await olga.post('/api/decisions', decision)).status, 201)
  const [document] = (await mia.get('/api/policy-documents')).json.documents as ReadableDocument[]
  assert.deepEqual(
    [document?.policy, document?.version, document?.hash, document?.approvedBy],
    [id, 1, version.hash, 'olga@example.com'],
  )
  const stateOf = (clause: string) => document?.clauses.find((each) => each.id === clause)?.state
  assert.deepEqual(['payment', 'personal-accounts'].map(stateOf), ['kept', 'promise'])

  const { key } = await company.createKey({ email: 'mia@example.com' })
  const card = '4111 1111 1111 1111'
  const sent = await fetch(`${company.sallyport.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'sim-echo', messages: [{ role: 'user', content: `Pay ${card} now.` }] }),
  })
  assert.equal(sent.status, 200, await sent.text())

  assert.equal((await mia.get('/api/policy-coverage')).status, 403)
  const coverage = (await sam.get(`/api/policy-coverage?days=7&policy=${id}`)).json as Coverage
  const payment = coverage.documents[0]?.clauses.find((each) => each.id === 'payment')
  const cards = payment?.links.find(({ what }) => what.startsWith('rule cards-never-leave'))
  assert.deepEqual([cards?.serves, cards?.acted, cards?.of], [true, 1, coverage.exchanges])
  assert.ok(coverage.documents[0]?.promises.includes('personal-accounts'))
  assert.equal((await sam.get('/api/policy-coverage?days=0')).status, 400)
})

test('the guide is read by everybody, from the rules that serve, and holds no value', async () => {
  const { status, json } = await people.mia.get('/api/policy-guide')
  assert.equal(status, 200)
  const guide = json as Guide
  assert.ok(guide.classes.every(({ goesTo }) => goesTo.some(({ title }) => title === 'Simulated sim-echo')))
  assert.deepEqual(
    guide.rules.find(({ title }) => title === 'Card numbers never leave'),
    { title: 'Card numbers never leave', finds: 'payment card number', does: 'is masked', also: [] },
  )
  // One person sent a card number: a count of it would say whose it was.
  assert.deepEqual(guide.found, [])
  assert.ok(!JSON.stringify(guide).includes('4111'))
})

test('what a clause may name to be stopped is what can be stopped', () => {
  assert.deepEqual([...namedSwitches].sort(), [...switchScopes].sort())
})

const chromium = findChromium()

test('the pages show both to whoever signed in', {
  skip: chromium === undefined && noChromium,
}, async (context) => {
  const browser = await openBrowser(chromium ?? '')
  context.after(() => browser.close())
  const page = await newPage(browser, [])
  const { url } = company.sallyport
  await signIn(page, url, 'mia@example.com', company.dataFolder)
  await page.goto(`${url}/#guide`)
  await page.getByRole('heading', { name: 'What may go where' }).waitFor()
  await page.getByText('Card numbers never leave').waitFor()
  await page.goto(`${url}/#policies`)
  await page.getByRole('heading', { name: 'Personal accounts' }).waitFor()
  assert.equal(await page.getByText('What keeps what').count(), 0)
})
