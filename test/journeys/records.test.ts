import assert from 'node:assert/strict'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { RecordPage, RecordView, RegisterOverview } from '#/register/api.ts'
import { type Company, startCompany } from '../support/company.ts'
import { runCommand } from '../support/process.ts'
import { offeringText, policyText, recordsText, useCaseText } from '../support/records.ts'
import { openSession, type SignedIn } from '../support/session.ts'

/** Records that keep something from happening, by real exchanges; and files of records to and fro. */

const dayMs = 86_400_000
/** A day as people write it, so many days from now. */
const dayIn = (days: number): string => new Date(Date.now() + days * dayMs).toISOString().slice(0, 10)
const today = dayIn(0)
const lastDay = dayIn(27)

const records = recordsText([
  offeringText({ id: 'demo', connection: 'demo' }),
  offeringText({ id: 'low', connection: 'demo', tier: 'commercial', hasAgreement: false }),
  useCaseText('general-assistant', ['demo']),
  useCaseText('tickets', ['low']),
  policyText(),
])

/** How far the clock of the gate is ahead. */
let aheadMs = 0
let company: Company
let olga: SignedIn
let sam: SignedIn
let key: string
let environment: NodeJS.ProcessEnv

before(async () => {
  company = await startCompany({
    records,
    clock: { now: () => Date.now() + aheadMs, monotonic: () => performance.now() },
    settings: `identity:
  kind: embedded
  owners: [olga@example.com, sam@example.com]
  accounts:
    - { email: olga@example.com, name: Olga }
    - { email: sam@example.com, name: Sam }`,
  })
  olga = await openSession(company, 'olga@example.com')
  sam = await openSession(company, 'sam@example.com')
  key = (await company.createKey({ email: 'mia@example.com', expiresInDays: 90 })).key
  environment = {
    ...process.env,
    SALLYPORT_DATA: company.dataFolder,
    SALLYPORT_SETTINGS: join(company.folder, 'sallyport.yaml'),
  }
})
after(() => company.end())

const view = async (kind: string, id: string): Promise<RecordView> =>
  (await olga.get(`/api/records/${kind}/${id}`)).json

/** Olga writes, Sam decides about what is newest. */
async function write(kind: string, id: string, body: object): Promise<void> {
  const { status, json } = await olga.put(`/api/records/${kind}/${id}`, body)
  assert.equal(status, 200, JSON.stringify(json))
}
const decide = async (kind: string, id: string, verdict = 'approve', who = sam) =>
  who.post('/api/decisions', {
    ...{ kind, id, verdict, reason: 'Looked at.' },
    ...{ version: (await view(kind, id)).total },
  })
async function approved(kind: string, id: string, body: object): Promise<void> {
  await write(kind, id, body)
  const { status, json } = await decide(kind, id)
  assert.equal(status, 201, JSON.stringify(json))
}

/** The status of an exchange, and the code of a refusal. */
async function ask(
  useCase: string,
  content = 'Good morning.',
): Promise<readonly [number, string | undefined]> {
  const response = await fetch(`${company.sallyport.url}/v1/chat/completions`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${key}`,
      'content-type': 'application/json',
      'x-sallyport-use-case': useCase,
    },
    body: JSON.stringify({ model: 'auto', messages: [{ role: 'user', content }] }),
  })
  const { error } = (await response.json()) as { error?: { code: string } }
  return [response.status, error?.code]
}

const trial = {
  title: 'First month',
  owner: 'olga@example.com',
  from: today,
  until: lastDay,
  metric: 'minutes for a letter',
  baseline: 30,
  target: 15,
  highestClass: 'internal',
  reviewer: 'sam@example.com',
}
const letters = {
  title: 'Letters',
  owner: 'olga@example.com',
  purpose: 'Letters to customers.',
  audience: { roles: ['employee'] },
  offerings: ['demo'],
  highestClass: 'restricted',
  pilot: 'letters-trial',
}

describe('records', { concurrency: false }, () => {
  test('a use case of a pilot serves once its reviewer started it, and not above its class', async () => {
    await write('pilot', 'letters-trial', trial)
    await approved('use-case', 'letters', letters)
    assert.deepEqual(await ask('letters'), [403, 'use-case-unknown'])
    assert.equal((await decide('pilot', 'letters-trial', 'approve', sam)).status, 201)
    assert.deepEqual(await ask('letters'), [200, undefined])
    const confidential = 'What do we know of Project Kestrel?'
    assert.deepEqual(await ask('letters', confidential), [400, 'class-above-use-case'])
    assert.deepEqual(await ask('general-assistant', confidential), [200, undefined])
    assert.equal((await view('pilot', 'letters-trial')).stage, `runs until ${lastDay}`)
  })

  test('data of a dataset does not go where its class may not go, however harmless it looks', async () => {
    assert.deepEqual(await ask('tickets'), [200, undefined])
    const body = (await view('use-case', 'tickets')).versions[0]?.body as object
    await approved('dataset', 'old-tickets', {
      title: 'Old tickets',
      owner: 'olga@example.com',
      class: 'confidential',
      uses: ['inference'],
    })
    await approved('use-case', 'tickets', { ...body, datasets: ['old-tickets'] })
    const [status, code] = await ask('tickets')
    assert.equal(status, 400)
    assert.match(String(code), /ceiling|offering/)
    assert.equal((await decide('dataset', 'old-tickets', 'suspend')).status, 201)
    assert.deepEqual(await ask('tickets'), [403, 'use-case-unknown'])
  })

  test('while an incident is open, what it is about is not approved', async () => {
    const incident = {
      title: 'Wrong customer',
      owner: 'olga@example.com',
      foundOn: today,
      what: 'A letter named another customer.',
      about: [{ kind: 'use-case', id: 'letters' }],
    }
    await write('incident', 'wrong-customer', incident)
    await write('use-case', 'letters', { ...letters, purpose: 'Letters to some customers.' })
    const refused = await decide('use-case', 'letters')
    assert.equal(refused.status, 409)
    assert.match(refused.json.error.message, /the incident wrong-customer about it is open/)
    assert.deepEqual(await ask('letters'), [200, undefined], 'what was approved serves on')
    await write('incident', 'wrong-customer', {
      ...incident,
      contained: { on: today, how: 'Both customers were called.' },
    })
    assert.equal((await decide('use-case', 'letters')).status, 201)
    const early = await decide('incident', 'wrong-customer')
    assert.match(early.json.error.message, /closed by a rule that serves, or by the receipt of a stop/)
  })

  test('of two who decide at once, the second is told; what waits for me comes first', async () => {
    await write('use-case', 'letters', { ...letters, purpose: 'Letters to all customers.' })
    const overview = (await sam.get('/api/records')).json as RegisterOverview
    assert.ok(overview.waiting.some(({ id }) => id === 'letters'))
    const { decided, total } = await view('use-case', 'letters')
    const asked = { kind: 'use-case', id: 'letters', version: total, reason: 'Looked at.', seen: decided }
    const answers = await Promise.all(
      ['approve', 'reject'].map((verdict) => sam.post('/api/decisions', { ...asked, verdict })),
    )
    assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 409])
    assert.equal(answers.find(({ status }) => status === 409)?.json.error.code, 'decided-meanwhile')
    assert.equal((await view('use-case', 'letters')).decided, decided + 1)
  })

  test('a control counts what happened, and says so to whoever looks', async () => {
    const control = { title: 'Whole', owner: 'olga@example.com', periodDays: 7 }
    await write('control', 'whole', { ...control, query: 'exchanges-have-both-entries' })
    await write('control', 'below', { ...control, query: 'exchanges-stay-below-ceilings' })
    await write('control', 'people', { ...control, query: 'decisions-are-made-by-people' })
    for (const id of ['whole', 'below']) {
      const { result } = await view('control', id)
      assert.equal(result?.state, 'satisfied', JSON.stringify(result))
      assert.ok((result?.population ?? 0) >= 4, JSON.stringify(result))
    }
    const { result } = await view('control', 'people')
    assert.equal(result?.exceptionCount, 5, 'the records the first start brought')
  })

  test('records go to files and back without a difference, and a difference is told', async () => {
    const out = join(company.folder, 'out')
    const command = (...words: string[]) => runCommand(words, environment)
    const exported = await command('export', '--out', out)
    assert.equal(exported.code, 0, exported.stderr)
    const same = await command('diff', out)
    assert.deepEqual([same.code, same.stdout.slice(0, 14)], [0, 'No difference:'], same.stdout + same.stderr)
    const file = join(out, 'pilot', 'letters-trial.yaml')
    await writeFile(file, (await readFile(file, 'utf8')).replace('target: 15', 'target: 12'))
    const different = await command('diff', out)
    assert.equal(different.code, 1)
    assert.equal(
      different.stdout,
      'pilot letters-trial: changed, version 2, waits for approval\n  target\n  - 15\n  + 12\n',
    )
    const unasked = await command('apply', out)
    assert.equal(unasked.code, 2)
    assert.match(unasked.stderr, /changed {2}pilot letters-trial, version 2 \(target\)[\s\S]*say --yes/)
    assert.equal((await view('pilot', 'letters-trial')).total, 1)
    assert.equal((await command('apply', out, '--yes')).code, 0)
    const { differences } = (await olga.get('/api/records/pilot/letters-trial/differences?from=1&to=2')).json
    assert.deepEqual(differences, [{ field: 'target', before: 15, after: 12 }])
  })

  test('a folder with an unknown field in one file changes nothing', async () => {
    const folder = join(company.folder, 'wrong', 'deep')
    await mkdir(folder, { recursive: true })
    const dataset = (id: string, more: object) =>
      JSON.stringify({
        records: [
          {
            kind: 'dataset',
            id,
            title: id,
            owner: 'o@example.com',
            class: 'public',
            uses: ['inference'],
            ...more,
          },
        ],
      })
    await writeFile(join(folder, 'a.json'), dataset('a', {}))
    await writeFile(
      join(folder, 'b.json'),
      dataset('b', { scan: { on: '2026-11-01', by: 'x', samples: 1, fond: [] } }),
    )
    const { code, stderr } = await runCommand(['apply', join(folder, '..'), '--yes'], environment)
    assert.equal(code, 1)
    assert.match(stderr, /records\.0\.scan\.fond \(deep\/b\.json:1:\d+\).*Did you mean "found"\?/)
    const page = (await olga.get('/api/records/dataset?search=a')).json as RecordPage
    assert.deepEqual(
      page.records.map(({ id }) => id),
      [],
    )
  })

  test('when the pilot is over, so is its use case, and a clock that is set back does not bring it back', async () => {
    aheadMs = 29 * dayMs
    assert.deepEqual(await ask('letters'), [403, 'use-case-unknown'])
    assert.deepEqual(await ask('general-assistant'), [200, undefined])
    aheadMs = 0
    assert.deepEqual(await ask('letters'), [403, 'use-case-unknown'])
  })
})
