import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { ChangeLine, SimulationResult, SimulationView } from '#/snapshot/simulate/api.ts'
import { findChromium, newPage, noChromium, openBrowser, signIn } from '../support/browser.ts'
import { type Company, startCompany } from '../support/company.ts'
import { runCommand } from '../support/process.ts'
import { offeringText, policyText, recordsText, useCaseText } from '../support/records.ts'
import { openSession, type SignedIn } from '../support/session.ts'

/**
 * A draft is tried on exchanges that were, approved, and the same requests are sent again: what the simulation said is
 * what happens.
 */

const commercial = { tier: 'commercial', hasAgreement: false } as const
const records = recordsText([
  offeringText({ id: 'sim-echo', connection: 'simulator-openai', ...commercial }),
  offeringText({ id: 'demo', connection: 'demo' }),
  useCaseText('general-assistant', ['sim-echo', 'demo']),
  policyText(),
])

/** Contacts are masked, bank accounts refused, and the use case ends at internal. */
const draft = `records:${useCaseText('general-assistant', ['sim-echo', 'demo']).replace('restricted', 'internal')}
  - kind: policy
    id: company-rules
    title: Company rules
    owner: security@example.com
    terms:
      - { term: Project Kestrel, label: codename }
    rules:
      - { id: secrets-never-leave, title: Secrets never leave, families: [secret], action: mask, owner: security@example.com }
      - { id: cards-never-leave, title: Card numbers never leave, types: [payment-card], action: mask, owner: security@example.com }
      - { id: ibans-replaced, title: Bank accounts never leave, types: [iban], action: block, owner: security@example.com }
      - { id: contacts-replaced, title: Contacts are masked, types: [email, phone], action: mask, owner: security@example.com }
      - { id: never-met, title: Nobody meets it, types: [imei], action: block, owner: security@example.com }
`

const secret = ['AKIA', 'Q3EGR7XKZLP2WM5T'].join('')
const requests: readonly (readonly [content: string, model: string])[] = [
  ['Good morning.', 'auto'],
  ['Write to mia@example.com please.', 'auto'],
  ['My card is 5500-0000-0000-0004.', 'sim-echo'],
  [`aws_access_key_id = ${secret}`, 'auto'],
  ['Pay DE89 3704 0044 0532 0130 00 today.', 'auto'],
  ['Where is Project Kestrel?', 'auto'],
  ['Where is Project Kestrel?', 'sim-echo'],
  ['Good morning.', 'made-up'],
]

let company: Company
let sam: SignedIn
let olga: SignedIn
let mia: SignedIn
let key: string
let environment: NodeJS.ProcessEnv
let file: string

before(async () => {
  company = await startCompany({
    records,
    settings: `identity:
  kind: embedded
  owners: [sam@example.com, olga@example.com]
  accounts:
${['sam', 'olga', 'mia'].map((name) => `    - { email: ${name}@example.com, name: ${name} }`).join('\n')}`,
  })
  sam = await openSession(company, 'sam@example.com')
  olga = await openSession(company, 'olga@example.com')
  mia = await openSession(company, 'mia@example.com')
  ;({ key } = await company.createKey({ email: 'mia@example.com' }))
  file = join(company.folder, 'draft.yaml')
  await writeFile(file, draft)
  environment = {
    ...process.env,
    SALLYPORT_DATA: company.dataFolder,
    SALLYPORT_SETTINGS: join(company.folder, 'sallyport.yaml'),
  }
})
after(() => company.end())

/** How each request ends: the index of its entry, the status, and the code of a refusal. */
const sendAll = async (): Promise<readonly { index: number; code: string; offering: string }[]> => {
  const ended = []
  for (const [content, model] of requests) {
    const response = await fetch(`${company.sallyport.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model, messages: [{ role: 'user', content }] }),
    })
    const { error } = (await response.json()) as { readonly error?: { readonly code: string } }
    const index = Number(response.headers.get('x-sallyport-receipt')?.split('#')[1])
    const { facts } = (await company.sallyport.audit.open(index)) ?? assert.fail('no entry')
    ended.push({ index, code: error?.code ?? 'allowed', offering: facts.offering ?? '' })
  }
  return ended
}

const simulate = async (asked: object, by = sam): Promise<SimulationResult> => {
  const { status, json } = await by.post('/api/simulations', asked)
  assert.equal(status, 202, JSON.stringify(json))
  for (let tries = 0; tries < 20; tries++) {
    const view = (await by.get(`/api/simulations/${json.id}`)).json as SimulationView
    if (view.result !== null) return view.result
  }
  return assert.fail('the simulation did not end')
}

const told = ({ kind, what, from, to, exchanges, people }: ChangeLine) =>
  `${kind} ${what} ${from} ${to} ${exchanges} ${people}`

test('a draft is tried on what was sent, and what it said is what happens once it serves', async () => {
  const before = await sendAll()
  assert.deepEqual(
    before.map(({ code }) => code),
    [
      'allowed',
      'allowed',
      'allowed',
      'finding-blocked',
      'allowed',
      'allowed',
      'class-above-ceiling',
      'model-unknown',
    ],
  )
  const result = await simulate({ draft: { file: { text: draft, fileName: 'draft.yaml' } }, days: 1 })
  assert.deepEqual([result.exchanges, result.replayed, result.notAsThen, result.unknown], [8, 8, 0, []])
  assert.deepEqual(result.changes.map(told).sort(), [
    'allowed  finding-blocked allowed 1 1',
    'changed-more email pseudonymise mask 1 1',
    'refused  allowed class-above-use-case 1 1',
    'refused  allowed finding-blocked 1 1',
    'refused-otherwise  class-above-ceiling class-above-use-case 1 1',
  ])
  assert.equal(result.changed, 5)
  assert.deepEqual(result.byUseCase, [{ value: 'general-assistant', exchanges: 5 }])
  assert.deepEqual(
    result.byPerson.map(({ person, exchanges }) => [person?.email, exchanges]),
    [['mia@example.com', 5]],
  )
  assert.deepEqual(Object.fromEntries(result.byCause.map(({ value, exchanges }) => [value, exchanges])), {
    'rule secrets-never-leave': 1,
    'rule contacts-replaced': 1,
    'rule ibans-replaced': 1,
    'use-case general-assistant': 2,
  })
  assert.deepEqual(result.idleRules, ['never-met'])
  const refused = result.changes.find(({ to }) => to === 'finding-blocked')
  assert.deepEqual(
    refused?.samples.map(({ receipt }) => Number(receipt.split('#')[1])),
    [before[4]?.index],
  )

  // Nothing serves by having been tried.
  assert.deepEqual(
    (await sendAll()).map(({ code }) => code),
    before.map(({ code }) => code),
  )

  const applied = await runCommand(['apply', file, '--yes'], environment)
  assert.equal(applied.code, 0, applied.stderr)
  const waiting = await simulate({ draft: { waiting: [{ kind: 'policy', id: 'company-rules' }] }, days: 1 })
  assert.deepEqual(
    waiting.records.map(({ kind, id, version, serving }) => [kind, id, version, serving]),
    [['policy', 'company-rules', 2, 1]],
  )
  assert.equal(waiting.changed, 6, 'three of eight, twice: the use case stays as it is')

  for (const [kind, id] of [
    ['use-case', 'general-assistant'],
    ['policy', 'company-rules'],
  ]) {
    const decided = { kind, id, version: 2, verdict: 'approve', reason: 'As simulated.' }
    // What came in a file takes two people.
    for (const person of [sam, olga]) assert.equal((await person.post('/api/decisions', decided)).status, 201)
  }
  assert.deepEqual(
    (await sendAll()).map(({ code }) => code),
    [
      'allowed',
      'allowed',
      'allowed',
      'allowed',
      'finding-blocked',
      'class-above-use-case',
      'class-above-use-case',
      'model-unknown',
    ],
  )
})

test('the log says who tried what, before anything is told; who may not search the log may not try', async () => {
  const { json } = await sam.get('/api/log/entries?q=kind:simulation')
  const [newest] = json.entries
  assert.equal(newest.person.email, 'sam@example.com')
  assert.match(newest.facts.digest, /^[0-9a-f]{64}$/)
  assert.equal(newest.facts.reason, 'waiting')
  const { status } = await mia.post('/api/simulations', { draft: { waiting: 'all' } })
  assert.equal(status, 403)
})

test('the command line tries a file, says what would change, and refuses a draft that changes nothing', async () => {
  const back = join(company.folder, 'back.yaml')
  await writeFile(back, records)
  const { code, stdout, stderr } = await runCommand(['simulate', back, '--days', '2'], environment)
  assert.equal(code, 0, stderr)
  assert.match(stdout, /24 exchanges, 24 decided again/)
  assert.match(stdout, /less is done with email: mask, would be pseudonymise; people: 1/)
  const same = await runCommand(['simulate', file], environment)
  assert.equal(same.code, 1)
  assert.match(same.stderr, /already serves/)
})

const chromium = findChromium()

test('from a version that waits, the page says what would change and what is not known', {
  skip: chromium === undefined && noChromium,
}, async () => {
  const { json } = await sam.get('/api/records/use-case/general-assistant')
  const { title, owner, purpose, audience, offerings } = json.versions[0].body
  const body = { title, owner, purpose, audience, offerings, highestClass: 'public' }
  assert.equal((await sam.put('/api/records/use-case/general-assistant', body)).status, 200)
  const browser = await openBrowser(chromium ?? '')
  try {
    const complaints: string[] = []
    const page = await newPage(browser, complaints)
    await signIn(page, company.sallyport.url, 'sam@example.com', company.dataFolder)
    await page.goto(`${company.sallyport.url}/#register/use-case/general-assistant`)
    const version = page.getByRole('region', { name: 'Version 3' })
    await version.getByRole('link', { name: 'What would change?' }).click()
    await page.getByRole('form', { name: 'Try a draft' }).getByText('general-assistant').waitFor()
    await page.getByRole('button', { name: 'Try it' }).click()
    const result = page.getByRole('region', { name: 'What would change' })
    await result.getByText('0 of 24 exchanges would change').waitFor()
    await result.getByText('No text is looked at again').waitFor()
    await page.locator('input[type=file]').setInputFiles({
      name: 'latin.yaml',
      mimeType: 'application/yaml',
      buffer: Buffer.from('records: [] # B\u00fcro', 'latin1'),
    })
    await page.getByRole('button', { name: 'Try it' }).click()
    await page.getByRole('alert').getByText('latin.yaml is not UTF-8').waitFor()
    await page.locator('input[type=file]').setInputFiles({
      name: 'back.yaml',
      mimeType: 'application/yaml',
      buffer: Buffer.from(records),
    })
    await page.getByRole('button', { name: 'Try it' }).click()
    await result.getByText('less is done with email: mask, would be pseudonymise').waitFor()
    await result.locator('li:visible', { hasText: 'mia@example.com' }).first().waitFor()
    assert.deepEqual(complaints, [])
  } finally {
    await browser.close()
  }
})
