import assert from 'node:assert/strict'
import { get, type IncomingMessage } from 'node:http'
import { after, afterEach, before, test } from 'node:test'
import { createTestBrowser } from '../test-browser.ts'
import { startTestProvider, type TestProvider, testClientId } from '../test-provider.ts'
import { newFolder, removeFolder, startTestServer, type TestServer } from '../test-server.ts'

let folder: string
let provider: TestProvider
let server: TestServer
before(async () => {
  folder = await newFolder()
  provider = await startTestProvider()
  const identity = {
    kind: 'oidc',
    issuer: provider.url,
    clientId: testClientId,
    clientSecret: 'env:SECRET',
    owners: ['Chief@Example.com'],
  } as const
  server = await startTestServer(folder, { identity, clientSecret: 'resolved' })
})
after(async () => {
  await server.close()
  await provider.close()
  await removeFolder(folder)
})
afterEach(() => {
  provider.claims = (honest) => honest
  provider.token = (honest) => honest
  provider.signsWithForeignKey = false
  provider.userInfo = {}
})

/** Signs in at the provider; gives the answer of the callback and who is signed in after it. */
async function signIn() {
  const browser = createTestBrowser()
  const begun = await browser.get(`${server.url}/sign-in`)
  const back = provider.approve(new URL(begun.headers.get('location') as string))
  const answer = await browser.get(back.href)
  const session = await browser.get(`${server.url}/api/session`)
  const { person } = (await session.json()) as {
    person: { email: string; name: string; roles: string[] } | null
  }
  return { status: answer.status, person }
}

test('a provider that tells the e-mail in the ID token', async () => {
  provider.claims = (honest) => ({
    ...honest,
    email: 'maria@example.com',
    email_verified: true,
    name: 'Maria Muster',
  })
  const { status, person } = await signIn()
  assert.equal(status, 302)
  assert.deepEqual(
    [person?.email, person?.name, person?.roles],
    ['maria@example.com', 'Maria Muster', ['employee']],
  )
})

test('a provider that tells the e-mail only when asked again', async () => {
  provider.claims = (honest) => ({ ...honest, sub: 'subject-1' })
  provider.userInfo = { email: 'chief@example.com', email_verified: true, name: 'Carla Chief' }
  const { person } = await signIn()
  assert.deepEqual([person?.email, person?.roles], ['chief@example.com', ['employee', 'owner']])
})

test('an owner is not made by an e-mail the provider has not verified', async () => {
  for (const email_verified of [false, undefined, 'yes', 1]) {
    provider.claims = (honest) => ({
      ...honest,
      sub: 'subject-2',
      email: 'chief@example.com',
      email_verified,
    })
    assert.deepEqual((await signIn()).person?.roles, ['employee'], String(email_verified))
  }
})

test('a name with line breaks and of any length becomes one line', async () => {
  provider.claims = (honest) => ({
    ...honest,
    email: 'a@example.com',
    name: `Eve\r\n\u0000${'x'.repeat(1_000)}`,
  })
  const { person } = await signIn()
  assert.match(person?.name ?? '', /^Eve x{196}$/)
})

const second = 1_000
const forged: readonly (readonly [string, Partial<TestProvider>])[] = [
  ['signed by somebody else', { signsWithForeignKey: true }],
  ['not signed', { token: (honest) => withHeader(honest, { alg: 'none' }).replace(/[^.]*$/, '') }],
  [
    'signed in a way we did not ask for',
    { token: (honest) => withHeader(honest, { alg: 'HS256', kid: 'one' }) },
  ],
  [
    'changed after signing',
    { token: (honest) => honest.replace(/\.([^.]+)\./, (_, body) => `.${changed(body)}.`) },
  ],
  ['no token', { token: () => 'not.a.token' }],
  ['of another issuer', { claims: (honest) => ({ ...honest, iss: 'https://evil.example.com' }) }],
  ['for another client', { claims: (honest) => ({ ...honest, aud: 'somebody-else' }) }],
  [
    'for two clients, issued to the other',
    { claims: (honest) => ({ ...honest, aud: [testClientId, 'b'], azp: 'b' }) },
  ],
  ['of an earlier sign-in', { claims: (honest) => ({ ...honest, nonce: 'old' }) }],
  ['over', { claims: (honest) => ({ ...honest, exp: Math.floor(Date.now() / second) - 3_600 }) }],
  ['of nobody', { claims: ({ sub: _, ...honest }) => honest }],
  [
    'of a subject that is too long',
    { claims: (honest) => ({ ...honest, email: 'a@example.com', sub: 's'.repeat(256) }) },
  ],
]

for (const [what, lie] of forged) {
  test(`an ID token ${what} signs nobody in`, async () => {
    Object.assign(provider, lie)
    const { status, person } = await signIn()
    assert.equal(status, 400)
    assert.equal(person, null)
    assert.deepEqual(server.entries.at(-1), { kind: 'sign-in-failed', facts: { reason: 'provider-refused' } })
  })
}

function withHeader(token: string, header: object): string {
  return token.replace(/^[^.]+/, Buffer.from(JSON.stringify(header)).toString('base64url'))
}

const changed = (body: string): string => {
  const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as object
  return Buffer.from(JSON.stringify({ ...claims, sub: 'the-chief' })).toString('base64url')
}

test('no page, no account names and no provider of ours are served with a provider from the settings', async () => {
  const session = (await (await fetch(`${server.url}/api/session`)).json()) as object
  assert.deepEqual(session, { person: null, csrf: null, isDevelopment: false })
  assert.equal((await fetch(`${server.url}/oidc/.well-known/openid-configuration`)).status, 404)
})

test('behind https the cookies are Secure and bound to the host, and other names lead to the public one', async () => {
  const home = await newFolder()
  const identity = { kind: 'oidc', issuer: provider.url, clientId: testClientId } as const
  const own = await startTestServer(home, { identity, publicUrl: 'https://ai.example.com' })
  const ask = (host: string) =>
    new Promise<IncomingMessage>((resolve, reject) =>
      get(`${own.url}/sign-in`, { headers: { host } }, resolve).once('error', reject),
    )
  const behindProxy = await ask('ai.example.com')
  assert.match(behindProxy.headers['set-cookie']?.[0] ?? '', /^__Host-sallyport_attempt=.*; Secure$/)
  const { location = '' } = behindProxy.headers
  assert.equal(new URL(location).searchParams.get('redirect_uri'), 'https://ai.example.com/sign-in/callback')
  assert.equal((await ask('127.0.0.1')).headers.location, 'https://ai.example.com/sign-in?next=%2F')
  await own.close()
  await removeFolder(home)
})

test('a provider that is away is told on a page, and the next sign-in tries again', async () => {
  const home = await newFolder()
  const gone = await startTestProvider()
  await gone.close()
  const identity = { kind: 'oidc', issuer: gone.url, clientId: testClientId } as const
  const own = await startTestServer(home, { identity })
  const answer = await fetch(`${own.url}/sign-in`, { redirect: 'manual' })
  assert.equal(answer.status, 503)
  assert.match(await answer.text(), /cannot be reached/)
  assert.equal(own.lines.at(-1)?.what, 'a sign-in failed')
  assert.deepEqual(own.entries.at(-1)?.facts, { reason: 'provider-unreachable' })
  await own.close()
  await removeFolder(home)
})

test('whoever is signed in stays so while the provider is away, for as long as a session lasts', async () => {
  const home = await newFolder()
  const leaving = await startTestProvider()
  const identity = { kind: 'oidc', issuer: leaving.url, clientId: testClientId } as const
  const own = await startTestServer(home, { identity })
  const browser = createTestBrowser()
  const begun = await browser.get(`${own.url}/sign-in`)
  await browser.get(leaving.approve(new URL(begun.headers.get('location') as string)).href)
  await leaving.close()
  const isSignedIn = async () => {
    const answer = await browser.get(`${own.url}/api/session`)
    return ((await answer.json()) as { person: object | null }).person !== null
  }
  const hourMs = 3_600 * second
  for (let hours = 0; hours < 7 * 24 - 7; hours += 7) {
    assert.equal(await isSignedIn(), true, `after ${hours} hours`)
    own.clock.forward(7 * hourMs)
  }
  const again = await createTestBrowser().get(`${own.url}/sign-in`)
  assert.equal(again.status, 503)
  assert.match(await again.text(), /Whoever is signed in stays signed in.*sign-in check/)
  own.clock.forward(7 * hourMs)
  assert.equal(await isSignedIn(), false)
  await own.close()
  await removeFolder(home)
})

test('a flood of failed sign-ins fills the log with sixty entries a minute, and says how many more there were', async () => {
  const failures = () => server.entries.filter(({ kind }) => kind === 'sign-in-failed')
  // At the start of a minute: one that begins in between has sixty of its own.
  server.clock.forward(2 * 60 * second - (server.clock.now() % (60 * second)))
  const before = failures().length
  for (let count = 0; count < 100; count++) await fetch(`${server.url}/sign-in/callback?state=${count}`)
  const written = failures().length - before
  assert.ok(written >= 60 && written <= 61, `${written} entries`)
  server.clock.forward(61 * second)
  await fetch(`${server.url}/sign-in/callback`)
  assert.match(failures().at(-1)?.facts.reason ?? '', /attempt-unknown \(and (39|40) before it/)
})
