import assert from 'node:assert/strict'
import { hash } from 'node:crypto'
import { after, before, test } from 'node:test'
import Anthropic, { APIError } from '@anthropic-ai/sdk'
import { approveCode } from '#/identity/devices/test-approve.ts'
import { createTestClock } from '#/identity/test-server.ts'
import { type Company, startCompany } from '../support/company.ts'
import { defaultRecords, offeringText, useCaseText } from '../support/records.ts'

/**
 * A coding agent at work, by the requests its gateway protocol documents: it signs in, reads its policy, asks a model
 * in the person's name, refreshes, is signed out. `npm run journeys:agents` does the same with the real Claude Code.
 */

const clock = createTestClock()
/** An answer of the simulated provider costs 1,240 millionths of a dollar there. */
const dear = offeringText({
  id: 'dear',
  connection: 'simulator-anthropic',
  model: 'claude-sim-echo',
}).replace('output: 8 }', 'output: 120 }')
let company: Company
let tokens: { access_token: string; refresh_token: string }

before(async () => {
  company = await startCompany({
    clock,
    records: `${defaultRecords}${dear}${useCaseText('capped', ['dear'], '\n    budgetUsdPerPersonPerDay: 0.01')}\n`,
  })
})
after(() => company.end())

/** Of RFC 8628 and RFC 6749; each answer holds some of it. */
interface Granted {
  readonly device_code: string
  readonly user_code: string
  readonly access_token: string
  readonly refresh_token: string
  readonly email: string
  readonly error: string
}

/** What Claude Code shows under /usage. */
interface Usage {
  readonly extra_usage: {
    readonly monthly_limit: number
    readonly used_credits: number
    readonly utilization: number
  }
  readonly limits: readonly { readonly is_active: boolean; readonly resets_at: string }[]
}

const form = async (path: string, fields: Record<string, string>) => {
  const response = await fetch(`${company.sallyport.url}${path}`, {
    method: 'POST',
    headers: { 'user-agent': 'claude-code/2.1.330' },
    body: new URLSearchParams(fields),
  })
  return { status: response.status, json: (await response.json()) as Granted }
}
const begin = () => form('/oauth/device_authorization', { surface: 'claude_code' })
const poll = (device_code: string) =>
  form('/oauth/token', { grant_type: 'urn:ietf:params:oauth:grant-type:device_code', device_code })
const refresh = (refresh_token: string) =>
  form('/oauth/token', { grant_type: 'refresh_token', refresh_token })
const claude = (authToken: string) =>
  new Anthropic({ authToken, apiKey: null, baseURL: company.sallyport.url, maxRetries: 0 })
const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${company.sallyport.url}${path}`, {
    headers: { authorization: `Bearer ${tokens.access_token}`, ...headers },
  })

const askModel = (token: string, text = 'Write to ines.halvard@example.com.') =>
  claude(token).messages.create({
    model: 'claude-sim-echo',
    max_tokens: 100,
    messages: [{ role: 'user', content: text }],
  })

test('the tool signs in: discovery, a code, pending, slow down, approved by a person in a browser', async () => {
  const metadata = await (
    await fetch(`${company.sallyport.url}/.well-known/oauth-authorization-server`)
  ).json()
  const { gateway_protocol_version, token_endpoint } = metadata as Record<string, unknown>
  assert.deepEqual([gateway_protocol_version, token_endpoint], [1, `${company.sallyport.url}/oauth/token`])
  const { json: begun } = await begin()
  assert.equal((await poll(begun.device_code)).json.error, 'authorization_pending')
  assert.equal((await poll(begun.device_code)).json.error, 'slow_down')
  await approveCode(company.sallyport, company.dataFolder, begun.user_code)
  clock.forward(10_000)
  const { status, json } = await poll(begun.device_code)
  assert.equal(status, 200)
  assert.equal(json.email, 'employee@example.com')
  tokens = json
})

test('it asks a model in the name of the person, guarded as everybody is', async () => {
  const answer = await askModel(tokens.access_token)
  assert.match(JSON.stringify(answer.content), /ines\.halvard@example\.com/)
  assert.doesNotMatch(JSON.stringify((await company.simulator.seen()).at(-1)?.body), /ines\.halvard/)
  const { data } = (await (await get('/v1/models', { 'anthropic-version': '2023-06-01' })).json()) as {
    data: { id: string }[]
  }
  assert.ok(data.some(({ id }) => id === 'auto'))
})

test('it reads its policy, and is not sent it twice', async () => {
  const first = await get('/managed/settings')
  const { uuid, checksum, settings } = (await first.json()) as Record<string, string>
  assert.match(uuid ?? '', /^[0-9a-f-]{36}$/)
  assert.equal((settings as unknown as { model: string }).model, 'auto')
  assert.equal(first.headers.get('etag'), `"${checksum}"`)
  // As the tool computes it: keys in order at every level.
  const sorted = JSON.stringify({
    model: 'auto',
    permissions: {
      deny: ['Read(./.env)', 'Read(./.env.*)', 'Read(~/.ssh/**)', 'Read(~/.aws/**)'],
      disableBypassPermissionsMode: 'disable',
    },
  })
  assert.equal(checksum, `sha256:${hash('sha256', sorted, 'hex')}`)
  const again = await get('/managed/settings', { 'if-none-match': `"${checksum}"` })
  assert.deepEqual([again.status, await again.text()], [304, ''])
  assert.equal((await get('/managed/settings', { 'if-none-match': '*' })).status, 200)
})

test('what is not done here says so in the way the tool expects', async () => {
  await assert.rejects(
    claude(tokens.access_token).messages.countTokens({
      model: 'auto',
      messages: [{ role: 'user', content: 'hello' }],
    }),
    (error: unknown) => {
      assert.ok(error instanceof APIError)
      assert.equal(error.status, 501)
      assert.equal(error.headers?.get('x-should-retry'), 'false')
      assert.match(JSON.stringify(error.error), /"type":"not_supported"/)
      return true
    },
  )
  for (const signal of ['metrics', 'logs', 'traces']) {
    const response = await fetch(`${company.sallyport.url}/v1/${signal}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${tokens.access_token}`, 'content-type': 'application/json' },
      body: '{"resourceMetrics":[]}',
    })
    assert.deepEqual([response.status, await response.text()], [200, '{}'])
  }
})

test('it is told how much of a day is spent with each answer, and in dollars when it asks', async () => {
  const ask = (more: object) =>
    fetch(`${company.sallyport.url}/v1/messages`, {
      method: 'POST',
      headers: {
        ...{ authorization: `Bearer ${tokens.access_token}`, 'anthropic-version': '2023-06-01' },
        ...{ 'x-sallyport-use-case': 'capped', 'user-agent': 'claude-cli/2.1.330 (external, cli)' },
      },
      body: JSON.stringify({
        ...{ model: 'dear', max_tokens: 10, messages: [{ role: 'user', content: 'Go on.' }] },
        ...more,
      }),
    })
  const usage = async () => {
    const response = await get('/api/oauth/usage')
    assert.equal(response.headers.get('cache-control'), 'no-store')
    return (await response.json()) as Usage
  }
  const of = ({ headers }: Response, name: string) => headers.get(`anthropic-ratelimit-unified-${name}`)
  const before = await usage()
  assert.deepEqual([before.extra_usage.monthly_limit, before.extra_usage.used_credits], [1, 0])
  for (const [isStream, shares] of [
    [false, ['0.12', '0.25', '0.37', '0.5', '0.62']],
    // A stream begins before it is known what it costs.
    [true, ['0.62']],
    [false, ['0.87']],
  ] as const)
    for (const share of shares) {
      const told = await ask({ stream: isStream })
      await told.text()
      assert.deepEqual([told.status, of(told, 'overage-utilization')], [200, share])
      assert.equal(of(told, 'overage-surpassed-threshold'), Number(share) > 0.75 ? '0.75' : null)
    }
  const spent = await ask({})
  const { error } = (await spent.json()) as { error: { type: string; message: string } }
  assert.deepEqual(
    [spent.status, error.type, spent.headers.get('x-should-retry')],
    [429, 'billing_error', 'false'],
  )
  assert.match(error.message, /^You may spend 0\.01 USD a day in the use case capped/)
  assert.deepEqual(
    ['status', 'overage-period', 'representative-claim'].map((name) => of(spent, name)),
    ['rejected', 'daily', null],
  )
  const { extra_usage, limits } = await usage()
  assert.equal(extra_usage.utilization, Math.round(Number(of(spent, 'overage-utilization')) * 100))
  assert.deepEqual(
    limits.map((row) => [row.is_active, Date.parse(row.resets_at)]),
    [[true, Number(of(spent, 'overage-reset')) * 1_000]],
  )
  const { response } = await claude(tokens.access_token)
    .messages.create({
      ...{ model: 'claude-sim-echo', max_tokens: 100 },
      messages: [{ role: 'user', content: 'Go on.' }],
    })
    .withResponse()
  assert.equal(of(response, 'status'), null, 'where nothing is capped nothing is said')
})

test('nobody without a token gets any of it, and hears so in the envelope the tool reads', async () => {
  const paths = [
    ['GET', '/managed/settings'],
    ['POST', '/v1/messages/count_tokens'],
    ['POST', '/v1/metrics'],
    ['GET', '/api/oauth/usage'],
    ['GET', '/oauth/userinfo'],
  ] as const
  for (const [method, path] of paths) {
    const response = await fetch(`${company.sallyport.url}${path}`, {
      method,
      headers: { authorization: 'Bearer spd_unknown' },
    })
    assert.equal(response.status, 401, path)
    assert.equal(response.headers.get('x-should-retry'), 'false', path)
    await response.text()
  }
})

test('after an hour the token is over, the refresh goes on, and an old refresh token ends it all', async () => {
  clock.forward(3_601_000)
  await assert.rejects(askModel(tokens.access_token), { status: 401 })
  const { status, json: second } = await refresh(tokens.refresh_token)
  assert.equal(status, 200)
  await askModel(second.access_token)
  clock.forward(60_000)
  const stolen = await refresh(tokens.refresh_token)
  assert.deepEqual([stolen.status, stolen.json.error], [401, 'invalid_grant'])
  await assert.rejects(askModel(second.access_token), { status: 401 })
  assert.equal((await refresh(second.refresh_token)).status, 401)
})

test('a token that a tool sends along, as when an agent prints its surroundings, is refused and ends the tool', async () => {
  const { json: begun } = await begin()
  await approveCode(company.sallyport, company.dataFolder, begun.user_code)
  const { access_token } = (await poll(begun.device_code)).json
  await assert.rejects(askModel(access_token, `ANTHROPIC_AUTH_TOKEN=${access_token}`), { status: 400 })
  assert.ok(!JSON.stringify(await company.simulator.seen()).includes(access_token))
  await assert.rejects(askModel(access_token), { status: 401 })
})
