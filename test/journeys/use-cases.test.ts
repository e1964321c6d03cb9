import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import type { ExchangeDetails } from '#/gateway/api.ts'
import { findChromium, newPage, noChromium, openBrowser, send, signIn } from '../support/browser.ts'
import { type Company, outcomeOf, startCompany } from '../support/company.ts'
import { type HandProvider, handEnd, handEvent, startHandProvider } from '../support/hand-provider.ts'
import { offeringText, policyText, recordsText, useCaseText } from '../support/records.ts'
import { openSession, type SignedIn } from '../support/session.ts'

/** What a use case allows is what its exchanges obey. Who approves one, and what holds it back, is in `gates.test.ts`. */

const records = recordsText([
  offeringText({ id: 'sim-echo', connection: 'simulator-openai' }),
  offeringText({ id: 'sim-tool', connection: 'simulator-openai' }),
  offeringText({ id: 'west', connection: 'simulator-openai', model: 'sim-echo', tier: 'commercial' }),
  offeringText({ id: 'hand', connection: 'hand' }),
  offeringText({ id: 'hand-anthropic', connection: 'hand-anthropic' }),
  useCaseText(
    'general-assistant',
    ['sim-echo'],
    '\n    notice: No names of patients.\n    humanReview: before-use',
  ),
  useCaseText(
    'with-tools',
    ['sim-echo', 'sim-tool', 'hand', 'hand-anthropic'],
    "\n    tools: [find, 'mail_*']",
  ),
  useCaseText('with-budget', ['sim-echo'], '\n    budgetUsdPerMonth: 0.01'),
  useCaseText(
    'for-customers',
    ['west', 'sim-echo'],
    '\n    customers: [{ name: Tarn, processors: [Tarnwick] }]',
  ),
  useCaseText('without-content', ['sim-echo', 'hand'], '\n    keepsContent: false'),
  useCaseText(
    'reviewed',
    ['sim-echo'],
    '\n    humanReview: before-use\n    notice: Prüfen Sie alles.\n    exit: { offering: west, testedOn: 2026-11-02 }',
  ),
  policyText(),
])

const roles = { sam: 'security', lea: 'legal', eve: 'engineering', pia: 'product' } as const
const names = ['olga', 'sam', 'lea', 'eve', 'pia', 'mia'] as const

let provider: HandProvider
let company: Company
let key: string
const people = {} as Record<(typeof names)[number], SignedIn>

before(async () => {
  provider = await startHandProvider()
  company = await startCompany({
    records,
    connections: `  hand: { kind: compatible, url: "http://127.0.0.1:${provider.port}/v1", silenceLimitMs: 1500 }
  hand-anthropic: { kind: anthropic, url: "http://127.0.0.1:${provider.port}", silenceLimitMs: 1500 }`,
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

async function ask(
  useCase: string,
  {
    path = '/v1/chat/completions',
    ...change
  }: { readonly path?: string; readonly [field: string]: unknown } = {},
  content = 'Good morning.',
): Promise<Told> {
  const response = await fetch(`${company.sallyport.url}${path}`, {
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

describe('what exchanges obey', () => {
  const offering = (name: string) => ({ tools: [{ type: 'function', function: { name, parameters: {} } }] })

  test('a tool that is not allowed is refused by its name; one that is goes', async () => {
    const told = await ask('with-tools', offering('run_shell'))
    assert.deepEqual([told.status, codeOf(told)], [403, 'tool-not-allowed'])
    assert.match(told.body.error.message, /run_shell.*find, mail_\*.*Nothing was sent/)
    const allowed = await ask('with-tools', { ...offering('mail_send'), model: 'sim-tool' })
    assert.equal(allowed.body.choices[0].message.tool_calls[0].function.name, 'mail_send')
  })

  const openaiCall = { index: 0, id: 'c', type: 'function', function: { name: 'run_shell', arguments: '{}' } }
  const anthropicCall = { type: 'tool_use', id: 'c', name: 'run_shell', input: {} }
  const event = (json: object, name?: string) =>
    `${name === undefined ? '' : `event: ${name}\n`}data: ${JSON.stringify(json)}\n\n`
  const calls = {
    'openai-chat whole': JSON.stringify({
      choices: [
        { index: 0, message: { role: 'assistant', tool_calls: [openaiCall] }, finish_reason: 'tool_calls' },
      ],
    }),
    'openai-chat stream':
      event({ id: 'x', choices: [{ index: 0, delta: { tool_calls: [openaiCall] } }] }) + handEnd,
    'anthropic-messages whole': JSON.stringify({
      ...{ type: 'message', role: 'assistant', content: [anthropicCall], stop_reason: 'tool_use' },
    }),
    'anthropic-messages stream': event(
      { type: 'content_block_start', index: 0, content_block: anthropicCall },
      'content_block_start',
    ),
  }
  for (const [cell, answer] of Object.entries(calls))
    test(`an answer that calls another tool is stopped before the call: ${cell}`, async () => {
      provider.answering = async (response) => void response.end(answer)
      const isAnthropic = cell.startsWith('anthropic')
      const model = isAnthropic ? 'hand-anthropic' : 'hand'
      const told = await ask('with-tools', {
        ...{ model, stream: cell.endsWith('stream'), max_tokens: 100 },
        path: isAnthropic ? '/v1/messages' : '/v1/chat/completions',
      })
      assert.deepEqual([told.status, told.body.error.message.includes('The answer called it')], [403, true])
      assert.doesNotMatch(JSON.stringify(told.body), /tool_calls|tool_use/)
      const outcome = await outcomeOf(company, told.receipt)
      assert.deepEqual(
        [outcome.decision, outcome.tools],
        ['tool-not-allowed', cell.endsWith('stream') ? ['run_shell'] : undefined],
      )
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
    const line = 'MIIEowIBAAKCAQEA'.repeat(4)
    const secret = ['-----BEGIN RSA', `PRIVATE KEY-----\n${line}\n-----END RSA PRIVATE KEY-----`].join(' ')
    const blocked = await ask('without-content', {}, `The grey heron has ${secret}`)
    assert.deepEqual([refused.status, codeOf(blocked)], [400, 'finding-blocked'])
    const outcome = await company.sallyport.audit.outcomeOf(told.receipt)
    for (const index of [told.receipt, blocked.receipt, outcome?.index ?? -1]) {
      const payload = Buffer.from((await company.sallyport.audit.open(index))?.payload ?? []).toString()
      assert.match(payload, /not-kept/)
      assert.doesNotMatch(payload, /heron/)
    }
    provider.answering = async (response) => {
      for (let written = 0; written < 40; written++) response.write(handEvent('heron '.repeat(2_000)))
      response.end(handEvent('', 'stop') + handEnd)
    }
    const long = await ask('without-content', { model: 'hand', stream: true })
    assert.ok(String(long.body).length > 400_000)
    assert.deepEqual(await company.sallyport.audit.progressOf(long.receipt), [])
    const ofLong = await company.sallyport.audit.outcomeOf(long.receipt)
    assert.equal(Buffer.from(ofLong?.payload ?? []).toString(), '{"content":"not-kept"}')
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
    const offered = json.models.map(({ id }: { id: string }) => id)
    assert.ok(
      offered.includes('hand') && !offered.includes('hand-anthropic'),
      'the chat reaches what it offers',
    )
    assert.equal((await ask('reviewed', { model: 'west' })).headers.get('x-sallyport-offering'), 'west')
  })
})

const chromium = findChromium()

test('the page shows who is missing, takes a voice, and says what the use case asks of people', {
  skip: chromium === undefined && noChromium,
}, async (context) => {
  await propose('letters', { ...base, title: 'Letters', risk: 'high', practices: [], exit })
  await agreed('pia', 'letters', 1)
  const browser = await openBrowser(chromium ?? '')
  context.after(() => browser.close())
  const page = await newPage(browser, [])
  const { url } = company.sallyport
  await signIn(page, url, 'lea@example.com', company.dataFolder)
  await page.getByRole('note').getByText('No names of patients. A person must check each answer').waitFor()
  await chatsUnder(page, 'reviewed')
  await page.goto(`${url}/#register/use-case/letters`)
  const approvals = page.getByRole('list', { name: 'Approvals' })
  await approvals.getByText('product: pia@example.com').waitFor()
  await approvals.getByText('legal: missing').waitFor()
  await page.getByLabel('it serves once one more has, of other roles').check()
  await page.getByLabel('Reason').fill('Read with the works council.')
  await page.getByRole('button', { name: 'Write the decision' }).click()
  await approvals.getByText('legal: lea@example.com').waitFor()
  await page.getByText('It takes 1 more, of different roles: security, engineering.').waitFor()
})

/** Chooses a use case beside the model, sends under it, and finds the usual one in the next chat. */
async function chatsUnder(page: Page, useCase: string): Promise<void> {
  await page.getByRole('button', { name: 'Use case: ' }).click()
  await page.getByRole('radio', { name: useCase }).click()
  await page.getByText('Prüfen Sie alles.').waitFor()
  const taken = page.waitForResponse((response) => response.url().endsWith('/api/chat'))
  await send(page, 'Good morning.')
  assert.equal((await taken).status(), 200)
  const [intent] = await company.sallyport.audit.search({ kinds: ['intent'], limit: 1 })
  assert.equal(intent?.facts.useCase, useCase)
  await page.getByRole('button', { name: 'New chat' }).first().click()
  await page.getByText('No names of patients.').waitFor()
}
