import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { createTestBrowser } from '../test-browser.ts'
import { newFolder, removeFolder, startTestServer, type TestServer } from '../test-server.ts'
import type { DeviceView } from './api.ts'
import { approveCode, decideCode, openCode } from './test-approve.ts'

/** What a tool asks, by its documented requests, and what the person sees. */

let folder: string
let server: TestServer

before(async () => {
  folder = await newFolder()
  server = await startTestServer(folder)
  server.identity.signInHelp()
})
after(async () => {
  await server.close()
  await removeFolder(folder)
})
// Wrong tokens are counted by the minute.
beforeEach(() => server.clock.forward(700_000))

/** What an answer may hold; each test says by its assertions what one does. */
interface Told {
  readonly error: string
  readonly device_code: string
  readonly user_code: string
  readonly verification_uri: string
  readonly verification_uri_complete: string
  readonly login_notice: string
  readonly token_type: string
  readonly access_token: string
  readonly refresh_token: string
  readonly expires_in: number
  readonly email: string
}

interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly json: Told
}

const claudeCode = { 'user-agent': 'claude-code/2.1.330' }

async function post(path: string, form: Record<string, string>, headers = {}): Promise<Answer> {
  const response = await fetch(`${server.url}${path}`, {
    method: 'POST',
    headers: { ...claudeCode, ...headers },
    body: new URLSearchParams(form),
  })
  const { status } = response
  return { status, headers: response.headers, json: (await response.json()) as Told }
}

const start = async () => (await post('/oauth/device_authorization', { surface: 'claude_code' })).json
const poll = (device_code: string) =>
  post('/oauth/token', { grant_type: 'urn:ietf:params:oauth:grant-type:device_code', device_code })
const refresh = (refresh_token: string) =>
  post('/oauth/token', { grant_type: 'refresh_token', refresh_token })
const identify = async (token: string) =>
  server.identity.identify({
    headers: { authorization: `Bearer ${token}` },
    url: '/v1/messages',
    socket: {},
  } as never)

async function signInTool() {
  const begun = await start()
  await approveCode(server, folder, begun.user_code)
  return (await poll(begun.device_code)).json
}

test('the metadata names every endpoint on this origin, and the version of the gateway protocol', async () => {
  const { status, json } = (await fetch(`${server.url}/.well-known/oauth-authorization-server`).then(
    async (response) => ({ status: response.status, json: await response.json() }),
  )) as {
    status: number
    json: Record<string, unknown>
  }
  assert.equal(status, 200)
  assert.equal(json['issuer'], server.url)
  for (const name of ['device_authorization', 'token', 'revocation'])
    assert.equal(new URL(String(json[`${name}_endpoint`])).origin, server.url, name)
  assert.equal(json['gateway_protocol_version'], 1)
  assert.equal('authorization_endpoint' in json, false)
})

test('a tool signs in: pending, slower, approved, once', async () => {
  const begun = await start()
  assert.equal(begun.verification_uri, `${server.url}/device`)
  assert.equal(begun.verification_uri_complete, `${server.url}/device?user_code=${begun.user_code}`)
  assert.equal(begun.expires_in, 600)
  assert.ok(begun.login_notice.length <= 500)

  const pending = await poll(begun.device_code)
  assert.deepEqual([pending.status, pending.json.error], [400, 'authorization_pending'])
  assert.equal(pending.headers.get('cache-control'), 'no-store')
  assert.equal((await poll(begun.device_code)).json.error, 'slow_down')

  await approveCode(server, folder, begun.user_code)
  server.clock.forward(10_000)
  const { status, json } = await poll(begun.device_code)
  assert.equal(status, 200)
  assert.deepEqual([json.token_type, json.email], ['Bearer', 'employee@example.com'])
  assert.ok(json.expires_in > 3_500 && json.expires_in <= 3_600, String(json.expires_in))
  assert.equal((await identify(json.access_token)).person.email, 'employee@example.com')

  server.clock.forward(10_000)
  assert.equal((await poll(begun.device_code)).json.error, 'expired_token')
  const entry = server.entries.findLast(({ kind }) => kind === 'device-approved')
  assert.equal(entry?.facts.about, 'claude-code')
  assert.equal(entry?.facts.keyId, (await identify(json.access_token)).keyId)
})

test('a refresh gives a new pair, and the end of an account is 401 invalid_grant', async () => {
  const first = await signInTool()
  const second = await refresh(first.refresh_token)
  assert.equal(second.status, 200)
  assert.deepEqual(Object.keys(second.json).sort(), [
    'access_token',
    'expires_in',
    'refresh_token',
    'token_type',
  ])
  const ended: unknown[] = []
  server.identity.onEnded((what) => ended.push(what))
  const { person, keyId } = await identify(second.json.access_token)
  await server.identity.endAccess({ id: person.id, by: 'test', reason: 'left' })
  await assert.rejects(identify(second.json.access_token), { code: 'device-ended' })
  assert.ok(
    ended.some((what) => (what as { keyId?: string }).keyId === keyId),
    'its open answers are cut',
  )
  const { status, json } = await refresh(second.json.refresh_token)
  assert.deepEqual([status, json.error], [401, 'invalid_grant'])
  await server.identity.restoreAccess({ id: person.id, by: 'test', reason: 'came back' })
})

test('a tool signs itself out, and that says the same whatever it sends', async () => {
  const tokens = await signInTool()
  for (const token of [tokens.access_token, tokens.refresh_token, 'spr_unknown', ''])
    assert.equal((await post('/oauth/revoke', { token })).status, 200)
  await assert.rejects(identify(tokens.access_token), { code: 'device-ended' })
  assert.equal((await refresh(tokens.refresh_token)).status, 401)
})

test('what a tool sends besides is overlooked; what cannot be read is an error of OAuth', async () => {
  const begun = await post('/oauth/device_authorization', {
    surface: 'claude_code',
    client_id: 'x',
    scope: 'openid',
    from_next_release: '1',
  })
  assert.equal(begun.status, 200)
  assert.equal((await post('/oauth/token', {})).json.error, 'unsupported_grant_type')
  assert.equal((await post('/oauth/token', { grant_type: 'password' })).status, 400)
  const asJson = await fetch(`${server.url}/oauth/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"grant_type":"refresh_token"}',
  })
  const problem = (await asJson.json()) as { error: string; error_description: string }
  assert.deepEqual([asJson.status, problem.error], [400, 'invalid_request'])
  assert.match(problem.error_description, /application\/x-www-form-urlencoded/)
  const large = await post('/oauth/token', { grant_type: 'refresh_token', refresh_token: 'x'.repeat(9_000) })
  assert.deepEqual([large.status, large.json.error], [400, 'invalid_request'])
})

test('who tries tokens is slowed down', async () => {
  let answer = await refresh('spr_unknown')
  for (let tries = 0; tries < 60; tries++) answer = await refresh('spr_unknown')
  assert.deepEqual([answer.status, answer.json.error], [429, 'slow_down'])
})

test('the page says who asks from where, in words that cannot be taken for ours, and warns', async () => {
  const begun = await post(
    '/oauth/device_authorization',
    { surface: '<b>Payroll</b>', device_name: '"><script>alert(1)</script>' },
    { 'user-agent': 'x' },
  )
  const { page } = await openCode(server, folder, begun.json.user_code)
  assert.ok(page.includes(begun.json.user_code))
  assert.doesNotMatch(page, /<script|<b>/)
  assert.match(page, /Calls itself/)
  assert.match(page, /127\.0\.0\.1, where you are, too/)
  assert.match(page, /If somebody sent you the link or the code, refuse/)
  assert.match(page, /employee@example\.com/)
  assert.equal(
    (await poll(begun.json.device_code)).json.error,
    'authorization_pending',
    'looking approves nothing',
  )
})

test('without a session the page asks for the sign-in and comes back to the code', async () => {
  const begun = await start()
  const answer = await createTestBrowser().get(`${server.url}/device?user_code=${begun.user_code}`)
  assert.equal(answer.status, 302)
  const there = new URL(answer.headers.get('location') ?? '', server.url)
  assert.equal(there.pathname, '/sign-in')
  assert.equal(there.searchParams.get('next'), `/device?user_code=${begun.user_code.replace('-', '')}`)
})

test('no other page can approve: our origin and the token of the session are both asked for', async () => {
  const begun = await start()
  const code = begun.user_code
  const { browser, csrf } = await openCode(server, folder, code)
  const send = (given: string, headers: Record<string, string>) =>
    browser.post(
      `${server.url}/device`,
      new URLSearchParams({ csrf: given, user_code: code, decision: 'approve' }),
      headers,
    )
  assert.equal((await send(csrf, { origin: 'https://evil.example.com' })).status, 403)
  assert.equal((await send(csrf, {})).status, 403)
  assert.equal((await send('', { origin: server.url })).status, 403)
  assert.equal((await send(`${csrf}x`, { origin: server.url })).status, 403)
  assert.equal((await poll(begun.device_code)).json.error, 'authorization_pending')
  assert.equal((await send(csrf, { origin: server.url })).status, 200)
  assert.equal((await send(csrf, { origin: server.url })).status, 404, 'a code is decided about once')
})

test('what is refused gets nothing, and the refusal is in the log', async () => {
  const begun = await start()
  await decideCode(server, folder, begun.user_code, 'refuse')
  assert.equal((await poll(begun.device_code)).json.error, 'access_denied')
  assert.equal(server.entries.at(-1)?.kind, 'device-refused')
})

test('an eleventh code that does not exist is not looked up, nor one that does', async () => {
  const begun = await start()
  const { browser } = await openCode(server, folder, begun.user_code)
  const get = (code: string) => browser.get(`${server.url}/device?user_code=${code}`)
  for (let tries = 0; tries < 10; tries++) assert.equal((await get('BBBB-BBBB')).status, 404)
  assert.equal((await get(begun.user_code)).status, 429)
  server.clock.forward(600_000)
})

test('a person sees what is signed in, and signs it out', async () => {
  const tokens = await signInTool()
  const { keyId } = await identify(tokens.access_token)
  const begun = await start()
  const { browser, csrf } = await openCode(server, folder, begun.user_code)
  const list = await (await browser.get(`${server.url}/device`)).text()
  assert.match(list, /Claude Code 2\.1\.330/)
  assert.match(list, /signed in \d{4}-.*UTC from 127\.0\.0\.1/)
  const answer = await browser.post(
    `${server.url}/device`,
    new URLSearchParams({ csrf, decision: 'sign-out', device: keyId ?? '' }),
    { origin: server.url },
  )
  assert.equal(answer.status, 303)
  await assert.rejects(identify(tokens.access_token), { code: 'device-ended' })
})

test('the page lists the tools of whoever asks; those of others are not there', async () => {
  const tokens = await signInTool()
  const { keyId = '' } = await identify(tokens.access_token)
  const { browser, csrf } = await openCode(server, folder, (await start()).user_code)
  const { browser: others, csrf: theirCsrf } = await openCode(
    server,
    folder,
    (await start()).user_code,
    'owner@example.com',
  )
  const list = async (of: typeof browser) =>
    ((await (await of.get(`${server.url}/api/devices`)).json()) as { devices: DeviceView[] }).devices
  const end = async (of: typeof browser, token: string) =>
    (
      await of.send('DELETE', `${server.url}/api/devices/${keyId}`, {
        origin: server.url,
        'x-sallyport-csrf': token,
      })
    ).status
  const own = (await list(browser)).find(({ id }) => id === keyId)
  assert.deepEqual([own?.tool, own?.address], ['Claude Code 2.1.330', '127.0.0.1'])
  assert.deepEqual(await list(others), [])
  assert.equal(await end(others, theirCsrf), 404)
  await identify(tokens.access_token)
  assert.equal(await end(browser, csrf), 204)
  await assert.rejects(identify(tokens.access_token), { code: 'device-ended' })
  assert.ok((await list(browser)).every(({ id }) => id !== keyId))
})

test('the token of an hour makes no key of months', async () => {
  const { access_token } = await signInTool()
  const answer = await fetch(`${server.url}/api/keys`, {
    method: 'POST',
    headers: { authorization: `Bearer ${access_token}`, 'content-type': 'application/json' },
    body: '{}',
  })
  const { error } = (await answer.json()) as { error: { code: string; field: string } }
  assert.deepEqual([answer.status, error.code, error.field], [400, 'request-invalid', 'authorization'])
})

test('wrong access tokens count as wrong keys do, and one that works is never held up', async () => {
  const { access_token } = await signInTool()
  const send = async (token: string) =>
    (await fetch(`${server.url}/oauth/userinfo`, { headers: { authorization: `Bearer ${token}` } })).status
  const answers = []
  for (let tries = 0; tries < 21; tries++) answers.push(await send('spd_unknown'))
  assert.deepEqual([...new Set(answers)], [401, 429])
  assert.equal(await send(access_token), 200)
})

test('an approval that cannot be written down gives nothing', async () => {
  const begun = await start()
  const { browser, csrf } = await openCode(server, folder, begun.user_code)
  server.breakLog()
  const answer = await browser.post(
    `${server.url}/device`,
    new URLSearchParams({ csrf, user_code: begun.user_code, decision: 'approve' }),
    { origin: server.url },
  )
  assert.equal(answer.status, 500)
  assert.equal((await poll(begun.device_code)).json.error, 'authorization_pending')
})
