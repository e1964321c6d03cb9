import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, beforeEach, test } from 'node:test'
import type { ProviderCheck } from '#/identity/oidc/check/check.ts'
import { beHonest, startTestProvider, type TestProvider, testClientId } from '#/identity/test-provider.ts'
import { run } from './test-world.ts'

const folder = mkdtempSync(join(tmpdir(), 'sallyport-sign-in-check-'))
const file = join(folder, 'sallyport.yaml')

let provider: TestProvider
before(async () => {
  provider = await startTestProvider()
})
after(async () => {
  await provider.close()
  rmSync(folder, { recursive: true })
})

/** What the token endpoint and the page to sign in answer, unless a test says otherwise. */
const usual = (path: string) => {
  if (path === '/token') return { status: 400, body: '{"error":"invalid_grant"}' }
  if (path.startsWith('/authorize?')) return { status: 303, headers: { location: '/log-in' } }
  return undefined
}
beforeEach(() => {
  beHonest(provider)
  provider.instead = usual
})

const settings = (more = '', issuer = provider.url): string => `publicUrl: https://ai.example.com
identity:
  kind: oidc
  issuer: ${issuer}
  clientId: ${testClientId}
  clientSecret: env:SECRET
  ${more}
`

async function check(text = settings(), argv: readonly string[] = []) {
  writeFileSync(file, text)
  const environment = { SALLYPORT_SETTINGS: file, SECRET: ['a', 'secret', 'of', 'a', 'test'].join('-') }
  const { exitCode, out, err } = await run(['sign-in', 'check', '--json', ...argv], {
    environment,
    clock: Date.now,
  })
  assert.doesNotMatch(out + err, /a-secret-of-a-test/)
  const told = JSON.parse(out || '{}') as { providers?: readonly ProviderCheck[] }
  const find = (id: string) => told.providers?.[0]?.findings.find((each) => each.id === id)
  return { exitCode, out, err, told, find }
}

test('of a provider that is right everything is told, with the redirect address to register', async () => {
  const { exitCode, told, find } = await check()
  assert.equal(exitCode, 0)
  assert.equal(told.providers?.[0]?.redirectUri, 'https://ai.example.com/sign-in/callback')
  for (const id of ['discovery', 'clock', 'endpoints', 'algorithms', 'keys', 'client', 'sign-in', 'email'])
    assert.equal(find(id)?.state, 'ok', id)
  const { out } = await run(['sign-in', 'check'], {
    environment: { SALLYPORT_SETTINGS: file, SECRET: 'x'.repeat(20) },
    clock: Date.now,
  })
  assert.match(
    out,
    /register this redirect address at the provider: https:\/\/ai\.example\.com\/sign-in\/callback/,
  )
  assert.match(out, /^ {2}ok +client +the provider takes the client id and its secret$/m)
})

const wrong: readonly (readonly [what: string, id: string, text: RegExp, lie: () => void])[] = [
  [
    'calls itself otherwise',
    'issuer',
    /calls itself https:\/\/evil/,
    () => discover({ issuer: 'https://evil.example.com' }),
  ],
  [
    'has no document',
    'discovery',
    /no discovery document/,
    () => answer('/.well-known/openid-configuration', 404),
  ],
  ['is broken', 'discovery', /cannot be reached/, () => answer('/.well-known/openid-configuration', 502)],
  ['lacks an address', 'endpoints', /token_endpoint/, () => discover({ token_endpoint: undefined })],
  [
    'has an address that is not https',
    'endpoints',
    /jwks_uri/,
    () => discover({ jwks_uri: 'http://id.example.com/k' }),
  ],
  [
    'signs in another way',
    'algorithms',
    /it signs with HS256/,
    () => discover({ id_token_signing_alg_values_supported: ['HS256'] }),
  ],
  ['takes no PKCE', 'pkce', /PKCE/, () => discover({ code_challenge_methods_supported: ['plain'] })],
  ['has no keys', 'keys', /no key/, () => Object.assign(provider, { keys: () => [] })],
  [
    'does not take the secret',
    'client',
    /does not take the client id or its secret \(invalid_client\)/,
    () => answer('/token', 401, '{"error":"invalid_client"}'),
  ],
  ['takes any code', 'client', /do not use it/, () => answer('/token', 200, tokens)],
  ['refuses the redirect address', 'sign-in', /exactly https:\/\/ai/, () => answer('/authorize?', 400)],
  [
    'refuses a scope',
    'sign-in',
    /allow the client offline_access .* or set renewal: none/,
    () => {
      const location = 'https://ai.example.com/sign-in/callback?error=invalid_scope'
      provider.instead = (each) =>
        each.startsWith('/authorize?') ? { status: 302, headers: { location } } : usual(each)
    },
  ],
  ['says so on a page', 'sign-in', /AADSTS50011/, () => answer('/authorize?', 200, '<p>AADSTS50011: no</p>')],
]

const tokens = '{"access_token":"a","token_type":"bearer"}'
const discover = (lie: Record<string, unknown>) => {
  provider.discovery = (honest) => ({ ...honest, ...lie })
}
const answer = (path: string, status: number, body = '{}') => {
  provider.instead = (each) =>
    each.startsWith(path) ? { status, body, headers: { 'content-type': 'application/json' } } : usual(each)
}

for (const [what, id, text, lie] of wrong) {
  test(`a provider that ${what} is a problem, and the exit code says so`, async () => {
    lie()
    const { exitCode, find } = await check()
    assert.equal(find(id)?.state, 'problem')
    assert.match(find(id)?.text ?? '', text)
    assert.equal(exitCode, 1)
  })
}

test('a provider that is not there is told with the reason', async () => {
  const gone = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => gone.once('listening', resolve))
  const { port } = gone.address() as { port: number }
  await new Promise((resolve) => gone.close(resolve))
  const { exitCode, find } = await check(settings('', `http://127.0.0.1:${port}`))
  assert.equal(exitCode, 1)
  assert.match(find('discovery')?.text ?? '', /cannot be reached \(.*ECONNREFUSED/)
})

test('a clock that differs is told by how much', async () => {
  for (const [ahead, state] of [
    [300_000, 'problem'],
    [-300_000, 'problem'],
    [20_000, 'warning'],
  ] as const) {
    writeFileSync(file, settings())
    const { out, exitCode } = await run(['sign-in', 'check', '--json'], {
      environment: { SALLYPORT_SETTINGS: file, SECRET: 'x'.repeat(20) },
      clock: () => Date.now() + ahead,
    })
    const { providers } = JSON.parse(out) as { providers: readonly ProviderCheck[] }
    const clock = providers[0]?.findings.find(({ id }) => id === 'clock')
    assert.equal(clock?.state, state)
    const [, seconds, side] = /(\d+) seconds (ahead|behind)/.exec(clock?.text ?? '') ?? []
    assert.equal(side, ahead < 0 ? 'behind' : 'ahead')
    // The provider tells its clock to the second.
    assert.ok(Math.abs(Number(seconds) - Math.abs(ahead / 1_000)) <= 2, clock?.text)
    assert.equal(exitCode, state === 'problem' ? 1 : 0)
  }
})

test('what only a person can see to is told for the shape, and of several providers one is asked', async () => {
  const { find } = await check(settings('shape: okta'))
  assert.match(find('groups')?.text ?? '', /scopes: \[groups\]/)
  const several = `publicUrl: https://ai.example.com
identity:
  kind: oidc
  providers:
    - { id: one, issuer: "${provider.url}", clientId: ${testClientId} }
    - { id: two, issuer: "${provider.url}/two", clientId: ${testClientId}, domains: [example.com] }
`
  const one = await check(several, ['--provider', 'one'])
  assert.equal(one.told.providers?.length, 1)
  assert.equal(one.told.providers?.[0]?.redirectUri, 'https://ai.example.com/sign-in/callback/one')
  assert.equal(one.find('domains')?.state, 'warning')
  const none = await check(several, ['--provider', 'three'])
  assert.equal(none.exitCode, 2)
  assert.match(none.out, /There are: one, two/)
})

test('the development provider needs no check, and a secret that is not there is named', async () => {
  const { exitCode, out } = await run(['sign-in', 'check'])
  assert.equal(exitCode, 0)
  assert.match(out, /development provider, for this machine only/)
  writeFileSync(file, settings())
  const missing = await run(['sign-in', 'check'], { environment: { SALLYPORT_SETTINGS: file } })
  assert.notEqual(missing.exitCode, 0)
  assert.match(missing.err, /identity\.clientSecret refers to the environment variable SECRET/)
})
