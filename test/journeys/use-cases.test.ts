import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { ExchangeDetails } from '#/gateway/api.ts'
import type { RecordView } from '#/register/api.ts'
import { type Company, outcomeOf, startCompany } from '../support/company.ts'
import { type HandProvider, handEnd, startHandProvider } from '../support/hand-provider.ts'
import { offeringText, policyText, recordsText, useCaseText } from '../support/records.ts'
import { openSession, type SignedIn } from '../support/session.ts'

/** What a use case allows is what its exchanges obey, from the day it is approved to the day that ends. */

const dayMs = 86_400_000

const records = recordsText([
  offeringText({ id: 'sim-echo', connection: 'simulator-openai' }),
  offeringText({ id: 'sim-tool', connection: 'simulator-openai' }),
  offeringText({ id: 'west', connection: 'simulator-openai', model: 'sim-echo', tier: 'commercial' }),
  offeringText({ id: 'hand', connection: 'hand' }),
  useCaseText('general-assistant', ['sim-echo']),
  useCaseText('with-tools', ['sim-echo', 'sim-tool', 'hand'], "\n    tools: [find, 'mail_*']"),
  useCaseText('with-budget', ['sim-echo'], '\n    budgetUsdPerMonth: 0.01'),
  useCaseText(
    'for-customers',
    ['west', 'sim-echo'],
    '\n    customers: [{ name: Tarn, processors: [Tarnwick] }]',
  ),
  useCaseText('without-content', ['sim-echo'], '\n    keepsContent: false'),
  useCaseText(
    'reviewed',
    ['sim-echo'],
    '\n    humanReview: before-use\n    notice: Prüfen Sie alles.\n    exit: { offering: west, testedOn: 2026-11-02 }',
  ),
  policyText(),
])

const roles = { sam: 'security', lea: 'legal', eve: 'engineering', pia: 'product' } as const
const names = ['olga', 'sam', 'lea', 'eve', 'pia', 'mia'] as const

const clock = { movedMs: 0, now: () => Date.now() + clock.movedMs, monotonic: () => performance.now() }
let provider: HandProvider
let company: Company
let key: string
const people = {} as Record<(typeof names)[number], SignedIn>

before(async () => {
  provider = await startHandProvider()
  company = await startCompany({
    records,
    clock,
    connections: `  hand: { kind: compatible, url: "http://127.0.0.1:${provider.port}/v1", silenceLimitMs: 1500 }`,
    settings: `identity:
  kind: embedded
  owners: [olga@example.com]
  accounts:
${names.map((name) => `    - { email: ${name}@example.com, name: ${name} }`).join('\n')}`,
  })
  for (const name of names) people[name] = await openSession(company, `${name}@example.com`)
  for (const [name, role] of Object.entries(roles))
    await company.sallyport.control['role.grant']?.({
      asked: { email: `${name}@example.com`, role, reason: 'For a test' },
      by: 'command-line:test',
    } as never)
  key = (await company.createKey({ email: 'mia@example.com' })).key
})
after(async () => {
  await company.end()
  await provider.stop()
})

interface Told {
  readonly status: number
  readonly headers: Headers
  readonly receipt: number
  // biome-ignore lint/suspicious/noExplicitAny: each test says by its assertions what the answer holds
  readonly body: any
}

async function ask(useCase: string, change: object = {}, content = 'Good morning.'): Promise<Told> {
  const response = await fetch(`${company.sallyport.url}/v1/chat/completions`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${key}`,
      'content-type': 'application/json',
      'x-sallyport-use-case': useCase,
    },
    body: JSON.stringify({ model: 'auto', messages: [{ role: 'user', content }], ...change }),
  })
  const text = await response.text()
  const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') === true
  return {
    status: response.status,
    headers: response.headers,
    receipt: Number(response.headers.get('x-sallyport-receipt')?.split('#')[1]),
    body: isStream ? text : JSON.parse(text),
  }
}
const codeOf = ({ body }: Told): string => body.error?.code ?? 'answered'

const base = {
  title: 'Scoring',
  owner: 'owner@example.com',
  purpose: 'Tests',
  audience: { roles: ['employee'] },
  offerings: ['sim-echo'],
  highestClass: 'internal',
}
const exit = { offering: 'west', testedOn: '2026-11-02' }

const propose = (id: string, body: object) => people.sam.put(`/api/records/use-case/${id}`, body)
const decide = async (name: keyof typeof people, id: string, version: number, more: object = {}) =>
  people[name].post('/api/decisions', {
    ...{ kind: 'use-case', id, version, verdict: 'approve', reason: 'For a test.' },
    ...more,
  })
const agreed = async (...asked: Parameters<typeof decide>) => {
  const { status, json } = await decide(...asked)
  assert.equal(status, 201, JSON.stringify(json))
}

describe('who approves', () => {
  test('high risk with two of three roles does not serve, the page says who is missing; with three it serves', async () => {
    assert.equal((await propose('scoring', { ...base, risk: 'high', practices: [], exit })).status, 200)
    await agreed('lea', 'scoring', 1)
    await agreed('eve', 'scoring', 1)
    assert.equal((await decide('sam', 'scoring', 1)).json.error.code, 'own-proposal')
    assert.equal((await decide('olga', 'scoring', 1)).json.error.code, 'role-missing')
    assert.equal(codeOf(await ask('scoring')), 'use-case-unknown')
    const { json } = (await people.pia.get('/api/records/use-case/scoring')) as { json: RecordView }
    assert.equal(json.versions[0]?.state, 'proposed')
    assert.deepEqual(json.versions[0]?.quorum.missing, ['security', 'product'])
    assert.deepEqual(
      json.versions[0]?.quorum.given.map(({ by }) => by),
      ['lea@example.com', 'eve@example.com'],
    )
    await agreed('pia', 'scoring', 1)
    assert.equal(codeOf(await ask('scoring')), 'answered')
  })

  test('a condition of one of the approvals is obeyed; above it nothing goes', async () => {
    await agreed('lea', 'scoring', 1, { conditions: { highestClass: 'public' } })
    const told = await ask('scoring', {}, 'Project Kestrel.')
    assert.equal(codeOf(told), 'class-above-use-case')
    assert.match(told.body.error.message, /public/)
    await agreed('lea', 'scoring', 1)
  })

  test('an edit that is not approved changes nothing: the old version serves, up to its class', async () => {
    await propose('scoring', { ...base, highestClass: 'restricted', risk: 'high', practices: [], exit })
    await agreed('lea', 'scoring', 2)
    assert.equal(codeOf(await ask('scoring')), 'answered')
    const above = await ask('scoring', {}, 'Project Kestrel.')
    assert.equal(codeOf(above), 'class-above-use-case')
    assert.match(above.body.error.message, /internal/)
    assert.equal((await decide('eve', 'scoring', 2, { verdict: 'reject' })).status, 201)
    assert.equal(codeOf(await ask('scoring')), 'answered')
  })

  test('a prohibited practice is refused with its article, and what does not answer is not approved', async () => {
    const told = await propose('spying', { ...base, practices: ['emotions-at-work'] })
    assert.equal(told.json.error.code, 'practice-prohibited')
    assert.match(told.json.error.message, /Article 5\(1\)\(f\)/)
    assert.equal(codeOf(await ask('spying')), 'use-case-unknown')
    await people.pia.put('/api/records/use-case/unanswered', { ...base, risk: 'limited', exit })
    const unready = await decide('sam', 'unanswered', 1)
    assert.deepEqual([unready.status, unready.json.error.code], [409, 'record-incomplete'])
  })
})

describe('what exchanges obey', () => {
  const offering = (name: string) => ({ tools: [{ type: 'function', function: { name, parameters: {} } }] })

  test('a tool that is not allowed is refused by its name; one that is goes', async () => {
    const told = await ask('with-tools', offering('run_shell'))
    assert.deepEqual([told.status, codeOf(told)], [403, 'tool-not-allowed'])
    assert.match(told.body.error.message, /run_shell.*find, mail_\*/)
    const allowed = await ask('with-tools', { ...offering('mail_send'), model: 'sim-tool' })
    assert.equal(allowed.body.choices[0].message.tool_calls[0].function.name, 'mail_send')
  })

  test('an answer that calls another tool is stopped before the call', async () => {
    provider.answering = async (response) => {
      const call = { index: 0, id: 'c', type: 'function', function: { name: 'run_shell', arguments: '{}' } }
      const choices = [{ index: 0, delta: { tool_calls: [call] }, finish_reason: null }]
      response.end(`data: ${JSON.stringify({ id: 'x', choices })}\n\n${handEnd}`)
    }
    const told = await ask('with-tools', { model: 'hand', stream: true })
    assert.equal(codeOf(told), 'tool-not-allowed')
    assert.ok(!JSON.stringify(told.body).includes('tool_calls'))
    assert.equal((await outcomeOf(company, told.receipt)).decision, 'tool-not-allowed')
  })

  test('a budget sets the worst case aside, counts what it cost, and says what is left', async () => {
    const unlimited = await ask('with-budget')
    assert.deepEqual([unlimited.status, codeOf(unlimited)], [402, 'budget-spent'])
    assert.ok(JSON.stringify(unlimited.body).includes('limit-answer'))
    let sent = 0
    for (; sent < 20; sent++) {
      const told = await ask('with-budget', { max_tokens: 200 }, 'word '.repeat(600))
      if (told.status === 200) continue
      assert.equal(codeOf(told), 'budget-spent')
      assert.match(told.body.error.message, /0\.01 USD a month; .* left.*up to .*-01\./)
      break
    }
    assert.ok(sent > 0 && sent < 20, `${sent} went`)
  })

  test('a contract of a customer leaves an offering out, and the reasons say so', async () => {
    const told = await ask('for-customers')
    assert.equal(told.headers.get('x-sallyport-offering'), 'sim-echo')
    const named = await ask('for-customers', { model: 'west' })
    assert.deepEqual([named.status, codeOf(named)], [403, 'offering-outside-terms'])
    assert.match(named.body.error.message, /contract with Tarn allows Tarnwick.*Kestrel Cloud/)
    const { json } = (await people.mia.get(`/api/exchanges/${told.receipt}`)) as { json: ExchangeDetails }
    assert.ok(json.reasons.some((reason) => reason.includes('contract with Tarn')))
  })

  test('where no content is kept, neither an exchange nor a refusal has any', async () => {
    const told = await ask('without-content', {}, 'The grey heron flies at noon.')
    assert.equal(told.status, 200)
    const refused = await ask('without-content', { tools: 7 }, 'The grey heron flies at noon.')
    const secret = ['-----BEGIN RSA', 'PRIVATE KEY-----\nMIIEow\n-----END RSA PRIVATE KEY-----'].join(' ')
    const blocked = await ask('without-content', {}, `The grey heron has ${secret}`)
    assert.deepEqual([refused.status, codeOf(blocked)], [400, 'finding-blocked'])
    const outcome = await company.sallyport.audit.outcomeOf(told.receipt)
    for (const index of [told.receipt, blocked.receipt, outcome?.index ?? -1]) {
      const payload = Buffer.from((await company.sallyport.audit.open(index))?.payload ?? []).toString()
      assert.match(payload, /not-kept/)
      assert.doesNotMatch(payload, /heron/)
    }
    const { json } = (await people.mia.get(`/api/exchanges/${told.receipt}`)) as { json: ExchangeDetails }
    assert.deepEqual([json.content, json.typed, json.answer], ['not-kept', null, null])
  })

  test('review and notice go with every answer and stand before the first', async () => {
    const told = await ask('reviewed')
    assert.equal(told.headers.get('x-sallyport-human-review'), 'before-use')
    assert.equal(decodeURIComponent(told.headers.get('x-sallyport-notice') ?? ''), 'Prüfen Sie alles.')
    const { json } = await people.mia.get('/api/models')
    const choice = json.useCases.find(({ id }: { id: string }) => id === 'reviewed')
    assert.deepEqual([choice.notice, choice.needsReview], ['Prüfen Sie alles.', true])
    assert.equal((await ask('reviewed', { model: 'west' })).headers.get('x-sallyport-offering'), 'west')
  })
})

test('an approval that ended stops the exchanges on that day', async () => {
  const until = new Date(clock.now() + dayMs).toISOString().slice(0, 10)
  await agreed('pia', 'scoring', 1, { until })
  assert.equal(codeOf(await ask('scoring')), 'answered')
  clock.movedMs += 2 * dayMs
  assert.equal(codeOf(await ask('scoring')), 'use-case-unknown')
  const later = await openSession(company, 'lea@example.com')
  const { json } = (await later.get('/api/records/use-case/scoring')) as { json: RecordView }
  const first = json.versions.find(({ version }) => version === 1)
  assert.equal(first?.state, 'expired')
  assert.match(first?.why ?? '', /pia@example\.com \(product\) ended/)
})
