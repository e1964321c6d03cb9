import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { JsonObject } from '#/core/json.ts'
import { type Company, startCompany } from '../support/company.ts'
import { offeringText, policyText, recordsText, useCaseText } from '../support/records.ts'

/** What an offering may not carry never reaches it, and auto goes elsewhere. Each refusal by itself is in `gates.test.ts`. */

const search = 'restricted-search'
const cloud = { tier: 'cloud', facts: { baa: true } } as const
const commercial = { connection: 'simulator-openai', model: 'sim-echo', tier: 'commercial' } as const

let company: Company
let key: string

before(async () => {
  company = await startCompany({
    settings: 'limits: { requestsPerMinute: 100000 }',
    records: recordsText([
      offeringText({ id: 'low', ...commercial, hasAgreement: false }),
      offeringText({ id: 'no-baa', ...commercial }),
      offeringText({ id: 'with-baa', ...commercial, facts: { baa: true } }),
      offeringText({
        id: 'zero',
        ...commercial,
        facts: {
          retentionDays: 0,
          zeroRetention: 'active',
          zeroRetentionExcept: ['grounding', 'stored-responses'],
        },
      }),
      offeringText({ id: 'private-openai', connection: 'simulator-openai', model: 'sim-echo', ...cloud }),
      offeringText({
        id: 'private-anthropic',
        connection: 'simulator-anthropic',
        model: 'claude-sim-echo',
        ...cloud,
      }),
      offeringText({ id: 'own', connection: 'simulator-openai', model: 'sim-echo' }),
      useCaseText('general-assistant', ['low', 'no-baa', 'with-baa', 'zero', 'own']),
      useCaseText(search, ['private-openai', 'private-anthropic'], '\n    contextClass: restricted'),
      useCaseText('restricted-own', ['own'], '\n    contextClass: restricted'),
      useCaseText('restricted-home', ['private-openai', 'own'], '\n    contextClass: restricted'),
      policyText(),
      `
  - kind: policy
    id: where-things-go
    title: Where things go
    owner: owner@example.com
    preference: { confidential: [zero], restricted: [self, cloud] }`,
    ]),
  })
  key = (await company.createKey()).key
})
after(() => company.end())

interface Told {
  readonly status: number
  readonly text: string
  readonly code: string | undefined
  readonly offering: string | null
}

async function ask(
  dialect: 'openai-chat' | 'anthropic-messages',
  useCase: string,
  body: JsonObject,
): Promise<Told> {
  await company.simulator.clear()
  const isChat = dialect === 'openai-chat'
  const response = await fetch(
    `${company.sallyport.url}${isChat ? '/v1/chat/completions' : '/v1/messages'}`,
    {
      method: 'POST',
      headers: { 'x-api-key': key, 'content-type': 'application/json', 'x-sallyport-use-case': useCase },
      body: JSON.stringify({
        model: 'auto',
        messages: [{ role: 'user', content: 'Hello.' }],
        ...(isChat ? {} : { max_tokens: 100 }),
        ...body,
      }),
    },
  )
  const text = await response.text()
  return {
    status: response.status,
    text,
    code: /"(?:error_)?code":"([a-z-]+)"/.exec(text)?.[1],
    offering: response.headers.get('x-sallyport-offering'),
  }
}

const chat = (body: JsonObject, useCase = 'general-assistant'): Promise<Told> =>
  ask('openai-chat', useCase, body)
const saying = (content: string): JsonObject => ({ messages: [{ role: 'user', content }] })
const reached = async (): Promise<readonly JsonObject[]> =>
  (await company.simulator.seen()).map(({ body }) => body as JsonObject)

test('auto goes where the company’s order says', async () => {
  const auto = await chat(saying('How is Project Kestrel going?'))
  assert.equal(
    auto.offering,
    'zero',
    'it comes after two that may carry confidential, and first in the order',
  )
  assert.equal((await chat({}, 'restricted-home')).offering, 'own')
})

test('health data goes where a business associate agreement is in force, and to own machines', async () => {
  const health = saying('The patient has ICD-10: E11.9 since May.')
  assert.equal((await chat(health)).offering, 'with-baa')
  assert.equal((await chat({ model: 'own', ...health })).status, 200)
})

/** Feature x dialect: what of it is refused, and what is taken out. `kept`: what reaches the provider instead. */
const refused: readonly (readonly ['openai-chat' | 'anthropic-messages', string, JsonObject])[] = [
  ['openai-chat', 'tools.0', { tools: [{ type: 'web_search_preview' }] }],
  ['openai-chat', 'tools.0', { tools: [{ type: 'code_interpreter', container: { type: 'auto' } }] }],
  ['openai-chat', 'tools.0', { tools: [{ type: 'file_search' }] }],
  ['openai-chat', 'tools.0', { tools: [{ type: 'mcp', server_url: 'https://mcp.example.com' }] }],
  ['openai-chat', 'web_search_options', { web_search_options: {} }],
  ['openai-chat', 'plugins', { plugins: [{ id: 'web' }] }],
  ['openai-chat', 'modalities', { modalities: ['text', 'audio'] }],
  ['openai-chat', 'store', { store: true }],
  ['openai-chat', 'previous_response_id', { previous_response_id: 'resp_1' }],
  ['anthropic-messages', 'tools.0', { tools: [{ type: 'web_search_20260209', name: 'web_search' }] }],
  ['anthropic-messages', 'tools.0', { tools: [{ type: 'code_execution_20250825', name: 'code_execution' }] }],
  ['anthropic-messages', 'mcp_servers', { mcp_servers: [{ type: 'url', url: 'https://mcp.example.com' }] }],
  ['anthropic-messages', 'container', { container: 'container_1' }],
]
const long = { type: 'ephemeral', ttl: '1h' }
const cached = (cache_control: JsonObject): JsonObject => ({
  messages: [{ role: 'user', content: [{ type: 'text', text: 'Hello.', cache_control }] }],
})
const takenOut: readonly (readonly ['openai-chat' | 'anthropic-messages', JsonObject, JsonObject])[] = [
  ['openai-chat', { metadata: { team: 'blue' }, user: 'ada' }, {}],
  ['openai-chat', { safety_identifier: 'ada', store: false }, { store: false }],
  ['openai-chat', { prompt_cache_retention: '24h' }, { prompt_cache_retention: 'in_memory' }],
  ['anthropic-messages', { metadata: { user_id: 'ada' } }, {}],
  ['anthropic-messages', cached(long), cached({ type: 'ephemeral' })],
]

for (const stream of [false, true]) {
  describe(`restricted, in a cloud that keeps nothing, ${stream ? 'streamed' : 'whole'}`, () => {
    for (const [dialect, field, body] of refused) {
      test(`${dialect}: ${JSON.stringify(body)} is refused, naming the place`, async () => {
        const told = await ask(dialect, search, { ...body, stream })
        assert.equal(told.status, 400, told.text)
        assert.match(told.code ?? '', /^(?:feature-keeps-data|state-on-server)$/)
        assert.ok(told.text.includes(`\\"${field}\\"`), told.text)
        assert.deepEqual(await reached(), [])
      })
    }

    for (const [dialect, body, kept] of takenOut) {
      test(`${dialect}: ${JSON.stringify(body)} goes without what would be kept`, async () => {
        const told = await ask(dialect, search, { ...body, stream })
        assert.equal(told.status, 200, told.text)
        const {
          model: _,
          stream: __,
          max_tokens: ___,
          stream_options: ____,
          ...sent
        } = (await reached())[0] as JsonObject
        assert.deepEqual(sent, { messages: [{ role: 'user', content: 'Hello.' }], ...kept })
      })
    }
  })
}

test('what keeps data on own machines is the company’s, and passes as it is', async () => {
  const body = {
    metadata: { team: 'blue' },
    tools: [{ type: 'code_interpreter' }],
    prompt_cache_retention: '24h',
  }
  assert.equal((await chat(body, 'restricted-own')).status, 200)
  const [sent] = await reached()
  assert.deepEqual([sent?.['metadata'], sent?.['tools']], [body.metadata, body.tools])
})

test('what zero retention leaves out is refused above public, and answers are not stored unasked', async () => {
  const searched = { model: 'zero', web_search_options: {} }
  assert.equal((await chat(searched)).status, 200, 'public may')
  const told = await chat({ ...searched, ...saying('How is Project Kestrel going?') })
  assert.deepEqual([told.status, told.code], [400, 'feature-keeps-data'], told.text)
  assert.equal((await chat({ model: 'zero', ...saying('How is Project Kestrel going?') })).status, 200)
  assert.equal((await reached())[0]?.['store'], false)
})
