import assert from 'node:assert/strict'
import type { IncomingMessage } from 'node:http'
import { after, before, test } from 'node:test'
import type { JWTPayload } from 'jose'
import { readMethods } from '../oidc/relying-party.ts'
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
  } as const
  server = await startTestServer(folder, { identity, clientSecret: 'resolved' })
})
after(async () => {
  await server.close()
  await provider.close()
  await removeFolder(folder)
})

/** What the server makes of a fresh sign-in whose ID token says this. */
async function stepUpWith(claims: (nowSeconds: number) => JWTPayload) {
  const browser = createTestBrowser()
  const begun = await browser.get(`${server.url}/sign-in?step-up=1`)
  provider.claims = (honest) => ({ ...honest, ...claims(Math.floor(server.clock.now() / 1_000)) })
  const answer = await browser.get(provider.approve(new URL(begun.headers.get('location') as string)).href)
  return { status: answer.status, isIn: browser.cookies.has('sallyport_session'), text: await answer.text() }
}

test('a fresh sign-in is one the provider says was just now', async () => {
  assert.equal((await stepUpWith((now) => ({ auth_time: now }))).status, 302)
  assert.equal(server.entries.at(-1)?.kind, 'step-up')
  assert.equal(
    (await stepUpWith((now) => ({ auth_time: now - 30 }))).isIn,
    true,
    'its clock is a little behind',
  )
  assert.equal((await stepUpWith((now) => ({ auth_time: now + 600 }))).isIn, true, 'or ahead')
})

test('a provider that answers from a session of its own, or does not say when, proves nothing', async () => {
  for (const told of [
    (now: number) => ({ auth_time: now - 3_600 }),
    () => ({}),
    (now: number) => ({ auth_time: String(now) as unknown as number }),
    () => ({ auth_time: Number.POSITIVE_INFINITY }),
    () => ({ auth_time: -1 }),
  ]) {
    const { status, isIn, text } = await stepUpWith(told)
    assert.deepEqual([status, isIn], [400, false])
    assert.match(text, /did not ask you again/)
    const { kind, facts } = server.entries.at(-1) ?? { facts: {} }
    assert.deepEqual([kind, facts.reason], ['sign-in-failed', 'authentication-too-weak'])
  }
})

test('an ordinary sign-in is not fresh where the settings ask for more than it proved', async () => {
  const own = await newFolder()
  const strict = await startTestServer(own, {
    identity: { kind: 'oidc', issuer: provider.url, clientId: testClientId, acr: 'gold' },
  })
  try {
    const browser = createTestBrowser()
    const enter = async (question: string, acr: string) => {
      const begun = await browser.get(`${strict.url}/sign-in${question}`)
      provider.claims = (honest) => ({ ...honest, acr, auth_time: Math.floor(strict.clock.now() / 1_000) })
      await browser.get(provider.approve(new URL(begun.headers.get('location') as string)).href)
    }
    const ask = () => {
      const cookie = `sallyport_session=${browser.cookies.get('sallyport_session')}`
      strict.identity.assertFresh({ headers: { cookie } } as IncomingMessage)
    }
    await enter('', 'bronze')
    assert.throws(ask, { code: 'step-up-needed' })
    await enter('?step-up=1', 'gold')
    ask()
    await enter('', 'bronze')
    assert.throws(ask, { code: 'step-up-needed' })
  } finally {
    await strict.close()
    await removeFolder(own)
  }
})

test('means a provider names are kept as far as they are names', () => {
  assert.deepEqual(readMethods(['pwd', 'mfa']), ['pwd', 'mfa'])
  assert.deepEqual(readMethods(['pwd', 7, 'a b', '', 'x'.repeat(101), null]), ['pwd'])
  assert.equal(readMethods(Array(50).fill('mfa')).length, 10)
  for (const told of [undefined, null, 'pwd', { length: 1 }]) assert.deepEqual(readMethods(told), [])
})
